/**
 * The fuzzer (fuzz/): a few hundred runs of each target with a fixed seed, and every input that once broke a
 * property. `node scripts/fuzz.mjs` runs it for longer.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCorpus } from '../fuzz/corpus.js';
import { fuzz, inputOf, replay, savedText } from '../fuzz/fuzz.js';
import { TARGETS } from '../fuzz/target.js';

const FOUND = resolve(import.meta.dirname, '../fixtures/fuzz');
const RUNS = { readers: 400, pipeline: 300, parts: 60, options: 200, renderers: 60 };
const SEED = 20261129;

const folder = mkdtempSync(join(tmpdir(), 'synfin-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const corpus = readCorpus();

describe('of all captures, changed', { timeout: 120_000 }, () => {
  it('has captures of all kinds', () => {
    expect(corpus.all.length).toBeGreaterThan(500);
    expect(corpus.packed.length).toBeGreaterThan(2);
    expect(corpus.pcapng.length).toBeGreaterThan(5);
  });

  it.each(TARGETS)('%s', async (target) => {
    const tally = { runs: 0, executions: 0 };
    const more = (runs: number): boolean => runs < RUNS[target];
    const failure = await fuzz(target, corpus, { seed: SEED, more, folder }, tally);
    // with the input, for --replay
    if (failure !== null) throw new Error(savedText(failure), { cause: failure.error });
    expect(tally.runs).toBe(RUNS[target]);
    expect(tally.executions).toBeGreaterThanOrEqual(tally.runs);
  });

  it.each(TARGETS)('%s: a run follows from its number', (target) => {
    expect(inputOf(target, corpus, SEED, 7)).toEqual(inputOf(target, corpus, SEED, 7));
    expect(inputOf(target, corpus, SEED, 7)).not.toEqual(inputOf(target, corpus, SEED, 8));
  });
});

it.each(readdirSync(FOUND))('found before: %s', async (name) => {
  await replay(readFileSync(join(FOUND, name), 'utf8'), folder);
});
