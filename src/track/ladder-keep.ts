/** Which segments are kept for a ladder: all while they are few, then those that it shows. */
import { FIN, RST, SYN } from '../decode/packet.js';
import type { LadderEntry, LadderFold, LadderSegment } from './detail.js';

/** Beyond this many, plain data is folded; beyond the second, everything but SYN, FIN and RST; then all. */
const ALL = 300;
const REMARKABLE = 1000;
const CONTROL = 2000;

export function isFold(entry: LadderEntry): entry is LadderFold {
  return 'fold' in entry;
}

export function foldInto(ladder: LadderEntry[], segment: LadderSegment): void {
  const control = (segment.flags & (SYN | FIN | RST)) !== 0;
  const size = ladder.length;
  const keep =
    size < ALL || (size < REMARKABLE && (control || segment.codes !== 0)) || (size < CONTROL && control);
  if (keep) {
    ladder.push(segment);
    return;
  }
  const last = ladder[size - 1];
  if (last !== undefined && isFold(last)) extendFold(last, segment);
  else ladder.push(newFold(segment));
}

export function newFold(segment: LadderSegment): LadderFold {
  const fold: LadderFold = {
    fold: true,
    from: segment.packet,
    to: segment.packet,
    segments: [0, 0],
    bytes: [0, 0],
    at: segment.at,
    lastAt: segment.at,
  };
  extendFold(fold, segment);
  return fold;
}

export function extendFold(fold: LadderFold, segment: LadderSegment): void {
  fold.to = segment.packet;
  fold.lastAt = segment.at;
  fold.segments[segment.side]++;
  fold.bytes[segment.side] += segment.length;
}
