/** Folds in the ladder of the page, opened by pointer and by key. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from '../browser/chromium.js';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

describe.skipIf(CHROMIUM === null || !existsSync(join(ROOT, 'dist/report.html')))(
  'folds of the ladder in the page (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 60_000 },
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'synfin-folds-'));
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function opened(capture: string): Promise<Page> {
      const report = join(folder, 'report.html');
      expect((await runCli(['report', join(ROOT, capture), '-o', report, '-q'])).code).toBe(0);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.setDefaultTimeout(20_000);
      await page.goto(`${pathToFileURL(report).href}#connection=0`);
      await page.waitForSelector('.ladder g.row');
      return page;
    }
    const drawn = (page: Page, what: 'row' | 'fold'): Promise<number> =>
      page.locator(`.ladder g.${what}`).count();
    const hash = (page: Page): Promise<string> => page.evaluate('location.hash');

    it('open with a click, and all close again with a button', async () => {
      const page = await opened('fixtures/kernel/fast-retransmit.pcap');
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([27, 1]);
      await page.locator('.ladder g.fold text').first().click();
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([31, 0]);
      expect(await hash(page)).toBe('#connection=0&packet=14');
      await page.getByRole('button', { name: 'fold', exact: true }).click();
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([27, 1]);
      // the chosen segment is in the fold now
      expect(await page.locator('.ladder [aria-selected="true"]').getAttribute('class')).toBe('fold');
      await page.close();
    });

    it('are separate steps, which Enter opens; z opens and closes all', async () => {
      const page = await opened('fixtures/kernel/fast-retransmit.pcap');
      await page.locator('.ladder g.row[tabindex="0"]').focus();
      for (let step = 0; step < 13; step++) await page.keyboard.press('j');
      expect(await hash(page)).toBe('#connection=0&packet=14');
      const fold = page.locator('.ladder g.fold');
      expect(await fold.getAttribute('role')).toBe('option');
      expect(await page.evaluate('document.activeElement.getAttribute("class")')).toBe('fold');
      await page.keyboard.press('Enter');
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([31, 0]);
      await page.keyboard.press('z');
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([27, 1]);
      await page.keyboard.press('z');
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([31, 0]);
      await page.close();
    });

    it('of a long connection, of which the ladder keeps a part, too', async () => {
      const page = await opened('fixtures/cases/lost-segments-seen-by-the-sender.pcap');
      expect(await drawn(page, 'row')).toBeLessThan(353);
      expect(await drawn(page, 'fold')).toBeGreaterThan(0);
      await page.keyboard.press('z');
      expect([await drawn(page, 'row'), await drawn(page, 'fold')]).toEqual([353, 0]);
      await page.close();
    });
  },
);
