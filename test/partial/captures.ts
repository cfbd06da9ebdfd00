/** All available classic captures, as parts and as results, for tests of parts. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { runCli } from '../run-cli.js';
import { boundaries } from './cut.js';

export const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'synfin-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

export interface ClassicCapture {
  path: string;
  name: string;
  content: Buffer;
  /** Where each packet begins, and where the last one ends. */
  at: number[];
}

const CORPUS = process.env.SYNFIN_CORPUS;
const FOLDERS = ['fixtures/kernel', 'fixtures/synthetic', 'fixtures/variants', 'captures'];

/** Of the project, and of SYNFIN_CORPUS where that is given; of three packets or more. */
export const captures: readonly ClassicCapture[] = [
  ...FOLDERS.map((name) => join(ROOT, name)),
  ...(CORPUS === undefined ? [] : [CORPUS]),
]
  .flatMap((from) =>
    readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(md|tsv|txt|json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(),
  )
  .map((path) => ({ path, name: path.split('/').slice(-2).join('/'), content: readFileSync(path) }))
  .map((capture) => ({ ...capture, at: boundaries(capture.content) }))
  .flatMap(({ at, ...rest }) => (at === null || at.length < 3 ? [] : [{ ...rest, at }]));

let made = 0;
export function newFolder(): string {
  const path = join(folder, String(made++));
  mkdirSync(path);
  return path;
}

/** Makes a part of each piece; `numbered`: with its place. */
export async function partsOf(
  pieces: readonly string[],
  numbered: boolean,
  more: readonly string[] = [],
): Promise<string[]> {
  const parts: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const part = piece.replace('.pcap', '.part');
    const place = numbered ? ['--part', String(index + 1)] : [];
    const { code, stderr } = await runCli(['analyze', piece, '--partial', part, ...place, ...more]);
    expect({ code, stderr: stderr.replace(/^synfin: the clock goes back .*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    parts.push(part);
  }
  return parts;
}

/** The JSON of a capture, without the names of its files. */
export async function resultOf(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, stdout } = await runCli([...argv, '--format', 'json']);
  expect(code).toBe(0);
  const document = JSON.parse(stdout);
  return { ...document, capture: { ...document.capture, files: null } };
}

/** Some packets to cut at, in order. */
export function someCuts(packets: number): number[] {
  const cut = fc.integer({ min: 1, max: packets - 1 });
  const [cuts = []] = fc.sample(fc.uniqueArray(cut, { minLength: 1, maxLength: 4 }), 1);
  return cuts.sort((a, b) => a - b);
}

export const shuffled = <T>(list: readonly T[]): T[] =>
  fc.sample(fc.shuffledSubarray([...list], { minLength: list.length }), 1)[0] ?? [];
