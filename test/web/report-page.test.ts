/**
 * The report page in a real browser, opened as a file: use by pointer and by key, that nothing in a capture
 * runs, and that axe finds no fault. One browser and few pages, as each costs a second.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../src/cli/report/page-file.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { collectPage } from '../../src/page/collect-page.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { runCli } from '../run-cli.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const PAGE = join(ROOT, 'dist/report.html');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const CAPTURES = ['many', 'fast-retransmit', 'challenge-ack-rst', 'simultaneous-close'];
/** A file name that is markup, and one that would end a script. */
const HOSTILE = '<img src=x onerror=document.title="ran">.pcap';

let browser: Browser;
let page: Page;
let folder: string;
/** What the page complained of, and what it asked of the network. */
const complaints: string[] = [];
const requests: string[] = [];

/** The address of a report of these captures. */
async function reportOf(name: string, captures: readonly string[]): Promise<string> {
  const path = join(folder, `${name}.html`);
  const { code, stderr } = await runCli(['report', ...captures, '-o', path, '-q']);
  expect(code, stderr).toBe(0);
  return pathToFileURL(path).href;
}

async function newPage(): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  opened.setDefaultTimeout(10_000);
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  opened.on('pageerror', (error) => complaints.push(String(error)));
  opened.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
  });
  return opened;
}

const rows = (): Promise<number> => page.locator('.list tbody tr:not(.gap)').count();
const status = (): Promise<string | null> => page.locator('.count').first().textContent();
const hash = (): Promise<string> => page.evaluate('location.hash');
const chosen = async (): Promise<string | null> => page.locator('#segment-title small').textContent();

describe.skipIf(CHROMIUM === undefined || !existsSync(PAGE))(
  'the report page (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'synfin-page-'));
      browser = await chromium.launch({
        executablePath: CHROMIUM ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
        ],
      });
      page = await newPage();
      const captures = CAPTURES.map((name) => join(ROOT, `fixtures/kernel/${name}.pcap`));
      await page.goto(await reportOf('main', captures));
      await page.waitForSelector('.list');
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('begins with the outcomes of all connections', async () => {
      expect(await page.locator('h1').textContent()).toBe('9 connections, 2 failed: 1 reset, 1 refused');
      expect(await rows()).toBe(9);
      expect(await status()).toBe('9 of 9');
    });

    it('a bar of the overview filters the list, and a second click shows all', async () => {
      const bar = page.getByRole('button', { name: 'refused', exact: false }).first();
      await bar.click();
      expect(await bar.getAttribute('aria-pressed')).toBe('true');
      expect(await status()).toBe('1 of 9');
      expect(await page.locator('.list td.o').textContent()).toContain('refused: port closed');
      await bar.click();
      expect(await rows()).toBe(9);
    });

    it('the where box accepts the expressions of the command line, and reports errors in them', async () => {
      await page.fill('#where', 'closing.reset.by == "client"');
      expect(await status()).toBe('1 of 9');
      await page.fill('#where', 'opening.connectTime > 10ms && has("fast-retransmission")');
      expect(await status()).toBe('1 of 9');
      await page.fill('#where', 'outcome.fialed');
      expect(await page.locator('#where-problem').textContent()).toContain("did you mean 'outcome.failed'?");
      expect(await page.getAttribute('#where', 'aria-invalid')).toBe('true');
      expect(await rows()).toBe(9);
      await page.fill('#where', '');
      await page.fill('input[type=search]', '10.0.0.2:7777 closed');
      expect(await rows()).toBeGreaterThan(0);
      expect(await rows()).toBeLessThan(9);
      await page.fill('input[type=search]', '');
    });

    it('sorts by a column, and says so', async () => {
      const head = page.locator('.list th', { hasText: 'connect' });
      await head.getByRole('button').click();
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      const times = await page.locator('.list td.c').allTextContents();
      const slowest = Math.max(...times.filter((text) => text.endsWith(' ms')).map(Number.parseFloat));
      expect(times[0]).toBe(`${slowest} ms`);
      // what did not open comes last
      expect(times.at(-1)).toBe('–');
      await page.locator('.list th', { hasText: '#' }).getByRole('button').click();
    });

    it('by key: from the list into a connection, through its segments, and back', async () => {
      await page.locator('.list tbody a[tabindex="0"]').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await hash()).toBe('#connection=1');
      await page.waitForSelector('.ladder g.row');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      const [, packet] = /packet=(\d+)/.exec(await hash()) ?? [];
      expect(await page.locator('.ladder g.row[aria-selected="true"]').getAttribute('data-packet')).toBe(
        packet,
      );
      expect(await chosen()).toContain(`#${packet} ·`);
      await page.keyboard.press(']');
      expect(await hash()).toBe('#connection=2');
      await page.keyboard.press('Escape');
      expect(await hash()).toBe('#connections');
      // drawn at the next frame
      await expect
        .poll(() => page.evaluate('document.activeElement.getAttribute("href")'))
        .toBe('#connection=2');
    });

    it('an address shows its segment; the states go along with it', async () => {
      const index = await page
        .locator('.list tr', { hasText: 'fast retransmission' })
        .getAttribute('data-index');
      await page.evaluate(`location.hash = '#connection=${index}'`);
      await page.waitForSelector('.ladder g.row');
      expect(await page.locator('.verdict').textContent()).toMatch(
        /^Opened in 40\.7 ms; 1 retransmission; closed/,
      );
      const states = (): Promise<string | null> => page.locator('.states svg').getAttribute('aria-label');
      expect(await states()).toMatch(/^client SYN-SENT, server LISTEN/);
      await page.getByRole('button', { name: 'next' }).click();
      expect(await states()).toMatch(/^client ESTABLISHED, server SYN-RECEIVED/);
      await page.getByRole('button', { name: 'back' }).click();
      expect(await states()).toMatch(/^client SYN-SENT, server LISTEN/);
      await page.keyboard.press('End');
      expect(await states()).toMatch(/^client TIME-WAIT, server CLOSED/);
      // the packet that proves a finding
      await page.locator('.facts-list .warning .link').first().click();
      expect(await page.locator('#segment-title').textContent()).toContain('100 bytes retransmitted');
      await page.keyboard.press('Home');
    });

    it('plays, and stops at a press', async () => {
      await page.getByRole('button', { name: 'play' }).click();
      const before = await hash();
      await page.waitForURL((url) => url.hash !== before);
      await page.getByRole('button', { name: 'pause' }).click();
      expect(await page.getByRole('button', { name: 'play' }).isVisible()).toBe(true);
    });

    it('each byte of the header is explained, by pointer and by key', async () => {
      await page.keyboard.press('Home');
      const why = page.locator('.why');
      await page.locator('.byte', { hasText: 'window' }).hover();
      expect(await why.textContent()).toContain('The window of a SYN is never scaled (RFC 7323 2.2)');
      await page.locator('.bytes [tabindex="0"]').focus();
      for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowLeft');
      expect(await why.textContent()).toContain('source port, bytes 0–1');
      const names: string[] = [];
      for (let press = 0; press < 20; press++) {
        names.push((await why.locator('b').textContent()) ?? '');
        await page.keyboard.press('ArrowRight');
      }
      // without gaps, from the first byte to the last option
      const ends = [...new Set(names)].map((name) => /bytes? (\d+)(?:–(\d+))?$/.exec(name));
      expect(ends[0]?.[1]).toBe('0');
      ends.forEach((end, at) => {
        const next = ends[at + 1];
        if (next !== undefined) expect(Number(next?.[1])).toBe(Number(end?.[2] ?? end?.[1]) + 1);
      });
      expect(ends.at(-1)?.[2]).toBe('39');
    });

    it('the graphs have the samples of the model, and choose a segment', async () => {
      expect(await page.locator('.graph figcaption').allTextContents()).toEqual([
        expect.stringMatching(/^1 retransmission in \d+ segments of the client; 1,005 bytes sent/),
        'Round trips of 40.6 ms at best, 40.8 ms as median, 83.9 ms at worst',
        expect.stringMatching(/^At most 1,000 bytes of the client in flight/),
        expect.stringMatching(/^The client sent 2\.3 kB\/s on average/),
      ]);
      await page.keyboard.press('Home');
      const over = page.locator('.graph .u-over').first();
      const { width = 0 } = (await over.boundingBox()) ?? {};
      await over.click({ position: { x: width - 2, y: 40 } });
      expect(await page.locator('#segment-title').textContent()).not.toContain('SYN');
    });

    it('a part of the time fills the graphs, by mouse and by keys, and follows the chosen segment', async () => {
      const all = page.getByRole('button', { name: 'all', exact: true });
      const over = page.locator('.graph .u-over').first();
      const picture = (): Promise<Buffer> => over.screenshot();
      const title = await page.locator('#segment-title').textContent();
      await over.scrollIntoViewIfNeeded();
      const whole = await picture();
      expect(await all.isDisabled()).toBe(true);
      const { x = 0, y = 0, width = 0 } = (await over.boundingBox()) ?? {};
      await page.mouse.move(x + width * 0.4, y + 40);
      await page.mouse.down();
      await page.mouse.move(x + width * 0.6, y + 50, { steps: 4 });
      await page.mouse.up();
      await page.mouse.move(0, 0);
      expect(await all.isDisabled()).toBe(false);
      const part = await picture();
      expect(part.equals(whole)).toBe(false);
      expect(await page.locator('#segment-title').textContent(), 'a drag is no click').toBe(title);
      await page.getByRole('button', { name: 'look closer' }).press('Enter');
      const closer = await picture();
      expect(closer.equals(part)).toBe(false);
      // the first segment lies before what is shown
      await page.keyboard.press('Home');
      expect((await picture()).equals(closer)).toBe(false);
      await all.press('Enter');
      expect(await all.isDisabled()).toBe(true);
      await over.click({ position: { x: width - 2, y: 40 } });
    });

    it('the ladder is larger where it is asked for', async () => {
      const width = async (): Promise<number> =>
        (await page.locator('.ladder svg').boundingBox())?.width ?? 0;
      const before = await width();
      await page.getByRole('button', { name: 'larger' }).click();
      expect((await width()) / before).toBeCloseTo(1.5, 1);
      await page.getByRole('button', { name: 'smaller' }).click();
    });

    it('parts of the page are reached without losing the open connection', async () => {
      const before = await hash();
      for (const name of ['Overview', 'Connections', /^Connection \d+$/])
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      expect(await hash()).toBe(before);
      expect(await page.locator('#connection').count()).toBe(1);
    });

    it('a table has the same segments', async () => {
      await page.keyboard.press('t');
      expect(await page.locator('.segment-table tbody tr').count()).toBe(31);
      await page.keyboard.press('t');
      expect(await page.locator('.segment-table').count()).toBe(0);
    });

    it.each([
      ['light', 1440],
      ['dark', 1440],
      ['light', 390],
      ['dark', 390],
    ] as const)('axe finds nothing: %s, %i pixels', async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      // where nothing lies under the bar at the top
      await page.evaluate('scrollTo(0, 0)');
      // put into the page by the debugger, which its policy does not stop
      await page.evaluate(readFileSync(AXE, 'utf8'));
      const found: string[] = await page.evaluate(`axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
      }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`);
      expect(found).toEqual([]);
    });

    it('nothing is wider than a narrow phone', async () => {
      await page.setViewportSize({ width: 320, height: 700 });
      await page.waitForTimeout(50);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    it('asks nothing of a network, and complains of nothing', () => {
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
    });

    it('an ICMP error has its place among the segments', async () => {
      await page.goto(
        `${await reportOf('icmp', [join(ROOT, 'fixtures/kernel/icmp-refused.pcap')])}#connection=0`,
      );
      await page.waitForSelector('.ladder g.row');
      await page.keyboard.press('End');
      expect(await page.locator('.panel', { hasText: 'ICMP error' }).textContent()).toContain('unreachable');
      const last = await page.locator('.stepper output').textContent();
      await page.keyboard.press('k');
      expect(await page.locator('#segment-title').textContent()).toMatch(/^SYN/);
      await page.keyboard.press('j');
      expect(await page.locator('.stepper output').textContent()).toBe(last);
    });

    it('five thousand connections: only the rows in sight are in the page', async () => {
      const path = join(folder, 'long.html');
      const data = await collectPage(
        { open: () => openCaptures([join(ROOT, 'fixtures/kernel/many.pcap')]), twice: true },
        { version: '0', where: null, filter: null, host: nodeHost },
      );
      const connections = Array.from({ length: 5000 }, (_, index) => ({
        ...(data.connections[index % data.connections.length] as ConnectionReport),
        index,
        ladder: null,
      }));
      writeFileSync(path, await pageText({ ...data, connections, overview: null }));
      await page.goto(pathToFileURL(path).href);
      await page.waitForSelector('.list');
      expect(await rows()).toBeLessThan(60);
      expect(await status()).toBe('5,000 of 5,000');
      await page.locator('.list tbody a[tabindex="0"]').focus();
      await page.keyboard.press('End');
      await page.locator('tr[data-index="4999"]').waitFor();
      expect(await page.evaluate('document.activeElement.textContent')).toBe('4999');
      expect(await rows()).toBeLessThan(60);
      await page.fill('#where', 'outcome.kind == "refused"');
      expect(await status()).toBe('833 of 5,000');
      await page.fill('#where', '');
      // its segments are not in the page, which says how to see them
      await page.locator('.list tbody a').first().click();
      expect(await page.locator('.missing').textContent()).toContain('synfin FILE --connection');
    });

    it('nothing in a hostile capture runs', async () => {
      const capture = readFileSync(join(ROOT, 'captures/demo-tcp.pcap'), 'latin1');
      // as long as it was
      const path = join(folder, HOSTILE.replaceAll('/', ''));
      writeFileSync(path, capture.replaceAll('hello', '<b>&"'), 'latin1');
      await page.goto(await reportOf('hostile', [path]));
      await page.waitForSelector('.list');
      await page.locator('.list tbody a').first().click();
      await page.waitForSelector('.ladder g.row');
      for (let press = 0; press < 3; press++) await page.keyboard.press('j');
      await page.locator('.opt', { hasText: 'data' }).hover();
      expect(await page.locator('.why').textContent()).toContain('As text: <b>&"');
      expect(await page.title()).toContain('<img src=x');
      expect(await page.title()).not.toBe('ran');
      expect(await page.locator('img, #app b b, iframe, object').count()).toBe(0);
      // markup that did get in would not run either
      await page.evaluate(`
        const element = document.createElement('div');
        element.innerHTML = '<img src=x onerror="document.title = &quot;ran&quot;">';
        document.body.append(element);
        const script = document.createElement('script');
        script.textContent = 'document.title = "ran"';
        document.body.append(script);
      `);
      await page.waitForTimeout(100);
      expect(await page.title()).not.toBe('ran');
      complaints.length = 0;
    });

    it('without data it accepts a capture, and shows the verdicts of the command line', async () => {
      const { stdout } = await runCli(['report']);
      const path = join(folder, 'empty.html');
      writeFileSync(path, stdout);
      await page.goto(pathToFileURL(path).href);
      await page.getByRole('button', { name: 'Choose a file' }).waitFor();
      await page.setInputFiles('input[type=file]', {
        name: 'text.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('no capture at all'),
      });
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('text.txt: not a capture');
      // dropped, as from a file manager
      const bytes = readFileSync(join(ROOT, 'captures/demo-tcp.pcap')).toString('base64');
      await page.evaluate(`
        const content = Uint8Array.from(atob('${bytes}'), (character) => character.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([content], 'dropped.pcap'));
        for (const type of ['dragover', 'drop'])
          dispatchEvent(new DragEvent(type, { dataTransfer: data, cancelable: true }));
      `);
      await page.waitForSelector('.list');
      expect(await page.locator('.file').textContent()).toBe('dropped.pcap');
      await page.locator('.list tbody a').first().click();
      await page.waitForSelector('.ladder g.row');
      const { stdout: document } = await runCli(['analyze', join(ROOT, 'captures/demo-tcp.pcap'), '--json']);
      const [connection] = JSON.parse(document).connections;
      expect(await page.locator('.crumb').textContent()).toContain(`:${connection.client.port} →`);
      expect(await page.locator('.ladder g.row').count()).toBe(
        connection.traffic.client.packets + connection.traffic.server.packets,
      );
      expect(await page.locator('.byte').count()).toBe(9);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    });

    it('the list of a long capture comes before its segments', async () => {
      const path = join(folder, 'long.pcap');
      writeFileSync(path, manySyns(40_000));
      await page.evaluate(`
        window.seen = [];
        new MutationObserver(() => {
          const coming = document.querySelector('.coming') !== null;
          if (coming !== window.seen.at(-1)?.coming)
            window.seen.push({ coming, list: document.querySelector('.list') !== null,
              text: document.querySelector('.coming')?.textContent ?? '' });
        }).observe(document.body, { childList: true, subtree: true });
      `);
      await page.setInputFiles('input[type=file]', path);
      await page.locator('.file', { hasText: 'long.pcap' }).waitFor({ timeout: 60_000 });
      await page.locator('.coming').waitFor({ state: 'detached', timeout: 60_000 });
      expect(await page.evaluate('window.seen.filter(({ coming }) => coming)')).toEqual([
        { coming: true, list: true, text: 'Reading segments… ' },
      ]);
      await page.locator('.list tbody a').first().click();
      await page.waitForSelector('.ladder g.row');
      expect(complaints).toEqual([]);
    });

    it('is small without data', () => {
      expect(statSync(PAGE).size).toBeLessThan(400_000);
    });
  },
);

/** So many SYNs without an answer, a millisecond after each other, as a capture. */
function manySyns(count: number): Buffer {
  const file = Buffer.alloc(24 + count * RECORD);
  file.writeUInt32LE(0xa1b2c3d4, 0);
  file.writeUInt16LE(2, 4);
  file.writeUInt16LE(4, 6);
  file.writeUInt32LE(65_535, 16);
  file.writeUInt32LE(1, 20);
  for (let index = 0; index < count; index++) {
    const at = 24 + index * RECORD;
    file.writeUInt32LE(1_760_000_000 + Math.floor(index / 1000), at);
    file.writeUInt32LE((index % 1000) * 1000, at + 4);
    file.writeUInt32LE(FRAME, at + 8);
    file.writeUInt32LE(FRAME, at + 12);
    const ip = at + 16 + 14;
    file.writeUInt16BE(0x0800, ip - 2);
    file.writeUInt8(0x45, ip);
    file.writeUInt16BE(40, ip + 2);
    file.writeUInt8(64, ip + 8);
    file.writeUInt8(6, ip + 9);
    file.writeUInt32BE(0x0a000000 + Math.floor(index / 50_000), ip + 12);
    file.writeUInt32BE(0x0a010001, ip + 16);
    file.writeUInt16BE(1024 + (index % 50_000), ip + 20);
    file.writeUInt16BE(443, ip + 22);
    file.writeUInt32BE(index, ip + 24);
    file.writeUInt8(0x50, ip + 32);
    file.writeUInt8(0x02, ip + 33);
  }
  return file;
}

const FRAME = 54;
const RECORD = 16 + FRAME;
