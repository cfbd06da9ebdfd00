/**
 * `--partial` and `merge` against one run, many times over: captures cut at random packets into two to five parts, some
 * with so few connections at a time that connections are evicted. SYNFIN_SPLITS=n makes so many (48 without it),
 * SYNFIN_SEED others, SYNFIN_CORPUS also of other captures. Differences must be those that docs/scale.md tells of.
 */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { captures, newFolder, partsOf, told } from './captures.js';
import { cutCapture } from './cut.js';

const WANTED = Number(process.env.SYNFIN_SPLITS ?? 48);
/** Differences that are listed; a fault shows in many. */
const LISTED = 20;
const FINENESS = 2 ** 20;
const MOST = 12;

const split = fc.record({
  capture: fc.nat({ max: captures.length - 1 }),
  /** As fractions of the capture, of FINENESS. */
  cuts: fc.uniqueArray(fc.nat({ max: FINENESS - 1 }), { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
  /** At a time, of the part and of the merge; beyond MOST, as many as come. */
  connections: fc.integer({ min: 1, max: 3 * MOST }),
});
type Split = typeof split extends fc.Arbitrary<infer T> ? T : never;

/** One run over each capture, as JSON. */
const wholes = new Map<string, string>();

async function wholeOf(path: string, options: readonly string[]): Promise<string> {
  const key = [path, ...options].join(' ');
  const known = wholes.get(key);
  if (known !== undefined) return known;
  const whole = JSON.stringify(await told('analyze', path, ...options));
  // the long ones only: what is short is told again as fast
  if (options.length === 0) wholes.set(key, whole);
  return whole;
}

/** @returns what differs, null where nothing does. */
async function differenceOf({ capture, cuts, order, connections }: Split): Promise<string | null> {
  const { path, name, content, at } = captures[capture] ?? expect.fail('no captures');
  const last = at.length - 2;
  const edges = [...new Set(cuts.map((cut) => 1 + Math.floor((cut / FINENESS) * last)))].sort(
    (a, b) => a - b,
  );
  const limit = connections > MOST ? [] : ['--max-connections', String(connections)];
  const pieces = cutCapture(content, at, edges, newFolder());
  const parts = await partsOf(pieces, true, limit);
  const shuffled = parts.map((part, index) => ({ part, key: order[index] ?? 0 }));
  shuffled.sort((a, b) => a.key - b.key);
  const whole = await wholeOf(path, limit);
  const merged = await told('merge', ...shuffled.map(({ part }) => part), ...limit);
  rmSync(dirname(pieces[0] ?? ''), { recursive: true });
  if (JSON.stringify(merged) === whole) return null;
  return `${name} cut at ${edges} ${limit.join(' ')}: ${firstDifference(JSON.parse(whole), merged)}`;
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

it(`${WANTED} random splits say what one run says`, { timeout: 60_000 + WANTED * 2000 }, async () => {
  const differences: string[] = [];
  let done = 0;
  for (const each of fc.sample(split, WANTED)) {
    const difference = await differenceOf(each);
    done++;
    if (difference !== null && differences.length < LISTED) differences.push(difference);
  }
  expect(differences).toEqual([]);
  expect(done).toBe(WANTED);
});
