/** Ctrl-C in the middle of a large file: the results so far are shown. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './fixtures.js';
import { type Running, startProcess } from './process.js';
import { checkPart, Repeated } from './repeated.js';

const TURNS = 200_000;
/** Bytes that it reads before that; the file has more than ten times as many. */
const ENOUGH = 15_000_000;
let folder: string;
let large: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-interrupt-'));
  large = join(folder, 'large.pcap');
  writeFileSync(large, new Repeated(resolve(ROOT, 'captures/demo-tcp.pcap')).capture(TURNS));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Until it has read some of the file. */
async function underWay({ child }: Running): Promise<void> {
  const facts = `/proc/${child.pid}/io`;
  // elsewhere than on Linux, by time
  if (!existsSync(facts)) return wait(400);
  while (Number(/^rchar: (\d+)/.exec(readFileSync(facts, 'utf8'))?.[1]) < ENOUGH) await wait(1);
}

describe('Ctrl-C in a large file', { timeout: 60_000 }, () => {
  it.each(['table', 'json', 'ndjson', 'csv'])('%s: the results so far, and 130', async (format) => {
    const running = startProcess(['analyze', large, '--format', format]);
    await underWay(running);
    running.child.kill('SIGINT');
    const run = await running.done;
    expect(run).toMatchObject({ code: 130, signal: null });
    expect(run.stderr).toMatch(
      /^synfin: interrupted at \d+ % \([\d.]+ of [\d.]+ MB\): the result is partial\n$/,
    );
    if (format === 'table') expect(run.stdout).toMatch(/^Interrupted at \d+ %/);
    if (format === 'json') expect(JSON.parse(run.stdout).capture.complete).toBe(false);
    const connections = checkPart(format, run.stdout);
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThan(TURNS);
  });
});
