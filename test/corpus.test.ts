/**
 * The public captures of SYNFIN_CORPUS, which are no part of the project: each is read by the whole command line
 * without a crash or a hang, and, where tshark is on PATH, with the TCP segments that tshark finds.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { runCli } from './run-cli.js';
import { hasSegment, TSHARK, tsharkFrames } from './tshark-fields.js';

const CORPUS = process.env.SYNFIN_CORPUS ?? '';
const LIMIT = 20_000;

const captures =
  CORPUS === ''
    ? []
    : readdirSync(CORPUS, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(md|tsv|txt|json)$/.test(entry.name))
        .map((entry) => relative(CORPUS, join(entry.parentPath, entry.name)))
        .sort();

/** Segments that only one of the two finds, and why: `capture`, or `capture frame`. */
const REASONS: Readonly<Record<string, string>> = {};

const total = { theirs: 0, found: 0 };

describe.skipIf(captures.length === 0)('the corpus', () => {
  it.each(captures)('%s', { timeout: 180_000 }, async (name) => {
    const path = join(CORPUS, name);
    const started = performance.now();
    const { code, stdout, stderr } = await runCli(['analyze', path, '--format', 'ndjson', '--packets']);
    expect(performance.now() - started, 'milliseconds').toBeLessThan(LIMIT);
    expect([0, 2, 3]).toContain(code);
    if (code !== 0) expect(stderr).toMatch(/^synfin: /);
    if (code === 2) expect(stdout).toBe('');
    const rows: { type: string; packet: number; warnings: unknown[]; files: { damaged: boolean }[] }[] =
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    if (code !== 2) {
      const last = rows.at(-1);
      expect(last?.type).toBe('capture');
      expect(last?.files.some(({ damaged }) => damaged)).toBe(code === 3);
    }
    const text = await runCli(['analyze', path]);
    expect(text.code).toBe(code);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
    expect(text.stdout + text.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    if (TSHARK === null) return;
    const ours = new Set(rows.filter(({ type }) => type === 'packet').map(({ packet }) => packet));
    const frames = await tsharkFrames(path);
    const theirs = new Set(frames.filter(hasSegment).map((frame) => Number(frame['frame.number'])));
    const explained = (frame: number): boolean => name in REASONS || `${name} ${frame}` in REASONS;
    const missed = [...theirs].filter((frame) => !ours.has(frame) && !explained(frame));
    const alone = [...ours].filter((frame) => !theirs.has(frame) && !explained(frame));
    total.theirs += theirs.size;
    total.found += theirs.size - missed.length;
    expect(missed.length, `missed: ${missed.slice(0, 10)}`).toBeLessThanOrEqual(theirs.size / 1000);
    expect(alone, 'frames in which tshark sees no TCP').toEqual([]);
  });

  afterAll(() => {
    if (TSHARK !== null && total.theirs > 0) expect(total.found / total.theirs).toBeGreaterThanOrEqual(0.999);
  });
});

test.skipIf(captures.length > 0)('the corpus is read where SYNFIN_CORPUS names its folder', (context) => {
  context.skip('SYNFIN_CORPUS is not set');
});
