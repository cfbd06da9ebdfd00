/** Input and output of a demo program in a test: typed lines, printed text, Ctrl-C. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import type { DemoIo } from '../../src/demo/io.js';

export interface Terminal {
  io: DemoIo;
  typed: PassThrough;
  printed(): string;
  /** Waits until the output matches, at most 5 s; the match. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  ctrlC(): void;
}

export function terminal(env: NodeJS.ProcessEnv = {}): Terminal {
  const typed = new PassThrough();
  const output = new PassThrough();
  const controller = new AbortController();
  let text = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    io: { input: typed, output, signal: controller.signal, env },
    typed,
    printed: () => text,
    async until(pattern) {
      for (let waited = 0; waited < 5000; waited += 5) {
        const match = text.match(pattern);
        if (match) return match;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`${pattern} was not printed, but:\n${text}`);
    },
    ctrlC: () => controller.abort(),
  };
}

/** The port in the first line of a server. */
export async function portOf(server: Terminal): Promise<number> {
  const [, port] = await server.until(/(?:TCP|UDP) \S+:(\d+)\. Ctrl-C/);
  return Number(port);
}

/** Why IPv6 cannot be tested here, or null. */
export async function whyNoIpv6(): Promise<string | null> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(`::1 cannot be bound: ${error.message}`));
    server.listen(0, '::1', () => server.close(() => resolve(null)));
  });
}

const STATES = [
  '',
  'ESTABLISHED',
  'SYN-SENT',
  'SYN-RECEIVED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'CLOSED',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
];

export const PROC_NET_TCP = '/proc/net/tcp';
export const HAS_PROC_NET_TCP = existsSync(PROC_NET_TCP);

/** The kernel's state of the IPv4 socket with these ports, or null where it has none; remote 0: listening. */
export function kernelState(local: number, remote: number): string | null {
  for (const row of readFileSync(PROC_NET_TCP, 'utf8').split('\n').slice(1)) {
    const [, here = '', there = '', state = ''] = row.trim().split(/\s+/);
    const port = (address: string) => Number.parseInt(address.split(':')[1] ?? '', 16);
    if (port(here) === local && port(there) === remote) return STATES[Number.parseInt(state, 16)] ?? null;
  }
  return null;
}
