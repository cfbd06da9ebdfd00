/**
 * The look of the page: three widths, both themes, compared with pictures that were checked by eye. Both are a quarter as wide and high,
 * so that what a font renderer does at an edge does not matter, and a label that moved does.
 * UPDATE_GOLDENS=1 renews them.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from '../browser/chromium.js';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

const FOLDER = join(ROOT, 'test/web/screenshots');
const FONTS = join(FOLDER, 'fonts.txt');
const UPDATES = process.env.UPDATE_GOLDENS === '1';

/** The views, with their captures. */
const VIEWS = [
  ['overview', ['kernel/many', 'kernel/fast-retransmit', 'kernel/challenge-ack-rst'], ''],
  ['loss', ['kernel/fast-retransmit'], '#connection=0&packet=22'],
  ['udp', ['kernel/udp-answered'], '#flow=0'],
] as const;
const WIDTHS = [1440, 768, 390] as const;
const SHRINK = 4;

/** Mean difference of a channel over the picture, and over the worst square of 8 x 8; of 255. */
const MOST_MEAN = 0.5;
const MOST_SQUARE = 8;

/** Widths of a text in fonts as the page asks for: on a machine with others everything is elsewhere. */
const FONT_WIDTHS = `(() => {
  const measured = (family, weight) => {
    const context = document.createElement('canvas').getContext('2d');
    context.font = weight + ' 40px ' + family;
    return Math.round(context.measureText('Retransmission #22, ack 1,006 = 206 + 800').width);
  };
  return [measured('Arial, "Liberation Sans", sans-serif', 400), measured('sans-serif', 600), measured('monospace', 400)];
})()`;

/** In a blank page: a picture made smaller, as WebP. */
const SMALLER = `async (png) => {
  const image = new Image();
  image.src = 'data:image;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(image.width / ${SHRINK});
  canvas.height = Math.floor(image.height / ${SHRINK});
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.8).split(',')[1];
}`;

/** Mean difference over all, and over the worst square; null where the sizes differ. */
const DIFFERENCE = `async ([a, b]) => {
  const pixels = async (png) => {
    const image = new Image();
    image.src = 'data:image;base64,' + png;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [one, two] = [await pixels(a), await pixels(b)];
  if (one.width !== two.width || one.height !== two.height)
    return { sizes: [one.width, one.height, two.width, two.height], mean: 255, square: 255, at: null };
  const across = Math.ceil(one.width / 8);
  const squares = new Float64Array(across * Math.ceil(one.height / 8));
  let sum = 0;
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++)
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * one.width + x) * 4 + channel;
        const by = Math.abs(one.data[at] - two.data[at]);
        sum += by;
        squares[Math.floor(y / 8) * across + Math.floor(x / 8)] += by / 192;
      }
  const worst = squares.reduce((most, value, at) => (value > squares[most] ? at : most), 0);
  return {
    sizes: [one.width, one.height, two.width, two.height],
    mean: sum / (one.width * one.height * 3),
    square: squares[worst],
    at: [(worst % across) * 8 * ${SHRINK}, Math.floor(worst / across) * 8 * ${SHRINK}],
  };
}`;

interface Difference {
  /** Width and height of both. */
  sizes: number[];
  mean: number;
  square: number;
  /** Where the worst square is on the page. */
  at: number[] | null;
}

describe.skipIf(CHROMIUM === null || !existsSync(join(ROOT, 'dist/report.html')))(
  'the page as it looks (skipped where /usr/bin/chromium or dist is missing, or fonts are others)',
  { timeout: 240_000 },
  () => {
    let browser: Browser;
    let blank: Page;
    let folder: string;
    let sameFonts = false;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'synfin-screens-'));
      browser = await launchChromium();
      blank = await browser.newPage();
      const widths = (await blank.evaluate<number[]>(FONT_WIDTHS)).join(' ');
      if (UPDATES) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(FONTS, `${widths}\n`);
      }
      sameFonts = readFileSync(FONTS, 'utf8').trim() === widths;
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function reportOf(name: string, captures: readonly string[]): Promise<void> {
      const files = captures.map((capture) => join(ROOT, `fixtures/${capture}.pcap`));
      const { code } = await runCli(['report', ...files, '-o', join(folder, `${name}.html`), '-q']);
      expect(code).toBe(0);
    }

    async function shown(
      name: string,
      hash: string,
      width: number,
      colorScheme: 'light' | 'dark',
    ): Promise<string> {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      page.setDefaultTimeout(20_000);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`${pathToFileURL(join(folder, `${name}.html`)).href}${hash}`);
      await page.waitForSelector('h1');
      if (hash !== '') await page.waitForSelector('.ladder svg');
      const png = await settled(page);
      await page.close();
      return blank.evaluate(`(${SMALLER})(${JSON.stringify(png.toString('base64'))})`);
    }

    /** The page once it does not change any more: it scrolls to what was asked for, and lays pictures out by the room there is. */
    async function settled(page: Page): Promise<Buffer> {
      let before: Buffer = Buffer.alloc(0);
      for (let tries = 0; tries < 20; tries++) {
        await page.evaluate('scrollTo(0, 0)');
        await page.waitForTimeout(100);
        const now = await page.screenshot({ fullPage: true, animations: 'disabled' });
        if (before.equals(now) && (await page.evaluate('scrollY')) === 0) return now;
        before = now;
      }
      throw new Error('the page does not come to rest');
    }

    it.for(VIEWS)('%s', async ([name, captures, hash], context) => {
      if (!sameFonts) context.skip('other fonts than those of the pictures');
      await reportOf(name, captures);
      for (const width of WIDTHS) {
        for (const theme of ['light', 'dark'] as const) {
          const path = join(FOLDER, `${name}-${width}-${theme}.webp`);
          const now = await shown(name, hash, width, theme);
          if (UPDATES) writeFileSync(path, Buffer.from(now, 'base64'));
          const kept = readFileSync(path).toString('base64');
          const found = await blank.evaluate<Difference>(`(${DIFFERENCE})(${JSON.stringify([kept, now])})`);
          const where = `${name} at ${width}, ${theme}: ${JSON.stringify(found)}`;
          expect(found.mean, where).toBeLessThan(MOST_MEAN);
          expect(found.square, where).toBeLessThan(MOST_SQUARE);
        }
      }
    });
  },
);
