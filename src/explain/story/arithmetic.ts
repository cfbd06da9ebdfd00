/** How sequence and acknowledgement numbers add up (RFC 9293 3.4: SYN and FIN take one number each, like a byte of data). */
import { FIN, SYN } from '../../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';

/** The number after the last one of a segment. */
export function endOf({ sequence, length, flags }: LadderSegment): number {
  return sequence + length + ((flags & SYN) === 0 ? 0 : 1) + ((flags & FIN) === 0 ? 0 : 1);
}

/** The sequence numbers that a segment takes, as a sum shows them: ` + SYN`, ` + 5 bytes`; `bytes`: the bytes in words. */
export function takenText({ flags, length }: LadderSegment, bytes: (n: number) => string): string {
  const parts = [
    ...((flags & SYN) !== 0 ? ['SYN'] : []),
    ...(length > 0 ? [bytes(length)] : []),
    ...((flags & FIN) !== 0 ? ['FIN'] : []),
  ];
  return parts.map((part) => ` + ${part}`).join('');
}

/** Where an acknowledgement number comes from. */
export interface AckOrigin {
  /** It acknowledged the same before. */
  isSame: boolean;
  /** The segment of the other end that ends there; null where none was captured. */
  covered: LadderSegment | null;
  /** How much more that is than its sender acknowledged before, where that is more than `covered` alone; else 0. */
  more: number;
}

/** `earlier`: all entries of the ladder before it. */
export function ackOrigin(
  { side }: LadderSegment,
  acknowledgement: number,
  earlier: readonly LadderEntry[],
): AckOrigin {
  const segments = earlier.filter(isSegment);
  // a fold in between may have an acknowledgement
  const folded = earlier.findLastIndex((entry) => 'fold' in entry);
  const last = earlier
    .slice(folded + 1)
    .filter(isSegment)
    .findLast((each) => each.side === side && each.acknowledgement !== null);
  const before = last?.acknowledgement ?? null;
  const covered =
    segments.findLast(
      (each) =>
        each.side !== side &&
        each.ignored === null &&
        endOf(each) === acknowledgement &&
        endOf(each) > each.sequence,
    ) ?? null;
  const more = before === null ? 0 : acknowledgement - before;
  return { isSame: before === acknowledgement, covered, more: more > (covered?.length ?? 0) + 1 ? more : 0 };
}

function isSegment(entry: LadderEntry): entry is LadderSegment {
  return 'sequence' in entry;
}
