/** Rules for an RST of an open or closing connection: reset.ts has their order, docs/reset-causes.md all of them. */
import { carriedTimestamps } from '../decode/tcp-options.js';
import { KEEP_ALIVE } from '../track/memory/codes.js';
import type { Reset } from '../track/memory/extras.js';
import { givesUp } from '../track/notes/reset.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { LAST_ACK, TIME_WAIT } from '../track/rfc9293/transition.js';
import type { ResetCause } from './catalogue.js';
import { both } from './negotiation.js';
import { ALIVE_NS, isAnswer, mayAnswer, type ResetFinding } from './reset-rule.js';

/** A host that still had the connection this short a time ago has not lost it. */
const FRESH_NS = 100e6;

/** Its sender had closed; what arrived met no reader, or no socket. */
export function afterOwnFin(reset: Reset): ResetFinding | null {
  const { senderFinPacket: fin, other, own, acknowledgedAll } = reset;
  // what crossed the FIN also came after it
  const crossed = own.packet > other.packet && !acknowledgedAll;
  if (fin === 0 || (other.packet < fin && !crossed) || !isAnswer(reset)) return null;
  const receiverState = reset.before[reset.side === 0 ? 1 : 0];
  if (receiverState === TIME_WAIT || reset.before[reset.side] === LAST_ACK) return null;
  const brought = broughtData(reset) ?? (crossed ? other.packet : null);
  if (brought !== null) {
    // a socket that is there still sends an RST with its window: it had only shut down its sending half
    if (reset.hasAck && reset.window !== 0) return null;
    return {
      cause: 'data-after-close',
      confidence: reset.hasAck ? 'medium' : 'high',
      alternatives: [],
      evidence: [fin, brought],
    };
  }
  if (reset.hasAck) return null;
  return { cause: 'gone-after-close', confidence: 'high', evidence: [fin, other.packet] };
}

/**
 * The packet of the data behind its sender's FIN that it answers. A FIN or ACKs may have come behind that data before the RST
 * passed, but one that acknowledges that FIN was sent by a socket that had taken both.
 */
function broughtData(reset: Reset): number | null {
  const { previous, other, dataAfterFin: data } = reset;
  if (previous?.packet === other.packet && previous.length > 0) return other.packet;
  if (data === null || reset.acknowledgesFin || !mayAnswer(reset, data.earlier)) return null;
  return data.packet;
}

/** Its last segments were repeated without an answer for as long as a timer takes. */
export function gaveUp(reset: Reset): ResetFinding | null {
  const { previous } = reset;
  if (previous === null || !givesUp(reset)) return null;
  return { cause: 'gave-up', confidence: 'medium', alternatives: ['aborted'], evidence: [previous.packet] };
}

/** No ACK flag and the number that the other end had just acknowledged: RFC 9293 3.5.2, second form. */
export function answering(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  if (reset.hasAck) return null;
  const { extras } = connection;
  const evidence = [reset.other.packet];
  if (!reset.atAcknowledged) return unknownToItsSystem(connection, reset);
  const challenged =
    extras?.findings().some(({ values }) => values?.because === 'syn-in-connection') === true;
  if (challenged) {
    const syn = extras?.ignoredSyn?.packet ?? 0;
    return { cause: 'half-open-discovered', confidence: 'high', evidence: [syn, reset.other.packet] };
  }
  if (endingTimeWait(reset) !== null || !isAnswer(reset)) return null;
  // it had the connection a moment before: what arrived was not recognised as part of it
  const { own, other, senderOnlySyns } = reset;
  const alive = own.packet > 0 && !senderOnlySyns && own.earlier < ALIVE_NS;
  // it answers old segments by an ACK, as long as it has the connection
  const old = reset.acknowledgedAll && own.packet < other.packet;
  if (alive && (old || own.earlier < FRESH_NS)) {
    const alternatives = ['no-such-connection', 'firewall'] as const;
    return { cause: 'state-lost', confidence: 'medium', alternatives, evidence: [own.packet, other.packet] };
  }
  return {
    cause: 'no-such-connection',
    confidence: 'medium',
    alternatives: senderOnlySyns ? ['firewall'] : ['state-lost', 'firewall'],
    evidence,
  };
}

/** Where nothing of the other end was captured: its RSTs answer what its own packets provoked. */
function unknownToItsSystem(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  if (receiver.packets > 0 || reset.window !== 0) return null;
  return {
    cause: 'no-such-connection',
    confidence: 'medium',
    alternatives: ['firewall'],
    evidence: [reset.own.packet],
  };
}

/**
 * Its sender acted by itself: an application gave the connection up, or ended. close() with received data unread
 * sends the same RST (RFC 1122 4.2.2.13), and so does the end of a listening socket that had not accepted yet. Some
 * systems send it without ACK.
 */
export function aborting(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  if (!reset.atNext) return null;
  if (endingTimeWait(reset) !== null && reset.senderFinAcked) return null;
  const { previous, dataUnanswered } = reset;
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  const sender = connection.ends[reset.side];
  const silent = sender.bytes === 0;
  const theirs = previous !== null && previous.side !== reset.side;
  const seen = theirs ? previous.packet : 0;
  const others: ResetCause[] = silent && reset.side !== connection.clientSide ? ['listener-closed'] : [];
  // answers to its keep-alives may have been lost beyond the capture point
  if ((connection.extras?.countOf(KEEP_ALIVE, reset.side) ?? 0) > 1) others.push('gave-up');
  // RFC 7323 3.2: a socket puts timestamps on its RST as on all it sends; some do not
  const bare = reset.hasAck && !reset.timestamps && bothTimestamps(connection) === true;
  if (bare) others.push('injected');
  if (
    reset.hasAck &&
    dataUnanswered &&
    (silent || reset.senderFinPacket > 0 || (theirs && previous.length > 0))
  ) {
    const confidence = silent || reset.senderFinPacket > 0 ? 'medium' : 'low';
    const evidence = [reset.senderFinPacket, seen];
    return { cause: 'unread-data', confidence, alternatives: ['aborted', ...others], evidence };
  }
  const nothingReceived = reset.senderReceivedBytes === 0 && receiver.packets > 0;
  const unread: ResetCause[] = nothingReceived ? [] : ['unread-data'];
  const alternatives = [...unread, ...others];
  const usual = reset.hasAck && reset.window !== 0 && reset.timestamps === bothTimestamps(connection);
  const certain = usual && alternatives.length === 0;
  return { cause: 'aborted', confidence: certain ? 'high' : 'medium', alternatives, evidence: [seen] };
}

/** The packets do not show whether its receiver follows RFC 1337 and ignores it. */
export function endingTimeWait(reset: Reset): ResetFinding | null {
  if (reset.before[reset.side === 0 ? 1 : 0] !== TIME_WAIT) return null;
  const evidence = [reset.previous?.packet ?? 0];
  return { cause: 'time-wait-assassination', confidence: 'medium', evidence };
}

/** Null where the options of a SYN were cut. */
function bothTimestamps({ ends }: ConnectionSnapshot): boolean | null {
  return both(carriedTimestamps(ends[0].offered), carriedTimestamps(ends[1].offered));
}
