import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LiveInfo } from '../../src/live/source.js';
import { readCapture } from './read-pcap.js';
import { compiledHelper, namespace, needs, Watch } from './setup.js';

const PORT = 7777;
const SERVER = `require('net').createServer({ allowHalfOpen: true }, (s) => s.pipe(s)).listen(${PORT}, () => console.log('up'))`;
const CLIENT = `const s = require('net').connect(${PORT}, '10.7.0.2', () => s.end('hello')); s.resume().on('close', () => process.exit())`;

/** Two network namespaces joined by a cable: each acts as a host. */
let left: ReturnType<typeof namespace> | null = null;
let right: ReturnType<typeof namespace> | null = null;

beforeAll(async () => {
  await compiledHelper();
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return;
  left = namespace();
  right = namespace();
  left.run('ip', 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', right.name);
  left.run('ip', 'address', 'add', '10.7.0.1/24', 'dev', 'cable');
  right.run('ip', 'address', 'add', '10.7.0.2/24', 'dev', 'cable');
  for (const host of [left, right]) host.run('ip', 'link', 'set', 'cable', 'up');
}, 60_000);

afterAll(() => {
  left?.remove();
  right?.remove();
});

async function capture(
  context: TestContext,
  name: string,
  options: object,
): Promise<{ flags: string[]; info: LiveInfo; counters: object }> {
  needs(context, 'root', 'ip', 'koffi', 'tcpdump');
  const within = (host: string) => ['ip', 'netns', 'exec', host, process.execPath];
  const [ip = '', ...words] = within(right?.name ?? '');
  const server = spawn(ip, [...words, '-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(server.stdout, 'data');
    const before = ['ip', 'netns', 'exec', left?.name ?? ''];
    const watch = new Watch({ name, options: { filter: `tcp port ${PORT}`, ...options } }, before);
    const { info } = await watch.next<{ info: LiveInfo }>();
    left?.run(process.execPath, '-e', CLIENT);
    await delay(50);
    watch.stop();
    const { stream, counters } = await watch.next<{ stream: string; counters: object }>();
    const capture = readCapture(Buffer.from(stream, 'base64'));
    const link = capture.linkType === 276 ? 20 : 14;
    const flags = capture.packets.map(({ bytes }) => {
      const tcp = link + ((bytes[link] ?? 0) & 15) * 4;
      const from = bytes.readUInt16BE(tcp) === PORT ? 'server' : 'client';
      return `${from} ${['F', 'S', 'R', 'P', 'A'].filter((_, bit) => ((bytes[tcp + 13] ?? 0) >> bit) & 1).join('')}`;
    });
    return { flags, info, counters };
  } finally {
    // the next one listens on the same port
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  }
}

describe('two hosts over a cable', () => {
  it.for(['libpcap', 'tcpdump'])(
    'shows both directions with %s',
    { timeout: 20_000 },
    async (backend, context) => {
      const { flags, counters } = await capture(context, 'cable', { backend });
      expect(flags.slice(0, 3)).toEqual(['client S', 'server SA', 'client A']);
      expect(counters).toMatchObject({ received: flags.length, dropped: 0 });
    },
  );

  it.for(['libpcap', 'tcpdump'])(
    'shows one direction where asked with %s',
    { timeout: 20_000 },
    async (backend, context) => {
      const incoming = await capture(context, 'cable', { backend, direction: 'in' });
      expect(incoming.flags[0]).toBe('server SA');
      expect(incoming.flags.some((flag) => flag.startsWith('client'))).toBe(false);
      expect(incoming.counters).toMatchObject({ received: incoming.flags.length, dropped: 0 });
      const outgoing = await capture(context, 'cable', { backend, direction: 'out' });
      expect(outgoing.flags[0]).toBe('client S');
      expect(outgoing.flags.some((flag) => flag.startsWith('server'))).toBe(false);
      expect(outgoing.counters).toMatchObject({ received: outgoing.flags.length, dropped: 0 });
    },
  );

  it('shows the cable on any, and says so in the link type', { timeout: 20_000 }, async (context) => {
    const { flags, info } = await capture(context, 'any', { backend: 'libpcap' });
    expect(info.linkType).toBe(276);
    expect(flags.slice(0, 3)).toEqual(['client S', 'server SA', 'client A']);
  });
});
