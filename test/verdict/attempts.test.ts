/** The records of attempts are bounded, and do not depend on their order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocatedFacts } from '../../src/track/results/snapshot.js';
import { REFUSED, USED } from '../../src/verdict/attempt-outcomes.js';
import { Attempts, MAX_ATTEMPTS } from '../../src/verdict/attempts.js';
import { scansAmong } from '../../src/verdict/scans.js';

interface Attempt {
  host: number;
  port: number;
  outcome: number;
  packet: number;
}

function facts({ host, port, packet }: Omit<Attempt, 'outcome'>): LocatedFacts {
  const end = {
    state: 0,
    bits: 0,
    packets: 1,
    bytes: 0,
    retransmissions: 0,
    synCount: 1,
    synPacket: 0,
    synAt: 0,
    offered: 0,
    finAt: 0,
  };
  return {
    bits: 0,
    clientSide: 0,
    ends: [end, end],
    ports: [40_000, port],
    words: Int32Array.of(0, 0, 0, 1, 0, 0, 0, host),
    version: 4,
    firstPacket: packet,
    startedAt: packet,
    openedAt: 0,
    lastAt: packet,
    codes: 0,
    index: 0,
    startSeconds: 0,
    responses: () => ({ count: 0, first: 0, min: 0, median: 0, max: 0 }),
    extras: null,
    captureEndsAt: 0,
  };
}

function scansOf(list: readonly Attempt[]): unknown {
  const attempts = new Attempts();
  for (const attempt of list) attempts.add(facts(attempt), 0, attempt.outcome, -1);
  return scansAmong(attempts, new Set());
}

describe('attempts', () => {
  it('give the same result in any order', () => {
    const attempt = fc.record({
      host: fc.integer({ min: 1, max: 25 }),
      port: fc.integer({ min: 1, max: 25 }),
      outcome: fc.integer({ min: REFUSED, max: USED }),
      packet: fc.integer({ min: 1, max: 1000 }),
    });
    const shuffled = fc
      .array(attempt, { minLength: 20, maxLength: 200 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(scansOf(other)).toEqual(scansOf(list));
      }),
    );
  });

  it('are bounded, and then say that there were more', () => {
    const scan = (count: number): unknown =>
      scansOf(
        Array.from({ length: count }, (_, index) => ({
          host: 1 + (index >>> 15),
          port: 1 + (index & 0x7fff),
          outcome: REFUSED,
          packet: index + 1,
        })),
      );
    expect(scan(MAX_ATTEMPTS)).toMatchObject([{ hosts: 2, ports: 0x8000, exact: true }]);
    expect(scan(MAX_ATTEMPTS + 1)).toMatchObject([{ hosts: 2, ports: 0x8000, exact: false }]);
  });

  it('of used connections are all counted, however many are pending', () => {
    const used = Array.from({ length: MAX_ATTEMPTS + 3 }, (_, index) => ({
      host: 7,
      port: 1 + (index % 8),
      outcome: USED,
      packet: index + 1,
    }));
    const refused = Array.from({ length: 10 }, (_, index) => ({
      host: 7,
      port: 100 + index,
      outcome: REFUSED,
      packet: index + 1,
    }));
    expect(scansOf([...used, ...refused])).toMatchObject([
      { ports: 18, outcomes: { used: 8, refused: 10 }, exact: true },
    ]);
  });
});
