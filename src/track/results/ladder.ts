/** Which segments are kept for a ladder: all while they are few, then those that it shows. */
import { FIN, RST, SYN } from '../../decode/packet.js';
import type { LadderEntry, LadderFold, LadderSegment } from '../memory/extras.js';

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
  const before = ladder[size - 1];
  const changes = before !== undefined && 'states' in before && !sameStates(before.states, segment.states);
  const keep =
    size < ALL ||
    (size < REMARKABLE && (control || changes || segment.codes !== 0)) ||
    (size < CONTROL && (control || changes));
  if (keep) {
    ladder.push(segment);
    return;
  }
  if (before !== undefined && isFold(before)) extendFold(before, segment);
  else ladder.push(newFold(segment));
}

function sameStates(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

export function newFold(segment: LadderSegment): LadderFold {
  const fold: LadderFold = {
    fold: true,
    from: segment.packet,
    to: segment.packet,
    states: segment.states,
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
  fold.states = segment.states;
  fold.lastAt = segment.at;
  fold.segments[segment.side]++;
  fold.bytes[segment.side] += segment.length;
}
