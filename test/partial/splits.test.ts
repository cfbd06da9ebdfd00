/**
 * `--partial` and `merge` against one run, many times over: captures cut at random packets into two to five parts, some of
 * them with second copies of all packets or without their payload, some with so few connections at a time that connections
 * are evicted. SYNFIN_SPLITS=n sets their number (48 without it),
 * SYNFIN_SEED others, SYNFIN_CORPUS also of other captures. Differences must be those that docs/scale.md describes.
 */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { captures, newFolder, partsOf, resultOf } from './captures.js';
import { boundaries, cutCapture, doubled, isOfNanoseconds, rewritten } from './cut.js';

const WANTED = Number(process.env.SYNFIN_SPLITS ?? 48);
/** Differences that are listed; a bug shows in many. */
const LISTED = 20;
const FINENESS = 2 ** 20;
const MOST = 12;
const CHECKSUM_CODES = new Set(['checksum-offload', 'checksum-wrong', 'addresses-rewritten']);
const EXCEPTION = 'the exception';

interface Document {
  capture: { evicted: { halfOpen: number; others: number } };
}

type Variation = 'none' | 'copies' | 'copies later' | 'cut short';

const split = fc.record({
  capture: fc.nat({ max: captures.length - 1 }),
  /** As fractions of the capture, of FINENESS. */
  cuts: fc.uniqueArray(fc.nat({ max: FINENESS - 1 }), { minLength: 1, maxLength: 4 }),
  variation: fc.constantFrom<Variation>('none', 'none', 'copies', 'copies later', 'cut short'),
  order: fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
  /** At a time, of the part and of the merge; beyond MOST, as many as come. */
  connections: fc.integer({ min: 1, max: 3 * MOST }),
});
type Split = typeof split extends fc.Arbitrary<infer T> ? T : never;

/** Bytes kept of each packet where they are cut short: all headers without options. */
const SNAPPED = 54;

function varied(content: Buffer, at: readonly number[], variation: Variation): Buffer {
  // unless one of them takes long
  if (variation === 'none' || !isOfNanoseconds(content) || content.length > 1e6) return content;
  if (variation === 'copies') return doubled(content, at, 0, () => {});
  if (variation === 'copies later') return doubled(content, at, 4_000_000, () => {});
  return rewritten(content, at, (record) => {
    const kept = Math.min(SNAPPED, record.length - 16);
    record.writeUInt32LE(kept, 8);
    return record.subarray(0, 16 + kept);
  });
}

/** One run over each capture, as JSON. */
const wholes = new Map<string, string>();

async function wholeOf(path: string, name: string, options: readonly string[]): Promise<string> {
  const key = [name, ...options].join(' ');
  const known = wholes.get(key);
  if (known !== undefined) return known;
  const whole = JSON.stringify(await resultOf('analyze', path, ...options));
  // long captures only: a short one is analysed again as fast
  if (options.length === 0) wholes.set(key, whole);
  return whole;
}

/** @returns what differs, null where nothing does; EXCEPTION for a difference that docs/scale.md describes. */
async function differenceOf({ capture, variation, cuts, order, connections }: Split): Promise<string | null> {
  const { name, ...original } = captures[capture] ?? expect.fail('no captures');
  const content = varied(original.content, original.at, variation);
  const at = boundaries(content) ?? [];
  const inside = newFolder();
  const [path = ''] = cutCapture(content, at, [], newFolder());
  const last = at.length - 2;
  const edges = [...new Set(cuts.map((cut) => 1 + Math.floor((cut / FINENESS) * last)))].sort(
    (a, b) => a - b,
  );
  const limit = connections > MOST ? [] : ['--max-connections', String(connections)];
  const pieces = cutCapture(content, at, edges, inside);
  const parts = await partsOf(pieces, true, limit);
  const shuffled = parts.map((part, index) => ({ part, key: order[index] ?? 0 }));
  shuffled.sort((a, b) => a.key - b.key);
  const whole = await wholeOf(path, `${name} ${variation}`, limit);
  const merged = (await resultOf(
    'merge',
    ...shuffled.map(({ part }) => part),
    ...limit,
  )) as unknown as Document;
  for (const used of [inside, dirname(path)]) rmSync(used, { recursive: true });
  if (JSON.stringify(merged) === whole) return null;
  if (sameButForChecksums(JSON.parse(whole), merged)) return EXCEPTION;
  return `${name} (${variation}) cut at ${edges} ${limit.join(' ')}: ${firstDifference(JSON.parse(whole), merged)}`;
}

/** The exception: where connections were evicted, what the checksums of those that continued mean. */
function sameButForChecksums(whole: Document, merged: Document): boolean {
  const { halfOpen, others } = whole.capture.evicted;
  const rest = (document: Document): string =>
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'findings' && Array.isArray(value))
        return value.filter(({ code }) => !CHECKSUM_CODES.has(code));
      if (key !== 'findingCounts' || typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).filter(([code]) => !CHECKSUM_CODES.has(code)));
    });
  return halfOpen + others > 0 && rest(whole) === rest(merged);
}

function firstDifference(a: unknown, b: unknown, at = ''): string | null {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b ? null : `${at}: ${JSON.stringify(a)} in one run, ${JSON.stringify(b)} in parts`;
  }
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const found = firstDifference(left.get(key), right.get(key), `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

it(`${WANTED} random splits give the result of one run`, { timeout: 60_000 + WANTED * 2000 }, async () => {
  const differences: string[] = [];
  let done = 0;
  let exceptions = 0;
  for (const each of fc.sample(split, WANTED)) {
    const difference = await differenceOf(each);
    done++;
    if (difference === EXCEPTION) exceptions++;
    else if (difference !== null && differences.length < LISTED) differences.push(difference);
  }
  expect(differences).toEqual([]);
  expect(done).toBe(WANTED);
  // rare: a handful in thousands
  expect(exceptions).toBeLessThanOrEqual(1 + WANTED / 100);
});
