/** `synfin browse -i lo` in tmux: connections as they come, their ladders, and no file left. */
import { readdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NO_TMUX, Tmux } from '../cli/tmux.js';
import { needs, needsProgram } from './setup.js';

let server: Server;
let port: number;
const tmux = NO_TMUX === null ? new Tmux() : null;

beforeAll(async () => {
  server = createServer((socket) => socket.on('data', () => socket.end('bye')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  tmux?.end();
  server.close();
});

function talk(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('hello'));
    socket.on('error', reject).resume().on('close', resolve);
  });
}

/** Files of captures that are browsed and not kept. */
function kept(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^synfin-browse-live-/.test(name));
}

it.for([
  ['q', 0],
  ['kill', 130],
] as const)(
  'connections come live; nothing is left after %s',
  { timeout: 60_000 },
  async ([how, code], context) => {
    needsProgram(context, 'tmux');
    needs(context, 'root', 'koffi');
    if (tmux === null) return;
    const before = kept();
    const window = await tmux.open(100, 24);
    window.start(['browse', '-i', 'lo', '--filter', `tcp port ${port}`]);
    await window.until(/live: 0 packets/);
    expect(kept().length).toBe(before.length + 1);
    await talk();
    await window.until(/^0 .*closed by server/m);
    await talk();
    await window.until(/^1 .*closed by server/m);
    window.press('j', 'Enter');
    await window.until(/segment 1 of/);
    window.press('G', 'k');
    await window.until(/^Packet \d+, /m);
    window.press('q', '/');
    window.type('index == 1');
    window.press('Enter');
    await window.until(/1 of 2 {2}\/index == 1/);
    if (how === 'q') window.press('q');
    else process.kill(window.processId);
    const screen = await window.until(/^ended \d+$/m);
    expect(screen).toMatch(new RegExp(`^ended ${code}$`, 'm'));
    expect(window.facts('#{alternate_on}')).toBe('0');
    expect(kept()).toEqual(before);
  },
);
