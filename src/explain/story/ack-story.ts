/** What an ACK says: of the segments that it acknowledges, or where it acknowledges nothing new, why it was sent. */
import { RST, SYN } from '../../decode/packet.js';
import {
  CAPTURE_DUPLICATE,
  CHALLENGE_ACK,
  DSACK,
  DUPLICATE_ACK,
  KEEP_ALIVE_ACK,
  WINDOW_UPDATE,
  ZERO_WINDOW_PROBE_ACK,
} from '../../track/memory/codes.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import { acknowledged } from './acknowledged.js';
import { endOf } from './arithmetic.js';
import { type Context, has, isAgain } from './context.js';
import type { Moment } from './moment.js';
import type { AckNews, What } from './story.js';

/** A segment without data, SYN, FIN or RST. */
export function ackOf({ segment, moment, report, sender }: Context): What {
  const ack = segment.acknowledgement === null ? 0 : moment.other(segment.acknowledgement);
  if (has(segment, CHALLENGE_ACK)) return { is: 'challenge-ack', number: moment.own(segment.sequence), ack };
  if (has(segment, KEEP_ALIVE_ACK)) return { is: 'keep-alive-answer', ack };
  if (has(segment, ZERO_WINDOW_PROBE_ACK)) return { is: 'window-answer', ack };
  if (has(segment, WINDOW_UPDATE)) {
    const shift = windowShift(report.opening.options, sender);
    const size = shift === null ? null : segment.window * 2 ** shift;
    const to =
      size === null || segment.acknowledgement === null
        ? null
        : moment.other(segment.acknowledgement + size - 1);
    return {
      is: 'window-update',
      ack,
      to,
      opens: moment.windowClosed,
      shrinks: isSmaller(segment, moment.earlier),
    };
  }
  if (has(segment, DUPLICATE_ACK | DSACK))
    return {
      is: 'duplicate-ack',
      ack,
      which: moment.duplicate,
      dsack: has(segment, DSACK),
      answers: answersOf(segment, moment.earlier),
    };
  return { is: 'ack' };
}

/** Its window is smaller than the one that its sender announced before. That of a SYN counts otherwise (RFC 7323 2.2). */
function isSmaller({ window, side }: LadderSegment, earlier: Moment['earlier']): boolean {
  const last = earlier.findLast(
    (entry) => 'sequence' in entry && entry.side === side && (entry.flags & RST) === 0,
  );
  return last !== undefined && 'window' in last && (last.flags & SYN) === 0 && window < last.window;
}

/** What its acknowledgement covers that none before it did; null where it is ignored or has none. */
export function newsOf(context: Context): AckNews | null {
  const { segment, moment, report } = context;
  if (segment.acknowledgement === null || segment.ignored !== null || has(segment, CAPTURE_DUPLICATE))
    return null;
  const isAlone = report.findingCounts['self-connect'] !== undefined;
  const covered = acknowledged(segment, moment.earlier, isAlone);
  const late = covered.sentAt === null ? null : (segment.at - covered.sentAt) / 1e9;
  const fastest = report.traffic[context.receiver].rtt?.min ?? null;
  const isLate =
    late !== null &&
    fastest !== null &&
    late >= DELAYED.least &&
    late <= DELAYED.most &&
    late > DELAYED.times * fastest;
  const fin = covered.fin === null ? null : moment.other(covered.fin);
  return { ...covered, fin, ack: moment.other(segment.acknowledgement), late: isLate ? late : null };
}

/** A delayed ACK (RFC 1122 4.2.3.2: less than 0.5 s) on a path whose fastest answer takes a fraction of that. */
const DELAYED = { least: 0.02, most: 0.5, times: 4 };

/** What an ACK that acknowledges nothing new is likely an answer to: the segment before it, where that shows it. */
function answersOf(
  { acknowledgement, side }: LadderSegment,
  earlier: Moment['earlier'],
): 'later' | 'again' | null {
  const last = earlier.findLast(
    (entry) => 'sequence' in entry && entry.side !== side && entry.ignored === null,
  );
  if (last === undefined || !('sequence' in last) || acknowledgement === null) return null;
  const end = endOf(last);
  if (end === last.sequence) return null;
  if (end <= acknowledgement) return isAgain(last) ? 'again' : null;
  return last.sequence >= acknowledgement ? 'later' : null;
}
