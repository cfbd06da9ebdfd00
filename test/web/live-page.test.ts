/** The live page in a real browser, next to a real capture or the recording of one. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from '../browser/chromium.js';
import { ROOT } from '../cli/fixtures.js';
import { type Running, startProcess } from '../cli/process.js';

const CAN_CAPTURE = process.geteuid?.() === 0;

let browser: Browser;
const complaints: string[] = [];
const running: Running[] = [];

/** Starts a command with `--web`; resolves to the address of its page. */
async function serving(args: readonly string[]): Promise<{ process: Running; url: string }> {
  const started = startProcess([...args, '--web', '--no-open']);
  running.push(started);
  const [url = ''] = await started.until(/http:\/\/127\.0\.0\.1:\d+\/[\w-]+\//);
  return { process: started, url };
}

async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

const segments = (page: Page): Promise<number> => page.locator('.ladder g.row[data-packet]').count();

describe.skipIf(CHROMIUM === null || !existsSync(join(ROOT, 'dist/report.html')))(
  'the live page (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 90_000 },
  () => {
    beforeAll(async () => {
      browser = await launchChromium();
    }, 60_000);
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      for (const each of running.splice(0)) {
        each.child.kill('SIGINT');
        await each.done;
      }
      expect(complaints.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
    });

    it('a recording: begins when the page is open, shows all of it, and stays until Ctrl-C', async () => {
      const { process: demo, url } = await serving(['demo', 'tcp', '--recording']);
      const page = await openPage(url);
      await page.waitForSelector('.live-state.ended');
      await expect.poll(() => segments(page)).toBe(11);
      expect(await page.locator('.file').textContent()).toBe('TCP demo "simple"');
      expect(await page.evaluate('location.hash')).toBe('#connection=0');
      // as a page that is opened late
      await page.reload();
      await expect.poll(() => segments(page)).toBe(11);
      demo.child.kill('SIGINT');
      expect((await demo.done).code).toBe(0);
      // what it shows is its own by then
      for (const key of ['Home', 'j', 'j', 'j']) await page.keyboard.press(key);
      expect(await page.evaluate('location.hash')).toBe('#connection=0&packet=4');
      expect(await page.locator('#segment-title').textContent()).toContain('6 bytes');
    });

    /** A server on a free port, and the page of a capture of it. */
    async function watchedServer(...more: string[]): Promise<{ page: Page; port: number; close(): void }> {
      const server = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const { url } = await serving(['live', `port ${port}`, ...more]);
      const page = await openPage(url);
      await page.waitForSelector('text=Waiting for packets');
      return { page, port, close: () => void server.close() };
    }

    it.skipIf(!CAN_CAPTURE)('a handshake is on the page within 500 ms (skipped without root)', async () => {
      const times: number[] = [];
      // the best of ten, as the machine may do something else just then
      for (let trial = 0; trial < 10 && !times.some((time) => time < 500); trial++) {
        const { page, port, close } = await watchedServer();
        // in the page, so that the time is not that of asking it
        const seen = page.evaluate(`new Promise((resolve) => {
          const look = () => document.querySelectorAll('.ladder g.row[data-packet]').length >= 3
            ? resolve(Date.now()) : requestAnimationFrame(look);
          look();
        })`);
        const client = connect({ port, host: '127.0.0.1' });
        await once(client, 'connect');
        const connected = Date.now();
        times.push(Number(await seen) - connected);
        client.destroy();
        close();
      }
      expect(Math.min(...times)).toBeLessThan(500);
    });

    it.skipIf(!CAN_CAPTURE)('pauses without losing anything (skipped without root)', async () => {
      const { page, port, close } = await watchedServer();
      const client = connect({ port, host: '127.0.0.1' });
      await expect.poll(() => segments(page)).toBe(3);
      await page.getByRole('button', { name: 'Pause' }).click();
      expect(await page.locator('.live-state').textContent()).toBe('paused');
      client.write('data');
      const other = await browser.newPage();
      await other.goto(page.url());
      await expect.poll(() => segments(other)).toBe(5);
      expect(await segments(page)).toBe(3);
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(() => segments(page)).toBe(5);
      expect(await page.locator('.live-state').textContent()).toBe('live');
      client.destroy();
      close();
    });

    it.skipIf(!CAN_CAPTURE)(
      '--where: a connection comes when it matches (skipped without root)',
      async () => {
        const { page, port, close } = await watchedServer('--where', 'traffic.client.bytes > 3');
        const client = connect({ port, host: '127.0.0.1' });
        await page.waitForSelector('text=traffic.client.bytes > 3');
        expect(await segments(page)).toBe(0);
        client.write('data');
        // with the segments that came before
        await expect.poll(() => segments(page)).toBe(5);
        client.destroy();
        close();
      },
    );

    it('two pages show the same; another host name, and no token, show nothing', async () => {
      const { url } = await serving(['demo', 'tcp', '--recording']);
      const [one, two] = [await openPage(url), await openPage(url)];
      await expect.poll(() => segments(one)).toBe(11);
      await expect.poll(() => segments(two)).toBe(11);
      const other = await browser.newPage();
      await other.goto(new URL('/', url).href);
      expect(await other.textContent('body')).toContain('no token');
    });
  },
);
