/** Random segments for property tests: numbers close together, so that they mean something to each other. */
import fc from 'fast-check';
import { tcpPacket } from '../scenario/packet.js';
import type { Captured } from '../scenario/pipeline.js';

export interface RandomSegment {
  /** Nanoseconds since the segment before; may be negative. */
  later: number;
  fromLeft: boolean;
  port: number;
  flags: number;
  sequence: number;
  acknowledgement: number;
  window: number;
  length: number;
  options: readonly number[];
}

const USUAL_FLAGS = [0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14, 0x01, 0x00] as const;
/** Numbers begin a little before 2^32, so that they wrap. */
const LEFT_ISN = -6;
const RIGHT_ISN = 1000;

function number(isn: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }).map((offset) => (isn + offset) | 0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 70_000 }).map((offset) => (isn + offset) | 0) },
    { weight: 1, arbitrary: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }) },
  );
}

/** No sum of a few of them is a round number of milliseconds: no limit is met exactly. */
const FORWARD = [137e3, 1_137e3, 30_137e3, 230_137e3, 1_100_137e3, 3_700_137e3, 70_000_137e3] as const;

const OPTIONS = [[], [3, 3, 7], [2, 4, 5, 180, 4, 2], [34, 10, 1, 2, 3, 4, 5, 6, 7, 8], [30, 4, 1, 129]];

export function segments(options: { backwards: boolean; most?: number }): fc.Arbitrary<RandomSegment[]> {
  const forward = fc.constantFrom(...FORWARD);
  const later = options.backwards ? fc.oneof(forward, fc.integer({ min: -5e9, max: 5e9 })) : forward;
  const segment = fc.boolean().chain((fromLeft) =>
    fc.record({
      later,
      fromLeft: fc.constant(fromLeft),
      port: fc.constantFrom(40_000, 40_000, 40_001),
      flags: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...USUAL_FLAGS) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x1ff }) },
      ),
      sequence: number(fromLeft ? LEFT_ISN : RIGHT_ISN),
      acknowledgement: number(fromLeft ? RIGHT_ISN : LEFT_ISN),
      window: fc.constantFrom(0, 1, 5, 502, 502, 65_535),
      length: fc.constantFrom(0, 0, 0, 1, 2, 5, 1500),
      options: fc.constantFrom(...OPTIONS),
    }),
  );
  return fc.array(segment, { minLength: 1, maxLength: options.most ?? 30 });
}

export interface Placing {
  /** Time of the first packet. */
  seconds?: number;
  nanoseconds?: number;
  /** The ends change places. */
  mirrored?: boolean;
  /** How many nanoseconds after each packet but the last its copy follows; none where it is not given. */
  copiesAfter?: number;
}

/** Both ports are of one class, so that only the first sender decides the roles. */
const RIGHT_PORT = 50_000;

export function captured(list: readonly RandomSegment[], placing: Placing = {}): Captured[] {
  const { seconds = 1_700_000_000, nanoseconds = 0, mirrored = false, copiesAfter = 0 } = placing;
  let at = nanoseconds;
  return list.flatMap((segment, index) => {
    at += segment.later;
    const { fromLeft, port, ...fields } = segment;
    const ends = {
      fromLeft: fromLeft !== mirrored,
      leftPort: mirrored ? RIGHT_PORT : port,
      rightPort: mirrored ? port : RIGHT_PORT,
    };
    const bytes = tcpPacket({ ...fields, ...ends, version: 4, ttl: 64, ipId: index + 1, words: null });
    const frame = (time: number): Captured => ({
      seconds: seconds + Math.floor(time / 1e9),
      nanoseconds: ((time % 1e9) + 1e9) % 1e9,
      bytes,
    });
    const copied = copiesAfter > 0 && index < list.length - 1;
    return copied ? [frame(at), frame(at + copiesAfter)] : [frame(at)];
  });
}
