/**
 * Why a connection was reset, as far as packets tell. To read first: RFC 9293 3.5.2 and 3.5.3, RFC 5961 3.2;
 * docs/reset-causes.md has the rules as a table.
 *
 * Rules in order; the first that fits speaks. Each names the packets that it rests on, what else the packets do not
 * exclude, and how sure it is. An RST answers something only where a packet of the other side that it can answer came
 * within the round trip before it; else its sender acted by itself.
 */
import { carriedTimestamps } from '../decode/tcp-options.js';
import { KEEP_ALIVE } from '../track/codes.js';
import { OPENED, RST_ENDED, RST_REFUSED, SYN_ACK_SEEN } from '../track/connection.js';
import type { Reset } from '../track/detail.js';
import type { ConnectionFacts, ConnectionSnapshot } from '../track/snapshot.js';
import { CLOSED, LAST_ACK, SYN_RECEIVED, SYN_SENT, TIME_WAIT } from '../track/transition.js';
import type { ResetCause } from './catalogue.js';
import { inOrder } from './evidence.js';
import { both } from './options.js';
import { resetOfTwin } from './twin.js';

export type Confidence = 'high' | 'medium' | 'low';

export interface ResetVerdict {
  by: 'client' | 'server';
  packet: number;
  /** Whether the receiver took it (RFC 9293 3.5.3); false: nothing followed that would tell. */
  accepted: boolean;
  cause: ResetCause;
  /** What the packets do not exclude either. */
  alternatives: readonly ResetCause[];
  confidence: Confidence;
  /** Packets that it rests on. */
  evidence: number[];
}

/** What systems put into a packet: RSTs and data of one host may differ in it. */
const INITIAL_TTLS: ReadonlySet<number> = new Set([64, 128, 255]);

/** How much later other packets must follow for silence to mean something. */
const SILENCE_NS = 3e9;
/** What an answer may take beyond the round trip. */
const SLACK_NS = 2e6;
/** An answer whose round trip is not known. */
const UNKNOWN_TRIP_NS = 1e9;
/** A host that said something so shortly before still has the connection, unless it said that it ended it. */
const ALIVE_NS = 5e9;
/** Within this time a host that was there a moment before has not lost a connection. */
const FRESH_NS = 100e6;
/** No timer of an end that gives up is shorter (Linux: 200 ms). */
const TIMER_NS = 150e6;
/** A SYN-ACK that comes later than this may find that the connect was given up. */
const LATE_NS = 1e9;

/** A rule's words: what it says, and what else it does not exclude. */
interface Finding {
  cause: ResetCause;
  confidence: Confidence;
  alternatives?: readonly ResetCause[];
  evidence: readonly number[];
}

/** The verdict on the RST that ended a connection; null where none did, and the connection went on. */
export function explainReset(connection: ConnectionSnapshot, reset: Reset): ResetVerdict | null {
  const taken = takenAfterAll(connection);
  const wentOn = reset.later[0] + reset.later[1] > 0;
  if (!reset.accepted && !taken && wentOn) return null;
  const found: Finding = resetOfTwin(connection, reset) ?? causeOf(connection, reset, taken);
  return {
    by: reset.side === connection.clientSide ? 'client' : 'server',
    packet: reset.packet,
    accepted: reset.accepted || taken,
    cause: found.cause,
    alternatives: found.alternatives ?? [],
    confidence: found.confidence,
    evidence: inOrder(...found.evidence, reset.packet),
  };
}

function causeOf(connection: ConnectionSnapshot, reset: Reset, taken: boolean): Finding {
  const { previous } = reset;
  if (!reset.accepted) {
    const evidence = [previous?.packet ?? 0];
    return taken
      ? { cause: 'cannot-tell', confidence: 'low', evidence }
      : { cause: 'ignored', confidence: 'high', evidence };
  }
  if (reset.forgedProof > 0 && !reset.hasAck && reset.atAcknowledged && isAnswer(reset)) {
    // its address goes on, but its system answers as if it had no connection: what arrived was not recognised
    const alternatives = ['no-such-connection', 'injected'] as const;
    const evidence = [reset.other.packet, reset.forgedProof];
    return { cause: 'state-lost', confidence: 'medium', alternatives, evidence };
  }
  if (reset.forgedProof > 0) {
    const confidence = ttlDiffers(reset) ? 'high' : 'medium';
    return { cause: 'injected', confidence, evidence: [reset.forgedProof] };
  }
  const own = ownCause(connection, reset);
  if (!ttlDiffers(reset)) return own;
  // over another way than its sender's other segments; or those took another way
  const first = connection.ends[reset.side].synPacket || connection.firstPacket;
  const others: ResetCause[] = ['firewall', own.cause, ...(own.alternatives ?? [])];
  const alternatives = [...new Set(others)].filter((cause) => cause !== 'cannot-tell');
  return { cause: 'injected', confidence: 'low', alternatives, evidence: [first] };
}

/** The cause where the RST is its sender's own. */
function ownCause(connection: ConnectionSnapshot, reset: Reset): Finding {
  return (
    whileOpening(connection, reset) ??
    beforeAccept(connection, reset) ??
    afterOwnFin(reset) ??
    gaveUp(reset) ??
    answering(connection, reset) ??
    aborting(connection, reset) ??
    endingTimeWait(reset) ?? {
      cause: 'cannot-tell',
      confidence: 'low',
      evidence: [reset.previous?.packet ?? 0],
    }
  );
}

/** The connection had not opened. */
function whileOpening(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  const { bits, clientSide } = connection;
  const sender = connection.ends[reset.side];
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  const senderState = reset.before[reset.side];
  const receiverState = reset.before[reset.side === 0 ? 1 : 0];
  // a SYN sent again after it was refused may have been answered in the end
  if ((bits & (RST_REFUSED | SYN_ACK_SEEN)) === RST_REFUSED) {
    return {
      cause: 'refused',
      confidence: 'high',
      alternatives: ['firewall'],
      evidence: [receiver.synPacket],
    };
  }
  if (senderState === SYN_SENT && receiverState === SYN_RECEIVED) {
    return { cause: 'rejected-syn-ack', confidence: 'high', evidence: [receiver.synPacket] };
  }
  if (connection.detail?.found('old-duplicate-syn') === true) {
    return { cause: 'rejected-syn-ack', confidence: 'high', evidence: [receiver.synPacket] };
  }
  if ((bits & OPENED) !== 0) return null;
  if ((bits & SYN_ACK_SEEN) === 0) return reset.side === clientSide ? unasked(connection, reset) : null;
  if (reset.side !== clientSide) return byServerWhileOpening(connection, reset);
  if (sender.bytes > 0) return null;
  const second = connection.detail?.findings().find(({ code }) => code === 'two-syn-acks');
  if (second !== undefined && !reset.hasAck) {
    return { cause: 'rejected-syn-ack', confidence: 'medium', evidence: [receiver.synPacket, second.packet] };
  }
  const evidence = [sender.synPacket, receiver.synPacket];
  // a socket has a window and its options; who knows nothing of the SYN has neither (RFC 9293 3.5.2)
  if (reset.hasAck) {
    const socket = reset.window !== 0 || reset.timestamps;
    return {
      cause: 'aborted',
      confidence: socket ? 'high' : 'low',
      alternatives: socket ? [] : ['scan'],
      evidence,
    };
  }
  // one that goes on asking knows of its SYN: something on the way answers in its name
  if (sender.synCount > 1 && (connection.detail?.resets ?? 0) > 1) {
    return { cause: 'firewall', confidence: 'medium', alternatives: ['no-such-connection'], evidence };
  }
  const late = sender.synCount > 1 || receiver.synAt - sender.synAt > LATE_NS;
  return late
    ? { cause: 'connect-cancelled', confidence: 'medium', alternatives: ['scan'], evidence }
    : { cause: 'scan', confidence: 'medium', alternatives: ['connect-cancelled'], evidence };
}

/** A client that resets though nothing of a server was seen: it gave up, or the answer was not captured. */
function unasked(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  const { synPacket, synCount } = connection.ends[reset.side];
  if (reset.hasAck || reset.other.packet > 0 || synCount === 0) return null;
  if (synCount > 1) return null;
  return { cause: 'connect-cancelled', confidence: 'medium', alternatives: ['scan'], evidence: [synPacket] };
}

/** By the end that had sent the SYN-ACK, before it was acknowledged, or in answer to the third segment. */
function byServerWhileOpening(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  const client = connection.ends[connection.clientSide];
  const evidence = [reset.other.packet];
  const unnumbered = reset.hasAck && reset.rawSequence === 0 && reset.window === 0;
  if (unnumbered) {
    return {
      cause: 'refused',
      confidence: 'medium',
      alternatives: ['listener-closed', 'firewall'],
      evidence,
    };
  }
  if (!reset.hasAck && reset.atAcknowledged && isAnswer(reset)) {
    const alternatives = ['listener-closed', 'no-such-connection', 'firewall'] as const;
    return { cause: 'accept-queue-overflow', confidence: 'low', alternatives, evidence };
  }
  if (!reset.hasAck || !reset.atNext) return null;
  // Linux sends such an RST where it gives up repeating its SYN-ACK, and where the listening socket is closed
  const waited = connection.ends[reset.side].synCount > 1 && !client.packets;
  return {
    cause: 'listener-closed',
    confidence: 'medium',
    alternatives: waited ? ['gave-up'] : ['aborted'],
    evidence,
  };
}

/** The first data, or the third segment, meets a server that has shown nothing since its SYN-ACK. */
function beforeAccept(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  if (
    reset.side === connection.clientSide ||
    !reset.senderOnlySyns ||
    connection.ends[reset.side].synCount === 0
  ) {
    return null;
  }
  if (reset.hasAck || !reset.atAcknowledged || reset.at - connection.openedAt > ALIVE_NS) return null;
  const other = isAnswer(reset) ? 'no-such-connection' : 'aborted';
  const alternatives: ResetCause[] = ['listener-closed', other, 'firewall'];
  return { cause: 'accept-queue-overflow', confidence: 'low', alternatives, evidence: [reset.other.packet] };
}

/** Its sender had closed, and what arrived found no reader, or no socket. */
function afterOwnFin(reset: Reset): Finding | null {
  const { senderFinPacket: fin, other, own, acknowledgedAll } = reset;
  // what crossed the FIN came behind it as well
  const crossed = own.packet > other.packet && !acknowledgedAll;
  if (fin === 0 || (other.packet < fin && !crossed) || !isAnswer(reset)) return null;
  const receiverState = reset.before[reset.side === 0 ? 1 : 0];
  if (receiverState === TIME_WAIT || reset.before[reset.side] === LAST_ACK) return null;
  const evidence = [fin, other.packet];
  const brought = crossed || (reset.previous?.packet === other.packet && reset.previous.length > 0);
  if (brought) {
    const socket = reset.hasAck && reset.window !== 0;
    return {
      cause: 'data-after-close',
      confidence: reset.hasAck && !socket ? 'medium' : 'high',
      alternatives: [],
      evidence,
    };
  }
  if (reset.hasAck) return null;
  return { cause: 'gone-after-close', confidence: 'high', evidence };
}

/** Its last segments were repeated in vain for as long as a timer takes. */
function gaveUp(reset: Reset): Finding | null {
  const { previous } = reset;
  if (!reset.unanswered || previous === null || previous.side !== reset.side) return null;
  if (
    previous.earlier <= TIMER_NS &&
    !(reset.hasAck && reset.window === 0 && reset.senderRetransmissions > 0)
  ) {
    return null;
  }
  return { cause: 'gave-up', confidence: 'medium', alternatives: ['aborted'], evidence: [previous.packet] };
}

/** No ACK flag and the number that the other end had just acknowledged: RFC 9293 3.5.2, second form. */
function answering(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  if (reset.hasAck) return null;
  const { detail } = connection;
  const evidence = [reset.other.packet];
  if (!reset.atAcknowledged) return unknownToItsSystem(connection, reset);
  const challenged =
    detail?.findings().some(({ values }) => values?.because === 'syn-in-connection') === true;
  if (challenged) {
    const syn = detail?.ignoredSyn?.packet ?? 0;
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
function unknownToItsSystem(connection: ConnectionSnapshot, reset: Reset): Finding | null {
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
 * Its sender acted by itself: an application, or its end, gave the connection up. close() with received data unread
 * sends the same RST (RFC 1122 4.2.2.13), and so does the end of a listening socket that had not accepted yet. Some
 * systems send it without ACK.
 */
function aborting(connection: ConnectionSnapshot, reset: Reset): Finding | null {
  if (!reset.atNext) return null;
  if (endingTimeWait(reset) !== null && reset.senderFinAcked) return null;
  const { previous, dataUnanswered } = reset;
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  const sender = connection.ends[reset.side];
  const silent = sender.bytes === 0;
  const theirs = previous !== null && previous.side !== reset.side;
  const seen = theirs ? previous.packet : 0;
  const others: ResetCause[] = silent && reset.side !== connection.clientSide ? ['listener-closed'] : [];
  // answers to its keep-alives may have been lost behind the capture point
  if ((connection.detail?.countOf(KEEP_ALIVE, reset.side) ?? 0) > 1) others.push('gave-up');
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

/** Bytes do not tell whether its receiver follows RFC 1337 and ignores it. */
function endingTimeWait(reset: Reset): Finding | null {
  if (reset.before[reset.side === 0 ? 1 : 0] !== TIME_WAIT) return null;
  const evidence = [reset.previous?.packet ?? 0];
  return { cause: 'time-wait-assassination', confidence: 'medium', evidence };
}

/**
 * A packet of the other side that it can answer came within the round trip, and its sender has not acknowledged all
 * in a packet since: a system that knows nothing of the connection acknowledges nothing.
 */
function isAnswer(reset: Reset): boolean {
  const { other, own } = reset;
  if (other.packet === 0) return false;
  if (own.packet > other.packet && reset.acknowledgedAll) return false;
  const bound = reset.roundTrip > 0 ? 2 * reset.roundTrip + SLACK_NS : UNKNOWN_TRIP_NS;
  return other.earlier <= bound;
}

/** Null where the options of a SYN were cut. */
function bothTimestamps({ ends }: ConnectionSnapshot): boolean | null {
  return both(carriedTimestamps(ends[0].offered), carriedTimestamps(ends[1].offered));
}

/** The RST came over another way than what its sender sent and the other end took. */
function ttlDiffers(reset: Reset): boolean {
  const { ttl, usualTtl } = reset;
  // as sent: no router lies between its sender and the capture point, but some before what else has that address
  if (INITIAL_TTLS.has(ttl)) return !INITIAL_TTLS.has(usualTtl);
  return Math.abs(ttl - usualTtl) > 2;
}

/**
 * An RST whose number did not fit, after which both ends fell silent although the capture went on: it was taken,
 * whatever the number.
 */
export function takenAfterAll(connection: ConnectionFacts): boolean {
  const reset = connection.detail?.reset;
  if (!reset || reset.accepted || reset.later[0] + reset.later[1] > 0) return false;
  const [a, b] = connection.ends;
  if (a.state === CLOSED && b.state === CLOSED) return false;
  if (reset.ignoredBecause === null) return false;
  return connection.captureEndsAt - reset.at > SILENCE_NS && (connection.bits & RST_ENDED) === 0;
}
