/** UDP flows on the report page: chosen by click and by address, drawn, and said to be missing where they are. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from '../browser/chromium.js';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(CHROMIUM === null || !existsSync(join(ROOT, 'dist/report.html')))(
  'UDP flows on the page (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 60_000 },
  () => {
    let browser: Browser;
    let folder: string;
    let report: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'synfin-flows-'));
      report = join(folder, 'report.html');
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function opened(
      captures: readonly string[],
      hash = '',
      width = 1440,
      more: readonly string[] = [],
    ): Promise<Page> {
      const files = captures.map((name) => join(ROOT, `captures/demo-${name}.pcap`));
      expect((await runCli(['report', ...files, ...more, '-o', report, '-q'])).code).toBe(0);
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      page.setDefaultTimeout(20_000);
      await page.goto(`${pathToFileURL(report).href}${hash}`);
      await page.waitForSelector('#udp-title');
      return page;
    }
    const datagrams = (page: Page): Promise<number> => page.locator('#flow g.row').count();
    const hash = (page: Page): Promise<string> => page.evaluate('location.hash');

    it('are drawn where they are chosen, and each has an address', async () => {
      const page = await opened(['tcp', 'udp', 'udp-lost']);
      expect(await page.locator('#flow').count()).toBe(0);
      await page.locator('.plain-table a', { hasText: '1' }).click();
      expect(await hash(page)).toBe('#flow=1');
      expect(await datagrams(page)).toBe(29);
      expect(await page.locator('#flow h3').textContent()).toBe(
        'Datagrams both ways; 20 from the client (2,000 bytes), 9 from the server (900 bytes)',
      );
      await page.locator('.plain-table tbody tr').first().click();
      expect(await hash(page)).toBe('#flow=0');
      expect(await datagrams(page)).toBe(6);
      await page.goBack();
      await expect.poll(() => datagrams(page)).toBe(29);
      // a connection takes its place
      await page.locator('.list tbody a').first().click();
      expect(await hash(page)).toBe('#connection=0');
      expect(await page.locator('#flow').count()).toBe(0);
      await page.close();
    });

    it('the only one that --where picks is open, whatever its number', async () => {
      const { stdout } = await runCli([join(ROOT, 'captures/demo-udp-one-to-many.pcap'), '--json']);
      const [, second] = JSON.parse(stdout).udpFlows;
      const where = ['--where', `client.port == ${second.client.port}`];
      const page = await opened(['udp-one-to-many'], '', 1440, where);
      expect(await page.locator('#flow .crumb').textContent()).toContain('UDP flow 1');
      expect(await datagrams(page)).toBe(second.traffic.client.packets + second.traffic.server.packets);
      await page.close();
    });

    it('the only one is open, and axe finds nothing, on a phone too', async () => {
      for (const width of [1440, 390]) {
        const page = await opened(['udp-port-unreachable'], '', width);
        expect(await datagrams(page)).toBe(2);
        await page.evaluate(readFileSync(AXE, 'utf8'));
        const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
        expect(violations.map(({ id }) => id)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.close();
      }
    });
  },
);
