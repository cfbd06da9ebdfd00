import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { TimestampUnit } from '../../src/capture/timestamp.js';

/** The same with BigInt: seconds and nanoseconds of a count, cut off to whole nanoseconds. */
function exactly(count: bigint, resolution: number): [seconds: bigint, nanoseconds: bigint] {
  const exponent = BigInt(resolution & 0x7f);
  const perSecond = (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
  return [count / perSecond, ((count % perSecond) * 1_000_000_000n) / perSecond];
}

const frame = new Frame();
function set(count: bigint, resolution: number, offset = 0): [number, number] {
  new TimestampUnit(resolution, offset).set(frame, Number(count >> 32n), Number(count & 0xffff_ffffn));
  return [frame.seconds, frame.nanoseconds];
}

describe('pcapng time stamps', () => {
  test.each([
    ['seconds', 0, 1_700_000_001n, 0],
    ['milliseconds', 3, 1_700_000_001_987n, 987_000_000],
    ['microseconds', 6, 1_700_000_001_987_654n, 987_654_000],
    ['nanoseconds', 9, 1_700_000_001_987_654_321n, 987_654_321],
    ['2^-10 seconds', 0x8a, 1_700_000_001n * 1024n + 512n, 500_000_000],
    ['2^-20 seconds', 0x94, 1_700_000_001n * 2n ** 20n + 1n, 953],
    ['2^-32 seconds', 0xa0, 1_700_000_001n * 2n ** 32n + 2n ** 31n, 500_000_000],
  ])('%s', (_, resolution, count, nanoseconds) => {
    expect(set(count, resolution)).toEqual([1_700_000_001, nanoseconds]);
  });

  test('picoseconds reach to 1970 and some days, and are cut off to nanoseconds', () => {
    expect(set(18_000_000_987_654_321_999n, 12)).toEqual([18_000_000, 987_654_321]);
  });

  test('if_tsoffset is added, and may be negative', () => {
    expect(set(5_000_001n, 6, 1_700_000_000)).toEqual([1_700_000_005, 1000]);
    expect(set(5_000_001n, 6, -3600)).toEqual([-3595, 1000]);
  });

  test('any count in any resolution is exact', () => {
    const count = fc.oneof(
      fc.bigInt(0n, 2n ** 64n - 1n),
      fc.bigInt(0n, 2n ** 54n),
      fc.constantFrom(0n, 999_999_999n, 1_000_000_000n, 2n ** 32n, 2n ** 53n, 2n ** 64n - 1n),
    );
    fc.assert(
      fc.property(count, fc.integer({ min: 0, max: 255 }), (value, resolution) => {
        const [seconds, nanoseconds] = exactly(value, resolution);
        // beyond that no reader uses the time
        fc.pre(seconds <= 8_640_000_000_000n);
        expect(set(value, resolution)).toEqual([Number(seconds), Number(nanoseconds)]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('the last nanosecond of a second, and the first of the next', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 18_000_000_000n), fc.constantFrom(3, 6, 9), (seconds, exponent) => {
        const unit = 10n ** BigInt(exponent);
        fc.pre(seconds * unit < 2n ** 64n);
        const last = 1_000_000_000 - 10 ** (9 - exponent);
        expect(set(seconds * unit - 1n, exponent)).toEqual([Number(seconds - 1n), last]);
        expect(set(seconds * unit, exponent)).toEqual([Number(seconds), 0]);
      }),
      { numRuns: 5000 },
    );
  });
});
