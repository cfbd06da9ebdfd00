/** Quantiles: exact while the values are few, within half a percent beyond. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSketches, Quantiles, RELATIVE_ERROR } from '../../src/group/quantiles.js';
import { stepsFor, Timeline } from '../../src/group/timeline.js';

beforeAll(loadSketches);

const POINTS = [0.5, 0.95, 0.99, 1] as const;
const nearestRank = (values: readonly number[], quantile: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(quantile * values.length) - 1)] ?? Number.NaN;

describe('quantiles', () => {
  it('of few values are values, by the nearest rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const quantiles = new Quantiles(1000);
          for (const value of values) quantiles.add(value);
          for (const point of POINTS) expect(quantiles.at(point)).toBe(nearestRank(values, point));
        },
      ),
    );
  });

  it('of many are off by half a percent at most', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), { minLength: 300, maxLength: 2000 }),
        (values) => {
          const quantiles = new Quantiles(100);
          for (const value of values) quantiles.add(value);
          expect(quantiles.at(1)).toBe(Math.max(...values));
          const sorted = [...values].sort((a, b) => a - b);
          for (const point of [0.5, 0.95, 0.99]) {
            // the sketch may round the rank the other way
            const rank = point * (values.length - 1);
            const low = sorted[Math.floor(rank)] ?? 0;
            const high = sorted[Math.ceil(rank)] ?? 0;
            const found = quantiles.at(point) ?? Number.NaN;
            expect(found).toBeGreaterThanOrEqual(low * (1 - RELATIVE_ERROR) - 1e-12);
            expect(found).toBeLessThanOrEqual(high * (1 + RELATIVE_ERROR) + 1e-12);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of none are not known', () => expect(new Quantiles().at(0.5)).toBe(null));
});

describe('a timeline', () => {
  it('counts all, whatever the span', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e18, noNaN: true }), { maxLength: 300 }), (times) => {
        const timeline = new Timeline();
        for (const time of times) timeline.add(time);
        const span = Math.max(0, ...times);
        const steps = stepsFor(1_000_000_007, 0.25, span / 1e9, 25);
        expect(steps.count).toBeLessThanOrEqual(25);
        const counts = timeline.inSteps(steps.width * 1e9, steps.count, steps.offset * 1e9 - 0.25e9);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length);
      }),
    );
  });

  it('has steps of round widths that begin at round times', () => {
    expect(stepsFor(1_760_000_000, 0.021, 48.1, 25)).toMatchObject({ width: 2, count: 25 });
    expect(stepsFor(1_760_000_001, 0.5, 48.1, 25)).toMatchObject({ width: 2, offset: 1.5 });
    expect(stepsFor(1_760_000_000, 0, 86_400 * 300, 25).width).toBe(86_400 * 13);
  });
});
