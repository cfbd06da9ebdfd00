/** What an acknowledgement covers that no earlier one did. */
import { FIN, SYN } from '../../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import { endOf } from './arithmetic.js';

export interface Covered {
  /** The SYN or FIN of the other end, by its packet. */
  syn: boolean;
  fin: number | null;
  /** Bytes of the other end that it newly acknowledges. */
  bytes: number;
  /** What it acknowledges was captured; else its numbers may be of bytes, a SYN or a FIN. */
  captured: boolean;
  isNew: boolean;
  /** When the newest segment that it covers was sent, in nanoseconds; null where that was not captured. */
  sentAt: number | null;
}

/** `earlier`: all entries of the ladder before it; `alone`: the socket is connected to itself, so that it acknowledges its own. */
export function acknowledged(
  segment: LadderSegment,
  earlier: readonly LadderEntry[],
  alone = false,
): Covered {
  const { acknowledgement, side } = segment;
  const nothing: Covered = { syn: false, fin: null, bytes: 0, captured: false, isNew: false, sentAt: null };
  if (acknowledgement === null) return nothing;
  let newest: LadderSegment | null = null;
  const covered: Covered = { ...nothing };
  const isFolded = earlier.some((entry) => 'fold' in entry);
  const isOther = (entry: LadderSegment): boolean => alone || entry.side !== side;
  const before = highestBefore(segment, acknowledgement, earlier, isOther);
  if (before !== null && before >= acknowledgement) return nothing;
  const from = before ?? Number.NEGATIVE_INFINITY;
  const data: [number, number][] = [];
  for (const entry of earlier) {
    if (!('sequence' in entry) || entry.ignored !== null || !isOther(entry)) continue;
    const end = endOf(entry);
    // a part of a segment, too: it may have been cut up on its way, or taken in part
    if (entry.sequence >= acknowledgement || end <= from || end === entry.sequence) continue;
    newest = entry;
    const isSyn = (entry.flags & SYN) !== 0;
    if (isSyn && entry.sequence >= from) covered.syn = true;
    if ((entry.flags & FIN) !== 0 && end === acknowledgement) covered.fin = end - 1;
    const first = entry.sequence + (isSyn ? 1 : 0);
    data.push([Math.max(first, from), Math.min(first + entry.length, acknowledgement)]);
  }
  covered.bytes = lengthOfUnion(data);
  return { ...covered, captured: newest !== null || isFolded, isNew: true, sentAt: newest?.at ?? null };
}

/** Of ranges that may overlap, and may be empty. */
function lengthOfUnion(ranges: [number, number][]): number {
  let length = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
    length += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return length;
}

/**
 * The highest number that this end acknowledged before. A number beyond all that the other end has sent does not count, where
 * a lower one follows.
 */
function highestBefore(
  { side }: LadderSegment,
  acknowledgement: number,
  earlier: readonly LadderEntry[],
  isOther: (entry: LadderSegment) => boolean,
): number | null {
  let sent = acknowledgement;
  for (const entry of earlier)
    if ('sequence' in entry && entry.ignored === null && isOther(entry)) sent = Math.max(sent, endOf(entry));
  let highest: number | null = null;
  for (const entry of earlier) {
    if (!('sequence' in entry) || entry.ignored !== null || entry.side !== side) continue;
    const number = entry.acknowledgement;
    if (number !== null && number <= sent) highest = Math.max(highest ?? 0, number);
  }
  return highest;
}
