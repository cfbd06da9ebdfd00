/** Results in files: whole or not at all, whatever ends the process in between. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const CAPTURE = join(ROOT, 'captures/demo-tcp.pcap');
const OLD = 'what was there before\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-replaced-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an existing file', () => {
  it('is replaced by the whole result, with its mode; nothing else is left', async () => {
    const path = join(folder, 'out.json');
    writeFileSync(path, OLD);
    chmodSync(path, 0o640);
    expect((await runCli(['analyze', CAPTURE, '--format', 'json', '-o', path])).code).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8')).schema).toBe('synfin/1');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('behind a symbolic link is replaced, and the link stays', async () => {
    const path = join(folder, 'real.csv');
    const link = join(folder, 'link.csv');
    writeFileSync(path, OLD);
    symlinkSync(path, link);
    expect(
      (await runCli(['analyze', CAPTURE, '--format', 'csv', '--table', 'connections', '-o', link])).code,
    ).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('three-way');
  });
});

describe('a long name', () => {
  it('is used up to the limit of the file system', async () => {
    const path = join(folder, 'ü'.repeat(127));
    expect((await runCli(['analyze', CAPTURE, '-o', path])).code).toBe(0);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each(['-o', '--partial'])('is refused in a sentence beyond the limit: %s', async (option) => {
    const { code, stderr } = await runCli(['analyze', CAPTURE, option, join(folder, 'x'.repeat(300))]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/: cannot be written: its name is too long$/m);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(!existsSync(MAIN))('a process that is killed (skipped before npm run build)', () => {
  it.each([
    ['ndjson', ['--format', 'ndjson', '--packets', '-o']],
    ['csv', ['--format', 'csv', '-o']],
    ['a part', ['--partial']],
  ] as const)('%s: leaves the file that was there', { timeout: 60_000 }, async (_, options) => {
    const path = join(folder, 'out');
    const bytes = readFileSync(CAPTURE);
    for (let turn = 0; turn < 3; turn++) {
      writeFileSync(path, OLD);
      const child = spawn(process.execPath, [MAIN, 'analyze', '-', ...options, path], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      child.stdin.on('error', () => {});
      // it reads, has opened its output, and more is to come
      child.stdin.write(bytes);
      const isOpen = (): boolean => readdirSync(folder).some((name) => name.endsWith('.tmp'));
      for (let waited = 0; !isOpen() && waited < 10_000; waited += 10) {
        await new Promise((next) => setTimeout(next, 10));
      }
      await new Promise((next) => setTimeout(next, Math.random() * 30));
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(readFileSync(path, 'utf8')).toBe(OLD);
      for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
    }
  });

  it('by a terminal that goes: nothing unfinished is left', { timeout: 60_000 }, async () => {
    const path = join(folder, 'out');
    writeFileSync(path, OLD);
    const child = spawn(process.execPath, [MAIN, 'analyze', '-', '-o', path, '--format', 'ndjson'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.write(readFileSync(CAPTURE));
    for (let waited = 0; readdirSync(folder).length < 2 && waited < 30_000; waited += 10) {
      await new Promise((next) => setTimeout(next, 10));
    }
    expect(readdirSync(folder)).toHaveLength(2);
    child.kill('SIGHUP');
    expect(await once(child, 'exit')).toEqual([null, 'SIGHUP']);
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readFileSync(path, 'utf8')).toBe(OLD);
  });
});
