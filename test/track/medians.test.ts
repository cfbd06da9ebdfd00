/** Medians of series in little memory, compared with medians of sorted lists. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Distribution, Medians } from '../../src/track/memory/medians.js';

/** A series as the tracker keeps it. */
class Series {
  private row = 0;
  private count = 0;

  constructor(private readonly medians: Medians) {}

  add(times: Iterable<number>): this {
    for (const time of times) {
      this.row = this.medians.add(this.row, this.count, time);
      this.count++;
    }
    return this;
  }

  get seen(): Distribution {
    return this.medians.of(this.row, this.count);
  }

  end(): void {
    this.medians.release(this.row, this.count);
    this.row = this.count = 0;
  }
}

const seen = (times: readonly number[]): Distribution => new Series(new Medians()).add(times).seen;

function sorted(times: readonly number[]): Distribution {
  const list = [...times].sort((a, b) => a - b);
  const at = (index: number): number => list[index] ?? Number.NaN;
  const middle = list.length === 0 ? Number.NaN : (at((list.length - 1) >> 1) + at(list.length >> 1)) / 2;
  const [first = Number.NaN] = times;
  return { count: list.length, first, min: at(0), median: middle, max: at(list.length - 1) };
}

/** Half of a bucket, by the ratio of maximum and minimum (medians.ts). */
function bound(times: readonly number[]): number {
  const { min, max } = sorted(times);
  const powers = Math.log2(Math.max(1, max) / Math.max(1, min));
  const widenings = Math.max(0, Math.ceil(Math.log2((powers * 64) / 117)));
  return 2 ** widenings / 128;
}

/** Mostly a few values of their own magnitude, as round trips are; also any. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 50_000 }),
  fc.integer({ min: 8_000_000, max: 44_000_000 }),
  fc.constantFrom(0, 1, 2, 63, 64, 65, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 9_007_199_254_740_991),
  fc.double({ min: 0, max: 1e15, noNaN: true }),
);

describe('medians', () => {
  it('has none of nothing', () => {
    expect(seen([])).toEqual(sorted([]));
  });

  it('are exact up to 64 times', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 64 }), (times) => {
        expect(seen(times)).toEqual(sorted(times));
      }),
      { numRuns: 500 },
    );
  });

  it.each([1, 2, 4, 5, 16, 17, 63, 64])('of %i times, where rows change', (count) => {
    const times = Array.from({ length: count }, (_, index) => (index * 7919) % 1009);
    expect(seen(times)).toEqual(sorted(times));
  });

  it('beyond that are wrong by half a bucket at most', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 65, maxLength: 400 }), (times) => {
        const found = seen(times);
        const right = sorted(times);
        expect(found).toEqual({ ...right, median: found.median });
        // of two in the middle each may be wrong by as much; below 64 ns a bucket is no narrower than 1 ns
        expect(Math.abs(found.median - right.median)).toBeLessThanOrEqual(right.median * bound(times) + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('are right to 1 % where the times are within a factor of 3', () => {
    const times = Array.from({ length: 100_000 }, (_, index) => 10_000_000 + ((index * 7919) % 20_000_000));
    expect(Math.abs(seen(times).median / sorted(times).median - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['immediate and delayed ACKs in turn', (index: number) => (index % 3 === 2 ? 41_900_000 : 8_510)],
    ['delayed ones first', (index: number) => (index < 400 ? 41_900_000 : 8_510)],
    ['delayed ones last', (index: number) => (index > 600 ? 41_900_000 : 8_510)],
    ['growing', (index: number) => 1_000 * 1.01 ** index],
    ['shrinking', (index: number) => 20_000_000 / 1.01 ** index],
  ])('in any order: %s', (_, of) => {
    const times = Array.from({ length: 1001 }, (__, index) => of(index));
    expect(Math.abs(seen(times).median / sorted(times).median - 1)).toBeLessThan(0.0626);
  });

  it('separate the rows of one block', () => {
    const medians = new Medians();
    fc.assert(
      fc.property(fc.array(fc.array(time, { maxLength: 100 }), { minLength: 2, maxLength: 12 }), (lists) => {
        const all = lists.map(() => new Series(medians));
        const alone = lists.map((list) => new Series(new Medians()).add(list));
        // a time of each in turn, so that their rows grow between one another
        for (let index = 0; index < 100; index++) {
          all.forEach((series, which) => void series.add(lists[which]?.slice(index, index + 1) ?? []));
        }
        expect(all.map((series) => series.seen)).toEqual(alone.map((series) => series.seen));
        for (const series of all) series.end();
        expect(medians.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('do not depend on the series that had the row before', () => {
    const medians = new Medians();
    const long = new Series(medians).add(Array.from({ length: 1000 }, (_, index) => 1e6 + index));
    long.end();
    const short = Array.from({ length: 70 }, (_, index) => 5 + index * 3);
    expect(new Series(medians).add(short).seen).toEqual(seen(short));
    expect(medians.size).toBe(1);
  });

  it('give rows back for others, over many blocks', () => {
    const medians = new Medians();
    const all = Array.from({ length: 20_000 }, (_, index) => new Series(medians).add([index, index + 2, 0]));
    expect(medians.size).toBe(20_000);
    expect(all[19_999]?.seen).toMatchObject({ first: 19_999, median: 19_999, min: 0, max: 20_001 });
    for (const series of all) series.end();
    expect(medians.size).toBe(0);
    const again = Array.from({ length: 20_000 }, () => new Series(medians).add([1]));
    expect(medians.size).toBe(20_000);
    expect(new Set(again.map((series) => JSON.stringify(series.seen))).size).toBe(1);
  });
});
