/** The report page in Portuguese, in a real browser: no English word is left, nothing is cut, axe finds nothing. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LivePage } from '../../src/cli/serve/live-page.js';
import { useLanguage } from '../../src/explain/languages.js';
import { CHROMIUM, launchChromium } from '../browser/chromium.js';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CAPTURES = [
  'many',
  'fast-retransmit',
  'challenge-ack-rst',
  'zero-window',
  'icmp-refused',
  'tcp-and-udp',
];

/** Not words: states, what is typed, and loans that have an English word in them. */
const NOT_WORDS = /[A-Z]{2,}[A-Z0-9-]*|Fast Open|half-open|--[a-z]+|[\w.]+\.pcap|user timeout/g;
const ENGLISH =
  /(?<![\p{L}\d_-])(?:the|from|with|and|of|is|are|was|not|by|to|in|it|this|here|there|packets?|clients?|servers?|connections?|closed?|opened|open|sent|received|first|next|back|play|pause|table|list|keys|choose|drop|reading|waiting|search|where|when|who|why|how|failed|refused|answer|segments?|states?|agreed|offered|yes|none|both|ways|time|times|notes?|warning|opening|closing|lasted|findings|outcome|verdict|slowest|overview|theme|system|light|dark|larger|smaller|show|hide|page|capture|window|scale|retransmi(?:t|tted|ssions?)|acknowledg\w+|duplicate|unseen|after|never|other|direction|click|bars?|best)(?![\p{L}\d_-])/iu;

/** All that is read or heard, each with its own line. Code and what is typed are the same in every language. */
const TEXTS = `(() => {
  const texts = [document.title];
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('script, code, kbd, style')) continue;
    for (const name of ['aria-label', 'aria-description', 'title', 'alt'])
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '') texts.push(node.textContent);
  }
  return texts;
})()`;

/** Texts that go beyond what clips them, or beyond their picture. Names of files may have any length. */
const CUT = `(() => {
  const cut = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
    if (own.length === 0 || element.closest('.hidden, option, .file, script')) continue;
    for (const node of own) {
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const text of range.getClientRects()) {
        let from = element;
        for (; from !== document.body; from = from.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(from);
          if (/auto|scroll/.test(overflowX + overflowY)) break;
          if (overflowX === 'visible' && overflowY === 'visible' && !from.matches('svg')) continue;
          const room = from.getBoundingClientRect();
          if (text.right > room.right + 1 || text.left < room.left - 1 || text.bottom > room.bottom + 2)
            cut.push(node.textContent);
        }
        if (from === document.body && text.right > innerWidth) cut.push(node.textContent);
      }
    }
  }
  return [...new Set(cut)];
})()`;

const VIOLATIONS = `axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`;

let browser: Browser;
let page: Page;
let folder: string;
const complaints: string[] = [];

async function pageOf(name: string, captures: readonly string[]): Promise<string> {
  const path = join(folder, `${name}.html`);
  const { code, stderr } = await runCli(['report', ...captures, '--lang', 'pt-BR', '-o', path, '-q']);
  expect(code, stderr).toBe(0);
  return pathToFileURL(path).href;
}

async function expectPortuguese(): Promise<void> {
  const texts: string[] = await page.evaluate(TEXTS);
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => ENGLISH.test(text.replaceAll(NOT_WORDS, '')))).toEqual([]);
  expect(texts.filter((text) => /undefined|NaN|\[object/.test(text))).toEqual([]);
}

async function expectSound(): Promise<void> {
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate('scrollTo(0, 0)');
    // put into the page by the debugger, which its policy does not stop
    await page.evaluate(AXE);
    expect(await page.evaluate(VIOLATIONS), `${width}`).toEqual([]);
  }
  expect(await page.evaluate(CUT)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });
}

describe.skipIf(CHROMIUM === null || !existsSync(join(ROOT, 'dist/report.pt-BR.txt')))(
  'the report page in Portuguese (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'synfin-page-'));
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      const captures = CAPTURES.map((name) => join(ROOT, `fixtures/kernel/${name}.pcap`));
      await page.goto(await pageOf('main', captures));
      await page.waitForSelector('.list');
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await useLanguage('en');
      rmSync(folder, { recursive: true, force: true });
    });

    it('says so, and has the overview and the list in it', async () => {
      expect(await page.evaluate('document.documentElement.lang')).toBe('pt-BR');
      expect(await page.locator('h1').textContent()).toMatch(
        /^11 conexões, 3 com falha: 2 recusadas, 1 com reset$/,
      );
      expect(await page.locator('.facts').textContent()).toMatch(
        / pacotes · .* · \d\d\/\d\d\/\d{4} [\d:]+ UTC$/,
      );
      await expectPortuguese();
      await expectSound();
    });

    it('each connection, its segments and their bytes', async () => {
      for (const index of await page
        .locator('.list tbody tr')
        .evaluateAll((rows) => rows.map((_, at) => at))) {
        await page.evaluate(`location.hash = '#connection=${index}'`);
        await page.locator('.crumb', { hasText: `conexão ${index} ` }).waitFor();
        await page.waitForSelector('.ladder g.row');
        await page.keyboard.press('Home');
        for (let step = 0; step < 5; step++) {
          await expectPortuguese();
          await page.keyboard.press('j');
        }
        await page.keyboard.press('End');
        await expectPortuguese();
      }
      await page.locator('.byte', { hasText: 'janela' }).hover();
      expect(await page.locator('.why').textContent()).toContain('janela, bytes 14 a 15');
      await page.keyboard.press('t');
      await expectPortuguese();
      await page.keyboard.press('t');
    });

    it('a connection with all kinds of content has no fault', async () => {
      const row = page.locator('.list tr', { hasText: 'retransmissão rápida' });
      await page.evaluate(`location.hash = '#connection=${await row.getAttribute('data-index')}'`);
      await page.locator('.verdict', { hasText: '1 retransmissão' }).waitFor();
      await page.keyboard.press('Home');
      await expectSound();
      // the ladder begins with the names of the ends
      expect(await page.locator('.ladder svg > text').first().isVisible()).toBe(true);
      expect(await page.locator('.facts-list .link').first().getAttribute('aria-label')).toMatch(
        /^pacote \d+$/,
      );
    });

    it('the keys', async () => {
      await page.keyboard.press('?');
      expect(await page.locator('dialog h2').textContent()).toBe('Teclas');
      await expectPortuguese();
      await expectSound();
      await page.getByRole('button', { name: 'Fechar' }).click();
    });

    it('the error of a wrong filter', async () => {
      await page.fill('#where', 'outcome.fialed');
      expect(await page.locator('#where-problem').textContent()).toContain(
        "você quis dizer 'outcome.failed'?",
      );
      await page.fill('#where', 'outcome.failed');
      expect(await page.locator('.head .count').first().textContent()).toBe('3 de 11');
    });

    it('a page to drop captures on, and its message for a file that is not a capture', async () => {
      const address = await pageOf('empty', []);
      expect(statSync(new URL(address)).size).toBeLessThan(400_000);
      await page.goto(address);
      await page.getByRole('button', { name: 'Escolher um arquivo' }).waitFor();
      await expectPortuguese();
      await expectSound();
      const buffer = Buffer.from('nada');
      await page.setInputFiles('input[type=file]', { name: 'x.txt', mimeType: 'text/plain', buffer });
      expect(await page.getByRole('alert').textContent()).toContain('x.txt: não é uma captura');
      await page.setInputFiles('input[type=file]', join(ROOT, 'captures/demo-tcp.pcap'));
      await page.waitForSelector('.list');
      expect(await page.locator('h1').textContent()).toBe('1 conexão, sem falha: 1 encerrada');
      expect(complaints).toEqual([]);
    });

    it('a live page that waits', async () => {
      await useLanguage('pt-BR');
      const live = new LivePage({ name: 'lo', version: '0' });
      await page.goto(await live.listen(null));
      await page.getByRole('heading', { name: 'Esperando pacotes' }).waitFor();
      await expectPortuguese();
      await expectSound();
      expect(complaints).toEqual([]);
      await live.close();
      await page.getByRole('heading', { name: 'O synfin não responde' }).waitFor();
      await expectPortuguese();
    });
  },
);
