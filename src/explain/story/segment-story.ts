/** Reads the story of a segment from what is known when it comes. */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import {
  CAPTURE_DUPLICATE,
  codeNames,
  FIN_RETRY,
  KEEP_ALIVE,
  SYN_ACK_RETRY,
  SYN_RETRY,
  WINDOW_FULL,
  ZERO_WINDOW,
  ZERO_WINDOW_PROBE,
} from '../../track/memory/codes.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import type { ResetCause } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { ackOf, newsOf } from './ack-story.js';
import { againOf } from './again-story.js';
import { endOf } from './arithmetic.js';
import { type Context, has } from './context.js';
import type { End, Moment } from './moment.js';
import type { Bytes, SegmentStory, StateChange, What } from './story.js';

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
      unknown: moment.before[context.receiver] === '' || moment.after[context.receiver] === 'unseen',
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
    number: moment.outside ? null : number,
    raw: segment.rawSequence,
    expected: opened && moment.expected === segment.sequence,
    cause: isIt ? reset.cause : null,
    alternatives: isIt ? reset.alternatives : [],
    after: moment.silence,
    manner: !isIt ? null : !opened && report.opening.kind === 'refused' ? 'refuses' : MANNERS[reset.cause],
  };
}

/** Who makes an RST: a system without a connection for the segment, or the end that had the connection. */
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
  // an end that answers a SYN has not sent one of its own before (RFC 9293 Figure 7)
  const crossed = isAck ? moment.sentSyn : moment.before[receiver] === 'SYN-SENT';
  const bytes = bytesOf(context);
  if (isAck && segment.acknowledgement !== null) {
    const ack = moment.other(segment.acknowledgement);
    const fin = (segment.flags & FIN) === 0 ? null : moment.own(endOf(segment) - 1);
    return { is: 'syn-ack', number, ack, again, bytes, fin, crossed };
  }
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
    // a FIN that is still to be acknowledged may not have arrived
    afterFin:
      !moment.otherFin || moment.after[context.sender] === 'ESTABLISHED'
        ? null
        : isGone(context.report)
          ? 'closed'
          : 'half-closed',
    again: againOf(context),
    gap: segment.gap,
    full: has(segment, WINDOW_FULL),
  };
}

/** The end that sent its FIN first had closed both directions, and said so by RST. */
function isGone({ closing: { reset } }: ConnectionReport): boolean {
  return reset?.cause === 'data-after-close' || reset?.cause === 'gone-after-close';
}

/** The states that come later, by state: an end that is back in the earlier one had not left it. */
const EARLIER: Readonly<Record<string, readonly string[]>> = {
  'SYN-SENT': ['ESTABLISHED'],
  'SYN-RECEIVED': ['ESTABLISHED'],
  ESTABLISHED: ['CLOSE-WAIT', 'CLOSED'],
  'FIN-WAIT-1': ['CLOSED'],
  'FIN-WAIT-2': ['CLOSED'],
  'CLOSE-WAIT': ['CLOSED'],
  CLOSING: ['CLOSED', 'TIME-WAIT'],
  'LAST-ACK': ['CLOSED'],
};

function changesOf({ moment, sender }: Context): StateChange[] {
  const changes: StateChange[] = [];
  for (const end of [sender, sender === 'client' ? 'server' : 'client'] as const) {
    const [from, to] = [moment.before[end], moment.after[end]];
    if (from === to || to === 'unseen') continue;
    changes.push({ end, from, to, onArrival: end !== sender, still: EARLIER[to]?.includes(from) === true });
  }
  return changes;
}
