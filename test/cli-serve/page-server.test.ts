/** The live page's server: which requests it answers, and that slow or many viewers delay nothing. */
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PageServer } from '../../src/cli/serve/page-server.js';
import type { LiveChange } from '../../src/page/live-log.js';

interface Answer {
  status: number;
  body: string;
  headers: NodeJS.Dict<string | string[]>;
}

/** A page whose changes have a given length. */
class Changing {
  readonly html = '<!doctype html><title>page</title>';
  revision = 1;
  asked = 0;

  constructor(private readonly length = 10) {}

  since(revision: number): LiveChange | null {
    this.asked++;
    if (revision >= this.revision) return null;
    const text = 'x'.repeat(this.length);
    // of a change, only its revision is known to the server
    return { revision: this.revision, text } as unknown as LiveChange;
  }
}

const open: (PageServer | Socket)[] = [];

async function served(page: Changing): Promise<{ server: PageServer; url: URL }> {
  const server = new PageServer(page);
  open.push(server);
  return { server, url: new URL(await server.listen()) };
}

afterEach(async () => {
  for (const each of open.splice(0)) {
    if (each instanceof PageServer) await each.close(0);
    else each.destroy();
  }
});

function get(url: URL, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: url.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** A viewer: what it has read so far, and a way to read no more. */
async function viewer(
  url: URL,
  headers: Record<string, string> = {},
): Promise<{ socket: Socket; ids(): string[] }> {
  const socket = connect({ host: '127.0.0.1', port: Number(url.port) });
  open.push(socket);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'connect');
  const lines = [`GET ${url.pathname}events HTTP/1.1`, `Host: ${url.host}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return { socket, ids: () => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => (id ?? '').trim()) };
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

describe('it answers', () => {
  it('the page, at its address, and nothing is kept or framed', async () => {
    const { url } = await served(new Changing());
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.pathname).toMatch(/^\/[\w-]{32}\/$/);
    const { status, body, headers } = await get(url, url.pathname);
    expect(status).toBe(200);
    expect(body).toContain('<title>page</title>');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect((await get(url, url.pathname, {}, 'HEAD')).body).toBe('');
  });

  it('by localhost as well', async () => {
    const { url } = await served(new Changing());
    expect((await get(url, url.pathname, { Host: `localhost:${url.port}` })).status).toBe(200);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example', '0.0.0.0', '[::1]'])(
    'no other name: %s (DNS rebinding)',
    async (host) => {
      const { url } = await served(new Changing());
      expect((await get(url, url.pathname, { Host: host })).status).toBe(403);
      expect((await get(url, `${url.pathname}events`, { Host: host })).status).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'no other origin: %s',
    async (origin) => {
      const { url } = await served(new Changing());
      expect((await get(url, `${url.pathname}events`, { Origin: origin })).status).toBe(403);
    },
  );

  it('a link of another site leads to the page, but no other site reads its events', async () => {
    const { url } = await served(new Changing());
    const from = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await get(url, url.pathname, { ...from, 'Sec-Fetch-Mode': 'navigate' })).status).toBe(200);
    expect((await get(url, url.pathname, { ...from, 'Sec-Fetch-Mode': 'no-cors' })).status).toBe(403);
    expect((await get(url, `${url.pathname}events`, { ...from, 'Sec-Fetch-Mode': 'cors' })).status).toBe(403);
  });

  it.each(['/', '/events', '//events', '/x/events', '/%2e%2e/events'])(
    'not without its token: %s',
    async (path) => {
      const { url } = await served(new Changing());
      const { status, body } = await get(url, path);
      expect(status).toBe(403);
      expect(body).not.toContain(url.pathname.slice(1, -1));
    },
  );

  it('no other path, and no method but GET', async () => {
    const { url } = await served(new Changing());
    for (const path of ['../../etc/passwd', 'etc/passwd', 'events/', '%2e%2e/'])
      expect((await get(url, `${url.pathname}${path}`)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get(url, url.pathname, {}, method)).status).toBe(405);
  });
});

describe('events', () => {
  it('each viewer gets everything newer than its revision, once', async () => {
    const page = new Changing();
    const { server, url } = await served(page);
    const first = await viewer(url);
    await until(() => first.ids().length === 1);
    page.revision = 2;
    server.push();
    await until(() => first.ids().length === 2);
    server.push();
    const second = await viewer(url);
    await until(() => second.ids().length === 1);
    expect(second.ids()[0]).toBe(first.ids()[1]);
    expect(first.ids()).toHaveLength(2);
  });

  it('one that lost the stream goes on from its revision; with one of another run, from the beginning', async () => {
    const page = new Changing();
    const { server, url } = await served(page);
    const before = await viewer(url);
    await until(() => before.ids().length === 1);
    const id = before.ids()[0] ?? '';
    before.socket.destroy();
    const again = await viewer(url, { 'Last-Event-ID': id });
    const other = await viewer(url, { 'Last-Event-ID': 'another.1' });
    await until(() => other.ids().length === 1);
    expect(again.ids()).toEqual([]);
    page.revision = 2;
    server.push();
    await until(() => again.ids().length === 1 && other.ids().length === 2);
  });

  it('a viewer that does not read skips revisions: nothing is kept for it', async () => {
    const page = new Changing(4_000_000);
    const { server, url } = await served(page);
    const slow = await viewer(url);
    slow.socket.pause();
    await until(() => server.viewers === 1);
    for (let revision = 2; revision <= 200; revision++) {
      page.revision = revision;
      server.push();
    }
    // no change was built after the first one that it did not read
    expect(page.asked).toBeLessThanOrEqual(2);
    slow.socket.resume();
    await until(() => slow.ids().at(-1)?.endsWith('.200') === true);
    expect(slow.ids().length).toBeLessThanOrEqual(3);
  });

  it('a hundred viewers get the same text, which is made once', async () => {
    const page = new Changing(1000);
    const { server, url } = await served(page);
    const viewers = await Promise.all(Array.from({ length: 100 }, () => viewer(url)));
    await until(() => viewers.every(({ ids }) => ids().length === 1));
    const asked = page.asked;
    page.revision = 2;
    server.push();
    expect(page.asked).toBe(asked + 1);
    await until(() => viewers.every(({ ids }) => ids().length === 2));
  });

  it('more than two hundred are turned away', async () => {
    const { server, url } = await served(new Changing());
    await Promise.all(Array.from({ length: 200 }, () => viewer(url)));
    await until(() => server.viewers === 200);
    expect((await get(url, `${url.pathname}events`)).status).toBe(503);
  });

  it('closing does not wait for a viewer that does not read', async () => {
    const { server, url } = await served(new Changing(8_000_000));
    const slow = await viewer(url);
    slow.socket.pause();
    await until(() => server.viewers === 1);
    await server.close(50);
    await expect(get(url, url.pathname)).rejects.toThrow();
  });
});
