/** The bar on a real terminal, with a capture that goes on for as long as it is needed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { byteAmount } from '../../src/explain/en/quantities.js';
import { ROOT } from './fixtures.js';
import { runProcess } from './process.js';
import { checkPart, Repeated, SlowPipe } from './repeated.js';
import { CTRL_C, hangUp, NO_TERMINAL, onScreen, onTerminal, visible } from './terminal.js';

const DEMO = resolve(ROOT, 'captures/demo-tcp.pcap');
const BAR = /packets\/s/;
let folder: string;
let number = 0;
const pipes: SlowPipe[] = [];
const fresh = (kind: string): string => join(folder, `${number++}.${kind}`);
const slowly = (): { path: string; pipe: SlowPipe } => {
  const path = fresh('pipe');
  const pipe = new SlowPipe(path, DEMO);
  pipes.push(pipe);
  return { path, pipe };
};

/** Longer than a second on any machine: synfin waits for whoever reads its output. */
function slowReader(): string {
  const path = fresh('fifo');
  execFileSync('mkfifo', [path]);
  return `-o ${path} & { sleep 2; wc -l; } < ${path}; wait`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-terminal-'));
});
afterEach(async () => {
  hangUp();
  for (const pipe of pipes.splice(0)) await pipe.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

it.skipIf(NO_TERMINAL === null)('the bar is tried on a terminal', (context) => {
  context.skip(NO_TERMINAL ?? '');
});

describe.skipIf(NO_TERMINAL !== null)('the bar on a terminal', { timeout: 60_000 }, () => {
  it('of a pipe: appears, and disappears before the results', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path]);
    await run.until(BAR);
    expect(visible(run.text())).toMatch(/␛\[1G[\d.]+ k?B {2}[\d,]+ packets\/s/);
    await pipe.stop();
    expect(await run.ended).toBe(0);
    const screen = onScreen(run.text());
    expect(screen[0]).toContain('.pipe: ');
    expect(screen.join('\n')).not.toMatch(BAR);
  });

  it('of a file: with the time left', async () => {
    const path = fresh('pcap');
    const bytes = new Repeated(DEMO).capture(8000);
    writeFileSync(path, bytes);
    const size = (bytes.length / 1e6).toFixed(1).replace('.', '\\.');
    const run = onTerminal(['analyze', path, '--format', 'ndjson', '--packets'], slowReader());
    const parts = [`[█░]{24}`, `[\\d.]+ .?B of ${size} MB`, `[\\d,]+ packets/s`, `[\\w ]+ left`];
    await run.until(new RegExp(parts.join(' {2}')));
    expect(await run.ended).toBe(0);
    // segments, connections, the capture
    expect(onScreen(run.text()).map((line) => line.trim())).toEqual([String(8000 * 12 + 1), '']);
  });

  it('goes for good once a pager has something to show', async () => {
    const path = fresh('pcap');
    writeFileSync(path, new Repeated(DEMO).capture(8000));
    const reader = '| { head -n 1; sleep 2; wc -l; }';
    const run = onTerminal(['analyze', path, '--format', 'ndjson', '--packets'], reader);
    expect(await run.ended).toBe(0);
    expect(visible(run.text()).split('{"type"')[1] ?? '').not.toMatch(BAR);
  });

  it('of parts that are joined: over all of them', async () => {
    const path = fresh('pcap');
    writeFileSync(path, new Repeated(DEMO).capture(8000));
    const parts = [fresh('part'), fresh('part')];
    for (const [index, part] of parts.entries()) {
      const made = await runProcess(['analyze', path, '--partial', part, '--part', String(index + 1)]);
      expect(made.code).toBe(0);
    }
    const size = parts.reduce((sum, part) => sum + statSync(part).size, 0);
    const merging = onTerminal(['merge', ...parts, '--format', 'ndjson'], slowReader());
    await merging.until(/[█░]{24} {2}[\d.]+ .?B of [\d.]+ .?B {2}[\d,]+ packets\/s {2}[\w ]+ left/);
    expect(merging.text()).toContain(`of ${byteAmount(size)}`);
    expect(await merging.ended).toBe(0);
    expect(onScreen(merging.text()).join('')).not.toMatch(BAR);
  });

  it.each(['table', 'json', 'ndjson', 'csv'])(
    'Ctrl-C removes it, and %s has the results so far',
    async (format) => {
      const { path, pipe } = slowly();
      const output = fresh('out');
      const run = onTerminal(['analyze', path, '--format', format], `> ${output}`);
      await run.until(BAR);
      run.type(CTRL_C);
      expect(await run.ended).toBe(130);
      await pipe.stop();
      // of a table, with how to see more
      const said = onScreen(run.text())
        .filter((line) => !line.startsWith('» '))
        .join('');
      expect(said).toMatch(/^(\^C)?synfin: interrupted at [\d.]+ kB: the result is partial$/);
      expect(checkPart(format, readFileSync(output, 'utf8'))).toBeGreaterThan(0);
    },
  );

  it('makes room for lines that come meanwhile', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path, '--format', 'csv', '--table', 'segments']);
    await run.until(BAR);
    const { length } = run.text();
    await wait(1000);
    expect(run.text().slice(length)).toMatch(BAR);
    await pipe.stop();
    expect(await run.ended).toBe(0);
    const screen = onScreen(run.text()).filter((line) => line !== '');
    const columns = (screen[0] ?? '').split(',').length;
    expect(screen.length).toBeGreaterThan(11);
    for (const line of screen) expect(line.split(',')).toHaveLength(columns);
  });

  it('goes before a warning', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path, '--limit', '1'], '> /dev/null');
    await run.until(BAR);
    pipe.send(Buffer.alloc(10, 0xff));
    await pipe.stop();
    expect(await run.ended).toBe(3);
    expect(onScreen(run.text())[0]).toMatch(/^synfin: /);
  });

  /** Writes nothing before connection 400 is over, and a little later again. */
  const LATE = ['--format', 'ndjson', '--connection', '400', '--connection', '510'];

  it.runIf(existsSync('/dev/full'))('goes before the reason why the work failed', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path, ...LATE, '-o', '/dev/full']);
    await run.until(BAR);
    pipe.skipTo(500);
    expect(await run.ended).toBe(2);
    expect(onScreen(run.text())[0]).toMatch(/^synfin: \/dev\/full: cannot be written/);
  });

  it('goes with the process, where the reader of the output has gone', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path, ...LATE], '| true');
    await run.until(BAR);
    pipe.skipTo(500);
    expect(await run.ended).toBe(0);
    expect(onScreen(run.text())).toEqual(['']);
  });

  it('is not there on a dumb terminal', async () => {
    const { path, pipe } = slowly();
    const run = onTerminal(['analyze', path], '> /dev/null', { TERM: 'dumb' });
    await wait(1800);
    await pipe.stop();
    expect(await run.ended).toBe(0);
    // the hint alone, without control sequences
    expect(run.text().trim()).toBe('» one ladder: --connection N');
  });

  it('is not there where standard error is a file', async () => {
    const { path, pipe } = slowly();
    const errorFile = fresh('err');
    const run = onTerminal(['analyze', path], `2> ${errorFile}`);
    await wait(1800);
    await pipe.stop();
    expect(await run.ended).toBe(0);
    expect(readFileSync(errorFile, 'utf8')).toBe('');
    expect(run.text()).toContain('.pipe: ');
    expect(run.text()).not.toMatch(BAR);
  });

  it('--follow says each step, broken between words', async () => {
    const run = onTerminal(['analyze', DEMO, '--follow']);
    await run.until(/LAST-ACK|TIME-WAIT/);
    run.type(CTRL_C);
    expect(await run.ended).toBe(130);
    const lines = onScreen(run.text());
    expect(lines[0]).toMatch(/^16:51:19\.421 {2}#0 {2}opening .* {2}SYN$/);
    const end = lines.findIndex((line) => line.includes('closed '));
    expect(lines[end]).toMatch(/^[\d:.]{12} {2}#0 {2}closed .*4 steps, client first;/);
    expect(lines[end + 1]).toMatch(/^ {14}[\w-]+ /);
  });

  it('is not there with --follow', async () => {
    const path = fresh('pcap');
    writeFileSync(path, new Repeated(DEMO).capture(1));
    const output = fresh('out');
    const run = onTerminal(['analyze', path, '--follow', '--format', 'ndjson', '--packets'], `> ${output}`);
    // it has begun: a bar would come a second later
    while (!existsSync(output) || statSync(output).size === 0) await wait(50);
    await wait(1500);
    expect(run.text()).not.toMatch(BAR);
    run.type(CTRL_C);
    expect(await run.ended).toBe(130);
  });
});
