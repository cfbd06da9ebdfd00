/**
 * What a segment says, why now, and what its numbers mean, as values: each language makes its sentences of them
 * (`en/story-sentences.ts`, `en/dialogue.ts`). Nothing is in them that the packets do not show.
 */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import {
  CAPTURE_DUPLICATE,
  CHALLENGE_ACK,
  type Code,
  codeNames,
  DSACK,
  DUPLICATE_ACK,
  FAST_RETRANSMISSION,
  FIN_RETRY,
  KEEP_ALIVE,
  KEEP_ALIVE_ACK,
  RETRANSMISSION,
  SPURIOUS_RETRANSMISSION,
  SYN_ACK_RETRY,
  SYN_RETRY,
  WINDOW_FULL,
  WINDOW_UPDATE,
  ZERO_WINDOW,
  ZERO_WINDOW_PROBE,
  ZERO_WINDOW_PROBE_ACK,
} from '../../track/memory/codes.js';
import type { Fill, IgnoredBecause, LadderSegment } from '../../track/memory/extras.js';
import type { ResetCause } from '../../verdict/catalogue.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { acknowledged, type Covered, endOf } from './acknowledged.js';
import type { End, Moment } from './moment.js';

/** Bytes by their numbers, both included. */
export interface Bytes {
  first: number;
  last: number;
  count: number;
}

/** Why bytes, or a SYN or FIN, come again or late. */
export interface Again {
  /** Seconds since this end sent anything before; null where that is not known. */
  after: number | null;
  why: 'timer' | 'fast' | 'spurious' | 'overtaken' | 'sent-again' | 'unknown' | 'again';
  /** Of its bytes, those that were captured before; 0 where none was. */
  repeated: number;
}

/** The main thing that a segment does. */
export type What =
  /** `raw`: the number in the header. `crossed`: the other end's SYN had passed the capture point already. */
  | {
      is: 'syn';
      number: number;
      raw: number;
      again: Again | null;
      answered: boolean;
      crossed: boolean;
      bytes: Bytes | null;
    }
  | { is: 'syn-ack'; number: number; ack: number; again: Again | null; bytes: Bytes | null; crossed: boolean }
  /** `first`: of its sender; `afterFin`: the other end's FIN came before, and whether that end still took data. */
  | {
      is: 'data';
      bytes: Bytes;
      first: boolean;
      afterFin: 'half-closed' | 'closed' | null;
      again: Again | null;
      gap: number;
      full: boolean;
    }
  /** `fills`: bytes that had been missing. */
  | { is: 'ack' }
  | {
      is: 'fin';
      number: number;
      bytes: Bytes | null;
      last: number | null;
      second: boolean;
      again: Again | null;
    }
  | {
      is: 'rst';
      number: number;
      expected: boolean;
      cause: ResetCause | null;
      alternatives: readonly ResetCause[];
      after: number | null;
      /** What it is: the refusal of a SYN, an answer of the system, an end's own doing, or forged; null where that is open. */
      manner: 'refuses' | 'answers' | 'aborts' | 'forged' | null;
    }
  /** One that its receiver does not take. */
  | {
      is: 'ignored';
      because: IgnoredBecause;
      proof: readonly number[];
      flags: 'RST' | 'SYN' | 'SYN ACK' | 'segment';
      number: number;
    }
  | { is: 'copy' }
  | { is: 'keep-alive'; number: number; after: number | null }
  | { is: 'keep-alive-answer'; ack: number }
  | { is: 'window-probe'; number: number; after: number | null; bytes: Bytes | null }
  | { is: 'window-answer'; ack: number }
  /** `to`: the last number that the new window allows; null where its scale is not known. */
  | { is: 'window-update'; ack: number; to: number | null; opens: boolean }
  /** `answers`: what came behind a gap, or what had come already; null where that does not show. */
  | {
      is: 'duplicate-ack';
      ack: number;
      which: number | null;
      dsack: boolean;
      answers: 'later' | 'again' | null;
    }
  | { is: 'challenge-ack'; number: number; ack: number | null }
  | { is: 'no-ack'; flags: boolean };

/** What an ACK field newly acknowledges; `late`: seconds since what it acknowledges, where that is long for this path. */
export interface AckNews extends Covered {
  ack: number;
  late: number | null;
  /** Where it was acknowledged before: nothing new. */
  isNew: boolean;
}

/** Why an end enters a state. */
export interface StateChange {
  end: End;
  from: string;
  to: string;
  /** It changes when the segment arrives, so not where it is lost. */
  onArrival: boolean;
}

export interface SegmentStory {
  packet: number;
  sender: End;
  receiver: End;
  what: What;
  ack: AckNews | null;
  /** Of the sender: it closed the window of the other, and says so. */
  closesWindow: boolean;
  changes: readonly StateChange[];
  /** States of both after it. */
  states: Readonly<Record<End, string>>;
  codes: readonly Code[];
}

export function segmentStory(segment: LadderSegment, moment: Moment, report: ConnectionReport): SegmentStory {
  const isClient = segment.side === report.clientSide;
  const [sender, receiver]: [End, End] = isClient ? ['client', 'server'] : ['server', 'client'];
  const context = { segment, moment, report, sender, receiver };
  return {
    packet: segment.packet,
    sender,
    receiver,
    what: whatOf(context),
    ack: newsOf(context),
    closesWindow: has(segment, ZERO_WINDOW) && (segment.flags & (SYN | RST)) === 0,
    changes: changesOf(context),
    states: moment.after,
    codes: codeNames(segment.codes),
  };
}

interface Context {
  segment: LadderSegment;
  moment: Moment;
  report: ConnectionReport;
  sender: End;
  receiver: End;
}

function has({ codes }: LadderSegment, bit: number): boolean {
  return (codes & bit) !== 0;
}

function whatOf(context: Context): What {
  const { segment, moment } = context;
  const { flags, length } = segment;
  const number = moment.own(segment.sequence);
  if (has(segment, CAPTURE_DUPLICATE)) return { is: 'copy' };
  if (segment.ignored !== null)
    return {
      is: 'ignored',
      because: segment.ignored,
      proof: segment.proof,
      flags: kindOf(flags),
      number: segment.rawSequence,
    };
  if ((flags & RST) !== 0) return resetOf(context, number);
  if ((flags & SYN) !== 0) return synOf(context, number);
  if (has(segment, KEEP_ALIVE)) return { is: 'keep-alive', number, after: moment.silence };
  if (has(segment, ZERO_WINDOW_PROBE) || moment.probes)
    return { is: 'window-probe', number, after: moment.sinceOwn, bytes: bytesOf(context) };
  if ((flags & FIN) !== 0) return finOf(context);
  if (length > 0) return dataOf(context);
  if ((flags & ACK) === 0) return { is: 'no-ack', flags: flags !== 0 };
  return ackOf(context);
}

function kindOf(flags: number): 'RST' | 'SYN' | 'SYN ACK' | 'segment' {
  if ((flags & RST) !== 0) return 'RST';
  if ((flags & SYN) === 0) return 'segment';
  return (flags & ACK) === 0 ? 'SYN' : 'SYN ACK';
}

function bytesOf({ segment: { sequence, length, flags }, moment }: Context): Bytes | null {
  if (length === 0) return null;
  const first = sequence + ((flags & SYN) === 0 ? 0 : 1);
  return { first: moment.own(first), last: moment.own(first + length - 1), count: length };
}

function resetOf({ segment, moment, report }: Context, number: number): What {
  const { reset } = report.closing;
  const isIt = reset !== null && reset.packet === segment.packet;
  const opened = report.opening.complete;
  return {
    is: 'rst',
    number,
    expected: opened && moment.expected === segment.sequence,
    cause: isIt ? reset.cause : null,
    alternatives: isIt ? reset.alternatives : [],
    after: moment.silence,
    manner: !isIt ? null : !opened && report.opening.kind === 'refused' ? 'refuses' : MANNERS[reset.cause],
  };
}

/** Who makes an RST: the system that has no use for a segment, or the end that had the connection. */
const MANNERS: Readonly<Record<ResetCause, (What & { is: 'rst' })['manner']>> = {
  refused: 'answers',
  firewall: null,
  'rejected-syn-ack': 'answers',
  scan: 'answers',
  'connect-cancelled': 'answers',
  'accept-queue-overflow': 'answers',
  'listener-closed': 'aborts',
  'no-such-connection': 'answers',
  'state-lost': 'answers',
  'half-open-discovered': 'answers',
  'data-after-close': 'answers',
  'gone-after-close': 'answers',
  'unread-data': 'aborts',
  'gave-up': 'aborts',
  aborted: 'aborts',
  'not-translated': 'answers',
  injected: 'forged',
  'time-wait-assassination': 'answers',
  ignored: null,
  'cannot-tell': null,
};

function synOf(context: Context, number: number): What {
  const { segment, moment, receiver } = context;
  const isAck = (segment.flags & ACK) !== 0;
  const again = has(segment, SYN_RETRY | SYN_ACK_RETRY) ? againOf(context) : null;
  // whoever answers a SYN has sent none of its own before (RFC 9293 Figure 7)
  const crossed = isAck ? moment.sentSyn : moment.before[receiver] === 'SYN-SENT';
  const bytes = bytesOf(context);
  if (isAck && segment.acknowledgement !== null)
    return { is: 'syn-ack', number, ack: moment.other(segment.acknowledgement), again, bytes, crossed };
  return { is: 'syn', number, raw: segment.rawSequence, again, answered: moment.heardOther, crossed, bytes };
}

function finOf(context: Context): What {
  const { segment, moment } = context;
  const { sequence, length } = segment;
  return {
    is: 'fin',
    number: moment.own(sequence + length),
    bytes: bytesOf(context),
    last: length === 0 && sequence > 1 ? moment.own(sequence - 1) : null,
    second: moment.otherFin,
    again: has(segment, FIN_RETRY) ? againOf(context) : null,
  };
}

function dataOf(context: Context): What {
  const { segment, moment } = context;
  const bytes = bytesOf(context) ?? { first: 0, last: 0, count: 0 };
  return {
    is: 'data',
    bytes,
    first: moment.firstData,
    afterFin: !moment.otherFin ? null : isGone(context.report) ? 'closed' : 'half-closed',
    again: againOf(context),
    gap: segment.gap,
    full: has(segment, WINDOW_FULL),
  };
}

/** The end that sent its FIN first had closed both directions, and said so by RST. */
function isGone({ closing: { reset } }: ConnectionReport): boolean {
  return reset?.cause === 'data-after-close' || reset?.cause === 'gone-after-close';
}

/** What an ACK that acknowledges nothing new is likely an answer to: the segment before it. */
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
  if (end <= acknowledgement) return 'again';
  return last.sequence >= acknowledgement ? 'later' : null;
}

/** Why it comes again or late; null where it does not. The order is that of certainty. */
function againOf({ segment, moment }: Context): Again | null {
  const { repeated, fill, length } = segment;
  const after = moment.sinceOwn;
  if (has(segment, SPURIOUS_RETRANSMISSION)) return { after, why: 'spurious', repeated };
  if (fill !== 'none') return { after, why: whyOf(fill), repeated };
  if (has(segment, FAST_RETRANSMISSION)) return { after, why: 'fast', repeated };
  if (has(segment, RETRANSMISSION | SYN_RETRY | SYN_ACK_RETRY | FIN_RETRY) || (repeated > 0 && length > 0))
    return { after, why: after !== null && after >= SHORTEST_TIMER ? 'timer' : 'again', repeated };
  return null;
}

/** Seconds. Linux waits no less before it sends again (TCP_RTO_MIN); RFC 6298 2.4 asks for a second. */
const SHORTEST_TIMER = 0.2;

function whyOf(fill: Exclude<Fill, 'none'>): Again['why'] {
  return fill;
}

function ackOf({ segment, moment, report, sender }: Context): What {
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
    return { is: 'window-update', ack, to, opens: moment.windowClosed };
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

function newsOf(context: Context): AckNews | null {
  const { segment, moment, report } = context;
  if (segment.acknowledgement === null || segment.ignored !== null || has(segment, CAPTURE_DUPLICATE))
    return null;
  const covered = acknowledged(segment, moment.earlier);
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

/** A delayed ACK (RFC 1122 4.2.3.2: less than 0.5 s) against a path whose fastest answer takes a fraction of that. */
const DELAYED = { least: 0.02, most: 0.5, times: 4 };

function changesOf({ moment, sender }: Context): StateChange[] {
  const changes: StateChange[] = [];
  for (const end of [sender, sender === 'client' ? 'server' : 'client'] as const) {
    const [from, to] = [moment.before[end], moment.after[end]];
    if (from === to || to === 'unseen') continue;
    changes.push({ end, from, to, onArrival: end !== sender });
  }
  return changes;
}
