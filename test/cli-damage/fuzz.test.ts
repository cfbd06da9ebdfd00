/**
 * The whole command line over thousands of damaged captures, of every container and link layer: it never throws,
 * never hangs, ends with one of its exit codes, and writes no control character.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const seeds = ['variants', 'synthetic', 'kernel']
  .flatMap((sub) => readdirSync(join(FIXTURES, sub)).map((name) => join(FIXTURES, sub, name)))
  .filter((path) => /\.(pcap|pcapng|gz|zst|lz4)$/.test(path))
  .map((path) => ({ path, content: readFileSync(path) }))
  .filter(({ content }) => content.length < 8_000);

/** Runs; another number (SYNFIN_FUZZ_RUNS, SYNFIN_FUZZ_SEED) for a longer search. */
const RUNS = Number(process.env.SYNFIN_FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.SYNFIN_FUZZ_SEED ?? 20261122);
const FORMATS = [
  ['table'],
  ['table', '--absolute-seq', '--ascii', '--width', '60'],
  ['ladder'],
  ['json'],
  ['ndjson', '--packets'],
  ['table', '--verbose', '--color', 'always'],
] as const;

/** A small generator of numbers that can be begun anywhere (mulberry32). */
function generator(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

const SPECIAL = [0, 1, 4, 6, 0x7f, 0x80, 0xff, 0x1b, 0x0a];

function damaged(content: Buffer, next: (limit: number) => number): Buffer {
  let copy: Buffer = Buffer.from(content);
  for (let changes = 1 + next(4); changes > 0; changes--) {
    const at = next(copy.length + 1);
    const length = 1 + next(64);
    switch (next(9)) {
      case 0:
        copy = copy.subarray(0, at);
        break;
      case 1:
        copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
        break;
      case 2:
        copy = Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
        break;
      case 3:
        copy = Buffer.concat([
          copy.subarray(0, at),
          Buffer.alloc(length, SPECIAL[next(SPECIAL.length)] ?? 0),
          copy.subarray(at),
        ]);
        break;
      case 4:
        copy.fill(SPECIAL[next(SPECIAL.length)] ?? 0, at, Math.min(at + length, copy.length));
        break;
      case 5: {
        const other = seeds[next(seeds.length)]?.content ?? copy;
        copy = Buffer.concat([copy.subarray(0, at), other.subarray(next(other.length))]);
        break;
      }
      default:
        if (at < copy.length) copy[at] = next(2) === 0 ? next(256) : (SPECIAL[next(SPECIAL.length)] ?? 0);
    }
  }
  return copy;
}

/** Anything but newlines; colours where they were asked for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const COLORS = /\u001b\[\d+m/g;

describe('damaged captures of every kind', { timeout: 240_000 + RUNS * 100 }, () => {
  it('has seeds of every kind', () => {
    expect(seeds.length).toBeGreaterThan(150);
  });

  it(`${RUNS} of them`, async () => {
    const codes = new Map<number, number>();
    for (let run = 0; run < RUNS; run++) {
      const next = generator(SEED + run);
      const seed = seeds[next(seeds.length)];
      const format = FORMATS[next(FORMATS.length)] ?? FORMATS[0];
      if (seed === undefined) continue;
      const path = join(folder, 'fuzz.pcap');
      writeFileSync(path, damaged(seed.content, next));
      const name = `run ${run} of seed ${SEED}: ${seed.path} ${format.join(' ')}`;
      const started = performance.now();
      const { code, stdout, stderr } = await runCli(['analyze', path, '--format', ...format]).catch(
        (error: unknown) => {
          throw new Error(name, { cause: error });
        },
      );
      const took = performance.now() - started;
      if (![0, 2, 3].includes(code)) expect.fail(`${name}: exit code ${code}`);
      // a busy machine takes its time; a hang takes more
      if (took > 10_000) expect.fail(`${name}: ${took} ms`);
      if (CONTROL.test(stdout.replaceAll(COLORS, '')) || CONTROL.test(stderr))
        expect.fail(`${name}: control characters`);
      if ((code === 2) !== (stdout === ''))
        expect.fail(`${name}: exit code ${code}, ${stdout.length} characters of output`);
      if (code !== 0 && stderr === '') expect.fail(`${name}: exit code ${code} without a word`);
      if (/\bundefined\b|\bNaN\b|\[object|Infinity/.test(stdout + stderr))
        expect.fail(`${name}: ${stdout}${stderr}`);
      if (code !== 2 && format[0] === 'json') JSON.parse(stdout);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    // the damage does reach the readers, and does not only make files unreadable
    for (const code of [0, 2, 3])
      expect(codes.get(code) ?? 0, `exit code ${code}`).toBeGreaterThan(RUNS / 50);
  });
});
