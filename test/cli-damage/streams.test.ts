/** Captures that flow or grow: standard input, named pipes, `--follow`, Ctrl-C; in a separate process. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  createWriteStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { isIdle, measure, type Program, removeProgram, start } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-streams-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  removeProgram();
});

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const RECORDING = join(FIXTURES, 'kernel/simple.pcap');
const content = readFileSync(RECORDING);
/** Where the third packet ends. */
const THIRD = 24 + 16 + 74 + 16 + 74 + 16 + 66;

/** Waits until what a program has written matches. */
async function until(program: Program, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void> {
  for (let tries = 0; tries < 200 && !pattern.test(program[stream]()); tries++) await wait(50);
  expect(program[stream]()).toMatch(pattern);
}

/** A report without the name of its capture, whose length decides where the first paragraph breaks. */
function withoutName(text: string): string {
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end).replace(/\s+/g, ' ');
  return head.slice(head.indexOf(': ')) + text.slice(end);
}

describe('standard input', { timeout: 60_000 }, () => {
  it('as tcpdump -w - writes it: in pieces, through a pipe', async () => {
    const program = start(['analyze', '-']);
    for (let at = 0; at < content.length; at += 100) {
      program.process.stdin.write(content.subarray(at, at + 100));
      await wait(5);
    }
    program.process.stdin.end();
    expect(await program.ended).toBe(0);
    const direct = await measure(['analyze', RECORDING]);
    expect(withoutName(program.stdout())).toBe(withoutName(direct.stdout));
    expect(program.stdout()).toMatch(/^standard input: 11 packets/);
  });

  it('compressed, and as a file', async () => {
    const packed = start(['-']);
    packed.process.stdin.end(readFileSync(join(FIXTURES, 'variants/pcap.pcap.zst')));
    expect(await packed.ended).toBe(0);
    expect(packed.stdout()).toContain('16 packets');
    const file = openSync(RECORDING, 'r');
    const direct = start(['-'], { stdin: file });
    expect(await direct.ended).toBe(0);
    expect(direct.stdout()).toContain('11 packets');
    closeSync(file);
  });

  it('that is also written to a file', async () => {
    const path = join(folder, 'all.pcapng');
    const program = start(['analyze', '-', '--write', path]);
    program.process.stdin.end(content);
    expect(await program.ended).toBe(0);
    expect((await measure(['analyze', path])).stdout).toContain('11 packets');
  });

  it('that is the file to be written', async () => {
    const path = join(folder, 'own.pcap');
    writeFileSync(path, content);
    const file = openSync(path, 'r');
    const program = start(['analyze', '-', '--write', path], { stdin: file });
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toContain('is being read, so that it cannot be written');
    expect(readFileSync(path).equals(content)).toBe(true);
    closeSync(file);
  });

  it('that ends before anything came, and in the middle of a packet', async () => {
    const empty = start(['-']);
    empty.process.stdin.end();
    expect(await empty.ended).toBe(2);
    expect(empty.stderr()).toBe('synfin: standard input: is empty: not even a file header\n');
    const cut = start(['-']);
    cut.process.stdin.end(content.subarray(0, THIRD + 20));
    expect(await cut.ended).toBe(3);
    expect(cut.stdout()).toContain('3 packets');
    expect(cut.stderr()).toContain('standard input: cut short in the middle of packet 4');
  });

  it('Ctrl-C: everything until then is shown, exit code 130', async () => {
    const program = start(['-', '--format', 'ndjson', '--packets']);
    program.process.stdin.write(content.subarray(0, THIRD));
    await until(program, 'stdout', /"packet":3/);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stderr()).toMatch(/^synfin: interrupted at [\d.]+ \w+: the result is partial\n$/);
    const lines = program
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(lines).toEqual(['packet', 'packet', 'packet', 'connection', 'capture']);
  });

  it('Ctrl-C before anything came', async () => {
    const program = start(['-']);
    await isIdle(program);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stdout() + program.stderr()).toBe('');
  });
});

describe('a named pipe', { timeout: 60_000 }, () => {
  it('is read as it flows', async () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    const program = start(['analyze', path, '--format', 'ndjson', '--packets']);
    const writer = createWriteStream(path);
    writer.write(content.subarray(0, THIRD));
    await until(program, 'stdout', /"packet":3/);
    expect(program.stdout()).not.toContain('"packet":4');
    writer.end(content.subarray(THIRD));
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toContain('"kind":"four-step"');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('that nobody writes into: %s ends the waiting', async (signal) => {
    const path = join(folder, `fifo-${signal}`);
    execFileSync('mkfifo', [path]);
    const program = start(['analyze', path]);
    await isIdle(program);
    program.process.kill(signal);
    expect(await program.ended).toBe(130);
    expect(program.stderr()).toBe('');
  });

  it('together with a file, in time order', async () => {
    const path = join(folder, 'fifo2');
    execFileSync('mkfifo', [path]);
    const program = start(['analyze', RECORDING, path]);
    createWriteStream(path).end(readFileSync(join(FIXTURES, 'kernel/half-close.pcap')));
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toContain('2 files: 27 packets');
  });
});

describe('--follow', { timeout: 60_000 }, () => {
  it('streams a file that grows as ndjson, until Ctrl-C: exit code 130', async () => {
    const path = join(folder, 'growing.pcap');
    writeFileSync(path, content.subarray(0, THIRD - 5));
    const program = start(['analyze', path, '--follow', '--format', 'ndjson', '--packets']);
    await until(program, 'stdout', /"packet":2/);
    expect(program.stdout()).not.toContain('"packet":3');
    appendFileSync(path, content.subarray(THIRD - 5, THIRD + 3));
    await until(program, 'stdout', /"packet":3/);
    appendFileSync(path, content.subarray(THIRD + 3));
    await until(program, 'stdout', /"packet":11/);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stderr()).toBe('');
    expect(program.stdout()).toContain('"kind":"four-step"');
  });

  it('shows steps on standard error, and the rest at the end', async () => {
    const path = join(folder, 'growing2.pcap');
    writeFileSync(path, '');
    const program = start(['analyze', path, '--follow']);
    await wait(300);
    appendFileSync(path, content);
    await until(program, 'stderr', /closed .*:7777 {2}4 steps, client first/);
    expect(program.stdout()).toBe('');
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stdout()).toContain('11 packets');
  });

  it('ends with Ctrl-C before there is anything', async () => {
    const path = join(folder, 'never.pcap');
    writeFileSync(path, '');
    const program = start(['analyze', path, '--follow']);
    await isIdle(program);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stderr()).toBe('');
  });

  it('a file that is cut at Ctrl-C is not called damaged: more would have come', async () => {
    const path = join(folder, 'half.pcap');
    writeFileSync(path, content.subarray(0, THIRD + 20));
    const program = start(['analyze', path, '--follow', '--format', 'ndjson', '--packets']);
    await until(program, 'stdout', /"packet":3/);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(130);
    expect(program.stderr()).toBe('');
  });

  it('goes with one file, which is not read twice', async () => {
    expect((await measure(['analyze', RECORDING, RECORDING, '--follow'])).stderr).toContain(
      '--follow goes with one file',
    );
    const twice = ['--write', join(folder, 'x.pcap'), '--connection', '0'];
    expect((await measure(['analyze', RECORDING, '--follow', ...twice])).stderr).toContain(
      'reads a file twice',
    );
    const inside = await measure(['analyze', join(FIXTURES, 'kernel'), '--follow']);
    expect(inside.stderr).toContain('--follow goes with one file');
  });
});
