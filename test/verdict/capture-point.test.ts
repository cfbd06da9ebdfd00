/** The thresholds of where a capture was made and who was slow: on either side of each. Times in milliseconds. */
import { describe, expect, it } from 'vitest';
import { type CapturePoint, capturePoint, type SlowSide, slowSide } from '../../src/verdict/capture-point.js';

const MS = 1e6;

describe('the capture point, by the round trips to the server and to the client', () => {
  it.each<[expected: CapturePoint | null, towardsServer: number, towardsClient: number, what: string]>([
    [null, 0, 0, 'both within one machine'],
    [null, 0.199, 0.001, 'no "near" below 200 µs, however lopsided'],
    ['near-client', 0.2, 0.001, 'from 200 µs on'],
    ['near-server', 0.001, 0.2, 'the other way round'],
    ['near-client', 10.1, 1, 'more than ten times as long'],
    ['near-server', 1, 10.1, 'the other way round'],
    ['middle', 10, 1, 'ten times is not more'],
    ['middle', 1, 10, 'the other way round'],
    ['middle', 2, 1, 'from 2 ms on'],
    [null, 1.9, 1.9, 'nothing is in the middle of a way shorter than 2 ms'],
    ['near-client', 20, 0, 'the client itself'],
    ['near-server', 0, 20, 'the server itself'],
  ])('%s: %d and %d ms (%s)', (expected, towardsServer, towardsClient, _) => {
    expect(capturePoint(towardsServer * MS, towardsClient * MS)).toBe(expected);
  });
});

describe('who was slow, by these round trips and the shortest later ones to the same end', () => {
  it.each<
    [
      expected: SlowSide | null,
      toServer: number,
      toClient: number,
      count: number,
      least: number,
      what: string,
    ]
  >([
    [null, 99, 0, 2, 1, 'below 100 ms nobody was'],
    ['server', 100, 0, 2, 1, 'from 100 ms on'],
    ['client', 0, 100, 2, 1, 'the other way round'],
    ['server', 100, 100, 2, 1, 'of equal parts the first'],
    [null, 500, 0, 1, 1, 'one later round trip is not enough'],
    ['server', 400, 0, 2, 100, 'later ones take a quarter of it'],
    ['network', 400, 0, 2, 101, 'they take more than that'],
    ['network', 0, 400, 2, 101, 'the other way round'],
    ['server', 500, 0, 9, 0, 'later ones take no time at all'],
  ] as const)(
    '%s: %d and %d ms, %d of %d ms (%s)',
    (expected, towardsServer, towardsClient, count, least) => {
      const later = { rttCount: count, rttMin: least * MS };
      const none = { rttCount: 0, rttMin: 0 };
      const [client, server] = towardsServer >= towardsClient ? [later, none] : [none, later];
      expect(slowSide(towardsServer * MS, towardsClient * MS, client, server)).toBe(expected);
    },
  );
});
