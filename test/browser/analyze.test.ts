/**
 * The portable core in a real browser: Debian's Chromium, without a window, reads captures from a File and makes the same
 * document as the command line.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaptureDocument } from '../../src/browser.js';
import { runCli } from '../run-cli.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const BUILT = existsSync(join(ROOT, 'dist/browser.js'));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html' };

/** In the page, as the test runner would rewrite an import. */
const PAGE = `<!doctype html><title>synfin</title><script type="module">
import { analyzeBlob } from '/browser.js';
window.analyze = async (base64, name) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return JSON.stringify(await analyzeBlob(new File([bytes], name), name));
};
</script>`;

let server: Server;
let browser: Browser;
let page: Page;

/** Serves dist, and nothing else, on loopback. */
function serve(): Promise<Server> {
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html').end(PAGE);
      return;
    }
    const path = join(ROOT, 'dist', normalize(pathname));
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    createReadStream(path).pipe(response);
  });
  return new Promise((done) => http.listen(0, '127.0.0.1', () => done(http)));
}

/** The result of the page for a file of these bytes. */
async function inBrowser(bytes: Uint8Array, name: string): Promise<CaptureDocument> {
  const base64 = Buffer.from(bytes).toString('base64');
  const text: string = await page.evaluate(`analyze(${JSON.stringify(base64)}, ${JSON.stringify(name)})`);
  return JSON.parse(text);
}

async function byCommand(path: string): Promise<CaptureDocument> {
  const { stdout } = await runCli(['analyze', path, '--format', 'json']);
  return JSON.parse(stdout);
}

describe.skipIf(CHROMIUM === undefined || !BUILT)(
  'in Chromium (skipped where /usr/bin/chromium or dist is missing)',
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      server = await serve();
      browser = await chromium.launch({
        executablePath: CHROMIUM ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
        ],
      });
      page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    it.each([
      'captures/demo-tcp.pcap',
      'captures/demo-udp.pcap',
      'fixtures/kernel/many.pcap',
      'fixtures/kernel/half-close.pcap',
      'fixtures/variants/pcapng-interfaces.pcapng',
    ])('%s: the same document', async (capture) => {
      const path = join(ROOT, capture);
      expect(await inBrowser(readFileSync(path), path)).toEqual(await byCommand(path));
    });

    it('gzip', async () => {
      const path = join(ROOT, 'captures/demo-tcp.pcap');
      const { capture, ...rest } = await inBrowser(gzipSync(readFileSync(path)), path);
      const expected = await byCommand(path);
      expect(rest).toEqual({ ...expected, capture: undefined });
      expect(capture.packets).toBe(expected.capture.packets);
    });

    it('a file that is not a capture gives an error that says so', async () => {
      await expect(inBrowser(new TextEncoder().encode('no capture at all'), 'x.txt')).rejects.toThrow(
        'x.txt: not a capture: it begins with the text',
      );
    });

    it('cut in a packet: all whole packets, and a warning', async () => {
      const bytes = readFileSync(join(ROOT, 'captures/demo-tcp.pcap'));
      const { capture } = await inBrowser(bytes.subarray(0, bytes.length - 7), 'cut.pcap');
      expect(capture.packets).toBe(10);
      expect(JSON.stringify(capture.warnings)).toContain('cut-short');
    });
  },
);
