/** Pictures in a real browser: nothing overlaps, nothing is cut off, and mermaid's own parser accepts the diagrams. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeFiles } from '../../src/index.js';
import { mermaidOf } from '../../src/render/markdown/mermaid.js';
import { ladderSvg } from '../../src/render/svg/ladder.js';
import { udpSvg } from '../../src/render/svg/udp-ladder.js';
import { allCaptures, ROOT } from '../cli/fixtures.js';
import { reportsOf } from '../render/reports.js';
import { CHROMIUM, launchChromium } from './chromium.js';

const WIDTHS = [920, 720, 358];
/** A sample of the fixtures, and those with crossing arrows, long labels, or no time. */
const EVERY = 14;
const CHOSEN = [
  'captures/demo-tcp.pcap',
  'fixtures/kernel/simultaneous-close.pcap',
  'fixtures/kernel/simultaneous-open.pcap',
  'fixtures/kernel/fast-retransmit.pcap',
  'fixtures/kernel/challenge-ack-rst.pcap',
  'fixtures/cases/forged-rst-2-ms-before-the-request.pcap',
  'fixtures/cases/snap-length-68.pcap',
  'fixtures/cases/resync.pcap',
  'fixtures/cases/path-mtu-ignored.pcap',
];

/** In the page: pairs of texts whose boxes overlap, and texts beyond an edge. */
const FAULTS = `(() => {
  const picture = document.querySelector('svg').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('svg text')].map((node) => {
    const box = node.getBoundingClientRect();
    // letters do not fill their line
    return { text: node.textContent, left: box.left, top: box.top + 2, right: box.right, bottom: box.bottom - 2.5 };
  });
  const outside = boxes.filter((box) => box.left < -0.5 || box.right > picture.width + 0.5 || box.bottom > picture.height);
  const overlaps = boxes.flatMap((a, at) => boxes.slice(at + 1)
    .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map((b) => a.text + ' | ' + b.text));
  return [...outside.map((box) => 'outside: ' + box.text), ...overlaps];
})()`;

let browser: Browser;
let page: Page;

describe.skipIf(CHROMIUM === null)(
  'pictures in Chromium (skipped where /usr/bin/chromium is missing)',
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
    });

    const paths = [...CHOSEN, ...allCaptures().filter((_, at) => at % EVERY === 0)];
    it('no text overlaps another or is cut off', async () => {
      const found: string[] = [];
      for (const path of new Set(paths)) {
        for (const report of await reportsOf(join(ROOT, path), 2)) {
          for (const width of WIDTHS) {
            const svg = ladderSvg(report, {
              width,
              theme: 'auto',
              file: path,
              absolute: width === 720,
              caveat: null,
            });
            await page.setContent(`<body style="margin:0">${svg}`);
            const faults = (await page.evaluate(FAULTS)) as string[];
            found.push(...faults.map((fault) => `${path} ${report.index} ${width}: ${fault}`));
          }
        }
      }
      expect(found).toEqual([]);
    });

    it('no text overlaps another in the picture of a UDP flow', async () => {
      const found: string[] = [];
      for (const path of allCaptures().filter((name) => name.includes('udp'))) {
        const { udpFlows } = await analyzeFiles([join(ROOT, path)], { ladders: 2 });
        for (const flow of udpFlows.slice(0, 2)) {
          for (const width of WIDTHS) {
            const svg = udpSvg(flow, { width, theme: 'auto', file: path, caveat: null });
            await page.setContent(`<body style="margin:0">${svg}`);
            const faults = (await page.evaluate(FAULTS)) as string[];
            found.push(...faults.map((fault) => `${path} ${flow.index} ${width}: ${fault}`));
          }
        }
      }
      expect(found).toEqual([]);
    });

    it("mermaid's parser accepts every diagram, and renders one", async () => {
      const require = createRequire(import.meta.url);
      const script = readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8');
      await page.setContent('<body>');
      await page.addScriptTag({ content: script });
      for (const path of new Set(paths)) {
        for (const report of await reportsOf(join(ROOT, path), 2)) {
          const text = JSON.stringify(mermaidOf(report, false));
          expect(await page.evaluate(`mermaid.parse(${text})`), path).toMatchObject({
            diagramType: 'sequence',
          });
        }
      }
      const [report] = await reportsOf(join(ROOT, 'captures/demo-tcp.pcap'), 1);
      const drawn = await page.evaluate(
        `mermaid.render('diagram', ${JSON.stringify(report === undefined ? '' : mermaidOf(report, false))}).then(({ svg }) => svg)`,
      );
      for (const words of ['ESTABLISHED', 'FIN-WAIT-1', 'ack 8 = 7 + FIN', '4 steps, client first'])
        expect(drawn).toContain(words);
    });
  },
);
