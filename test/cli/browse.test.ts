/** `synfin browse` on a real terminal (tmux): what it shows, what keys do, and that the screen comes back. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';
import { NO_TMUX, Tmux, type Window } from './tmux.js';

const MANY = 'captures/demo-tcp-many.pcap';
let folder: string;
let tmux: Tmux;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-browse-'));
  tmux = new Tmux();
});
afterAll(() => {
  tmux.end();
  rmSync(folder, { recursive: true });
});

it.skipIf(NO_TMUX === null)('browsing is tried in tmux', (context) => {
  context.skip(NO_TMUX ?? '');
});

/** The screen from before, the cursor, and no reports of the mouse; a shell that echoes. */
async function expectRestored(window: Window, code: number): Promise<void> {
  const screen = await window.until(/^ended \d+$/m);
  expect(screen).toMatch(/^before$/m);
  expect(screen).toMatch(new RegExp(`^ended ${code}$`, 'm'));
  expect(window.facts('#{alternate_on}#{mouse_any_flag}#{mouse_sgr_flag}#{cursor_flag}')).toBe('0001');
  window.type('stty -a | grep -c " icanon.* \\| echo "');
  window.press('Enter');
  await window.until(/^[12]$/m);
}

describe.skipIf(NO_TMUX !== null)('synfin browse', { timeout: 60_000 }, () => {
  it('list, sort, filter, ladder, steps, resize, mouse, copy; and q leaves the screen as it was', async () => {
    const window = await tmux.open(80, 24);
    window.start(['browse', MANY]);
    const list = await window.until(/^ 3 connections/m);
    expect(list).toMatch(/^#\s+start ▲\s+client\s+server\s+outcome/m);
    window.press('s', 's');
    await window.until(/by connect ▼/);
    window.press('r');
    await window.until(/by connect ▲/);
    window.press('/');
    window.type('duration > 190ms');
    window.press('Enter');
    await window.until(/2 of 3 {2}\/duration > 190ms/);
    window.press('j', 'Enter');
    await window.until(/segment 1 of 11/);
    window.press('j');
    const step = await window.until(/segment 2 of 11/);
    expect(step).toMatch(/^ack 1 = 0 \+ SYN of packet 4/m);
    window.resize(40, 12);
    await window.until(/^\d+ ← SYN ACK 0\/1$/m);
    window.resize(120, 40);
    await window.until(/──SYN seq 0──/);
    window.press('y');
    await window.until(/^synfin captures\/demo-tcp-many\.pcap --connection 1$/m);
    expect(tmux.run('show-buffer')).toBe(`synfin ${MANY} --connection 1`);
    window.press('Escape');
    await window.until(/2 of 3/);
    // a click on the first connection, as a terminal reports it
    window.type('\u001b[<0;5;3M\u001b[<0;5;3m');
    await window.until(/row 1/);
    window.press('q');
    await expectRestored(window, 0);
  });

  it.each([
    ['TERM', 130],
    ['HUP', 129],
    ['QUIT', 131],
  ] as const)('SIG%s leaves the screen as it was', async (signal, code) => {
    const window = await tmux.open(80, 24);
    window.start(['browse', MANY]);
    await window.until(/^ 3 connections/m);
    process.kill(window.processId, `SIG${signal}`);
    await expectRestored(window, code);
  });

  it('a fault restores the screen too, and is reported there', async () => {
    const fault = join(folder, 'fault.cjs');
    writeFileSync(fault, "process.on('SIGUSR2', () => { throw new Error('a test'); });");
    const window = await tmux.open(80, 24);
    window.start(['browse', MANY], [`NODE_OPTIONS=--require=${fault}`]);
    await window.until(/^ 3 connections/m);
    process.kill(window.processId, 'SIGUSR2');
    await expectRestored(window, 70);
    expect(window.screen).toContain('internal error: a test');
  });

  it('a hostile name of a file is escaped', async () => {
    const name = 'x\u001b]0;owned\u0007\u001b[2J\u202e.pcap';
    copyFileSync(resolve(ROOT, MANY), join(folder, name));
    const window = await tmux.open(100, 24);
    const title = window.facts('#{pane_title}');
    window.start(['browse', join(folder, name)], ['NO_COLOR=1']);
    const list = await window.until(/^ 3 connections/m);
    expect(list).toContain('x\\x1b]0;owned\\x07\\x1b[2J\\u202e.pcap');
    window.press('y');
    await window.until(/x1b\]0;owned/);
    expect(window.facts('#{pane_title}')).toBe(title);
    window.press('C-c');
    await window.until(/^ended 0$/m);
  });
});

describe('the overview of many connections', () => {
  it('mentions it only on a terminal', async () => {
    const path = resolve(ROOT, 'captures');
    const hint = 'synfin browse FILE';
    expect((await runCli([path], { terminal: true })).stdout).toContain(hint);
    expect((await runCli([path, '--quiet'], { terminal: true })).stdout).not.toContain(hint);
    expect((await runCli([path])).stdout).not.toContain(hint);
  });
});

describe('where it cannot run', () => {
  it('without a terminal: says what to use', async () => {
    const { code, stderr, stdout } = await runCli(['browse', resolve(ROOT, MANY)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('synfin browse needs a terminal: standard output is not a terminal');
    expect(stderr).toContain('--connection N for a ladder');
  });

  it('of standard input', async () => {
    const pipe = await runCli(['browse', '-'], { terminal: true });
    expect(pipe.stderr).toContain('synfin browse reads the capture twice, which a pipe does not allow');
    expect(pipe.code).toBe(2);
  });
});
