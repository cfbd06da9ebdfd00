/**
 * Results in files, and a process that is killed at any moment: each file is the old one, missing, or whole.
 * SYNFIN_KILLS=n kills n processes of each kind (6 without it).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundaries } from '../partial/cut.js';
import { ROOT } from './fixtures.js';
import { MAIN } from './process.js';

const KILLS = Number(process.env.SYNFIN_KILLS ?? 6);
const OLD = 'what was there before\n';
/** How often the capture is repeated, an hour later each time: enough that writing takes a while. */
const REPEATED = 40;
const HOUR = 3600;

let folder: string;
let capture: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-killed-'));
  capture = join(folder, 'long.pcap');
  writeFileSync(capture, repeated(readFileSync(join(ROOT, 'fixtures/kernel/many.pcap'))));
});
afterAll(() => rmSync(folder, { recursive: true }));

function repeated(content: Buffer): Buffer {
  const starts = boundaries(content)?.slice(0, -1) ?? [];
  const turns = Array.from({ length: REPEATED }, (_, turn) => {
    const copy = Buffer.from(content);
    for (const start of starts) copy.writeUInt32LE(copy.readUInt32LE(start) + turn * HOUR, start);
    return copy.subarray(24);
  });
  return Buffer.concat([content.subarray(0, 24), ...turns]);
}

/** Runs it in a separate folder, and kills it after this many milliseconds. */
async function run(inside: string, options: readonly string[], killAfter: number | null): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, 'analyze', capture, ...options], {
    cwd: inside,
    stdio: 'ignore',
  });
  const exit = once(child, 'exit');
  if (killAfter !== null) {
    await Promise.race([exit, wait(killAfter)]);
    child.kill('SIGKILL');
  }
  await exit;
  return performance.now() - started;
}

/** Files by name, without those whose names mark them as unfinished. */
function filesIn(inside: string): Map<string, string> {
  const names = readdirSync(inside).filter((name) => !name.endsWith('.tmp'));
  return new Map(names.map((name) => [name, readFileSync(join(inside, name), 'latin1')]));
}

describe.skipIf(!existsSync(MAIN))('killed at random moments (skipped before npm run build)', () => {
  it.each([
    ['json', ['--format', 'json', '-o', 'out']],
    ['ndjson', ['--format', 'ndjson', '--packets', '-o', 'out']],
    ['csv', ['--format', 'csv', '-o', 'out']],
    ['parquet', ['--format', 'parquet', '-o', 'out']],
    ['a table', ['-o', 'out']],
    ['a part', ['--partial', 'out']],
  ] as const)('%s', { timeout: 60_000 + KILLS * 5000 }, async (kind, options) => {
    const reference = join(folder, `${kind} whole`);
    mkdirSync(reference);
    const time = await run(reference, options, null);
    const whole = filesIn(reference);
    expect(whole.size).toBeGreaterThan(0);
    for (let turn = 0; turn < KILLS; turn++) {
      const inside = join(folder, `${kind} ${turn}`);
      mkdirSync(inside);
      const old = turn % 2 === 0;
      if (old) for (const name of whole.keys()) writeFileSync(join(inside, name), OLD);
      await run(inside, options, Math.random() * time * 1.2);
      for (const [name, text] of filesIn(inside)) {
        const allowed = [whole.get(name), ...(old ? [OLD] : [])];
        expect(allowed.includes(text), `${name}, ${text.length} bytes`).toBe(true);
      }
      if (old) expect([...filesIn(inside).keys()].sort()).toEqual([...whole.keys()].sort());
      rmSync(inside, { recursive: true });
    }
  });
});
