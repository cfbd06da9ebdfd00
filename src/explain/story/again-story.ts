/** Why bytes, or a SYN or FIN, come again or late, and how long after they were sent before. */
import { FIN, SYN } from '../../decode/packet.js';
import { CAPTURE_DUPLICATE, FAST_RETRANSMISSION, SPURIOUS_RETRANSMISSION } from '../../track/memory/codes.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import { endOf } from './arithmetic.js';
import { type Context, has, isAgain } from './context.js';
import type { Moment } from './moment.js';
import type { Again } from './story.js';

/** Null where it is new. The order is that of certainty. */
export function againOf({ segment, moment }: Context): Again | null {
  const { repeated, fill } = segment;
  const after = sinceCopy(segment, moment.earlier);
  if (ofSynNotTaken(segment, moment.earlier)) return { after, why: 'not-taken', repeated };
  if (has(segment, SPURIOUS_RETRANSMISSION)) return { after, why: 'spurious', repeated };
  if (fill !== 'none') return { after, why: fill, repeated };
  if (has(segment, FAST_RETRANSMISSION)) return { after, why: 'fast', repeated };
  if (isAgain(segment)) return { after, why: isByTimer(segment, moment) ? 'timer' : 'again', repeated };
  return null;
}

/** Seconds since any of its numbers was sent before, of a FIN since that was; null where no such segment is known. */
function sinceCopy(segment: LadderSegment, earlier: Moment['earlier']): number | null {
  const end = endOf(segment);
  const first = (segment.flags & FIN) === 0 ? segment.sequence : end - 1;
  const last = earlier.findLast(
    (entry) =>
      // one of those that a fold left out may be newer
      'fold' in entry ||
      ('sequence' in entry &&
        entry.side === segment.side &&
        entry.ignored === null &&
        !has(entry, CAPTURE_DUPLICATE) &&
        entry.sequence < end &&
        endOf(entry) > first),
  );
  return last === undefined || !('sequence' in last) ? null : (segment.at - last.at) / 1e9;
}

/** Seconds. Linux waits at least this long before it sends again (TCP_RTO_MIN); RFC 6298 2.4 asks for a second. */
const SHORTEST_TIMER = 0.2;

/**
 * The retransmission timer may have expired: for so long its sender sent nothing, and no ACK came that would have
 * restarted it (RFC 6298 5.3) or that shows a loss (RFC 5681 3.2). A sender that resends soon after such an ACK may do
 * it because of the ACK.
 */
function isByTimer({ at, side }: LadderSegment, { earlier, sinceOwn }: Moment): boolean {
  if (sinceOwn === null || sinceOwn < SHORTEST_TIMER) return false;
  let highest = Number.NEGATIVE_INFINITY;
  let lastNews = Number.NEGATIVE_INFINITY;
  for (const entry of earlier) {
    if (!('sequence' in entry) || entry.side === side || entry.ignored !== null) continue;
    const { acknowledgement } = entry;
    // one without data says something: with SACK that may be a loss
    if (acknowledgement === null || (acknowledgement <= highest && entry.length > 0)) continue;
    highest = Math.max(highest, acknowledgement);
    lastNews = entry.at;
  }
  return (at - lastNews) / 1e9 >= SHORTEST_TIMER;
}

/** Data of a SYN sent again, as the SYN-ACK acknowledged only the SYN (RFC 7413 4.2.2). */
function ofSynNotTaken(
  { sequence, side, repeated, flags }: LadderSegment,
  earlier: Moment['earlier'],
): boolean {
  if (repeated === 0 || sequence !== 1 || (flags & SYN) !== 0) return false;
  const last = earlier.at(-1);
  const isSynAlone =
    last !== undefined && 'sequence' in last && last.side !== side && last.acknowledgement === 1;
  return isSynAlone && (last.flags & SYN) !== 0;
}
