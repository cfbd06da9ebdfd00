/**
 * Why a connection was reset, as far as packets tell. To read first: RFC 9293 3.5.2 and 3.5.3, RFC 5961 3.2.
 *
 * Rules in order; the first that fits speaks. Each names the packets that it rests on and how sure it is. The
 * fingerprints of Linux (window, timestamps, IP identification) were measured on real kernels.
 */
import { HAS_TIMESTAMPS } from '../decode/tcp-options.js';
import { OPENED, RST_ENDED, RST_REFUSED, SYN_ACK_SEEN } from '../track/connection.js';
import type { Reset } from '../track/detail.js';
import type { ConnectionFacts, ConnectionSnapshot } from '../track/snapshot.js';
import { CLOSED, SYN_RECEIVED, SYN_SENT, TIME_WAIT } from '../track/transition.js';
import { resetOfTwin } from './twin.js';

export type ResetCause =
  | 'refused'
  | 'rejected-syn-ack'
  | 'scan'
  | 'no-such-connection'
  | 'half-open-discovered'
  | 'data-after-close'
  | 'unread-data'
  | 'gave-up'
  | 'aborted'
  | 'injected'
  | 'not-translated'
  | 'time-wait-assassination'
  | 'ignored'
  | 'cannot-tell';

export type Confidence = 'high' | 'medium' | 'low';

export interface ResetVerdict {
  by: 'client' | 'server';
  packet: number;
  /** Whether the receiver took it (RFC 9293 3.5.3); false: the connection went on. */
  accepted: boolean;
  cause: ResetCause;
  confidence: Confidence;
  /** Packets that it rests on. */
  evidence: number[];
}

/** How much later other packets must follow for silence to mean something. */
const SILENCE_NS = 3e9;

export function explainReset(connection: ConnectionSnapshot, reset: Reset): ResetVerdict {
  const verdict = (cause: ResetCause, confidence: Confidence, ...evidence: number[]): ResetVerdict => ({
    by: reset.side === connection.clientSide ? 'client' : 'server',
    packet: reset.packet,
    accepted: reset.accepted || takenAfterAll(connection),
    cause,
    confidence,
    evidence: [...new Set([...evidence, reset.packet])].filter((packet) => packet > 0).sort((a, b) => a - b),
  });
  const twin = resetOfTwin(connection, reset);
  if (twin !== null) return verdict(twin.cause, 'high', ...twin.evidence);
  const previous = reset.previous?.packet ?? 0;
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  const sender = connection.ends[reset.side];

  if (!reset.accepted)
    return takenAfterAll(connection)
      ? verdict('cannot-tell', 'low', previous)
      : verdict('ignored', 'high', previous);
  if (reset.forgedProof > 0) {
    return verdict('injected', ttlDiffers(reset) ? 'high' : 'medium', reset.forgedProof);
  }
  if (ttlDiffers(reset)) return verdict('injected', 'low', sender.synPacket || connection.firstPacket);
  // a SYN sent again after it was refused may have been answered in the end
  if ((connection.bits & (RST_REFUSED | SYN_ACK_SEEN)) === RST_REFUSED) {
    return verdict('refused', 'high', receiver.synPacket);
  }
  const senderState = reset.before[reset.side];
  const receiverState = reset.before[reset.side === 0 ? 1 : 0];
  // bytes do not tell whether its receiver follows RFC 1337 and ignores it
  if (receiverState === TIME_WAIT) return verdict('time-wait-assassination', 'medium', previous);
  if (senderState === SYN_SENT && receiverState === SYN_RECEIVED) {
    return verdict('rejected-syn-ack', 'high', receiver.synPacket);
  }
  if (connection.detail?.found('old-duplicate-syn') === true) {
    return verdict('rejected-syn-ack', 'high', receiver.synPacket);
  }
  if (isScan(connection, reset)) return verdict('scan', 'medium', sender.synPacket, receiver.synPacket);
  if (!reset.hasAck && reset.atAcknowledged) return closedSocket(connection, reset, verdict);
  if (reset.hasAck && reset.window === 0 && reset.senderRetransmissions > 0 && reset.unanswered) {
    return verdict('gave-up', 'medium', previous);
  }
  if (reset.unanswered && reset.previous?.side === reset.side && reset.previous.earlier > 150e6) {
    return verdict('gave-up', 'medium', previous);
  }
  if (reset.hasAck && reset.atNext) return aborted(connection, reset, verdict);
  if (reset.senderFinSent) return verdict('data-after-close', 'medium', reset.senderFinPacket, previous);
  return verdict('cannot-tell', 'low', previous);
}

type Verdict = (cause: ResetCause, confidence: Confidence, ...evidence: number[]) => ResetVerdict;

/** No ACK flag and the number that the other end had just acknowledged: RFC 9293 3.5.2, second form. */
function closedSocket(connection: ConnectionSnapshot, reset: Reset, verdict: Verdict): ResetVerdict {
  const previous = reset.previous?.packet ?? 0;
  const answersData =
    reset.previous !== null && reset.previous.side !== reset.side && reset.previous.length > 0;
  if (reset.senderFinSent) {
    return verdict('data-after-close', answersData ? 'high' : 'medium', reset.senderFinPacket, previous);
  }
  const { detail } = connection;
  if (detail?.findings().some(({ values }) => values?.because === 'syn-in-connection') === true) {
    return verdict('half-open-discovered', 'high', detail.ignoredSyn?.packet ?? 0, previous);
  }
  // a firewall's answer looks just the same
  return verdict('no-such-connection', 'medium', previous);
}

/**
 * RST and ACK at the sender's own next number: an application, or its end, gave the connection up. close() with
 * received data unread sends the same RST as an abort (RFC 1122 4.2.2.13), and so does the end of a listening socket
 * that had not accepted the connection yet: what was said before makes one or the other likely, no more.
 */
function aborted(connection: ConnectionSnapshot, reset: Reset, verdict: Verdict): ResetVerdict {
  const { previous, dataUnanswered } = reset;
  const silent = connection.ends[reset.side].bytes === 0;
  // the sender's own bare ACK before it proves nothing
  const theirs = previous !== null && previous.side !== reset.side;
  const seen = theirs ? previous.packet : 0;
  if (dataUnanswered && (silent || reset.senderFinSent)) {
    return verdict('unread-data', 'medium', reset.senderFinPacket, seen);
  }
  if (dataUnanswered && theirs && previous.length > 0) return verdict('unread-data', 'low', seen);
  const usual = reset.window !== 0 && reset.timestamps === bothTimestamps(connection);
  const unaccepted = silent && reset.side !== connection.clientSide;
  const nothingReceived =
    reset.senderReceivedBytes === 0 && connection.ends[reset.side === 0 ? 1 : 0].packets > 0;
  const certain = usual && !unaccepted && nothingReceived;
  return verdict('aborted', certain ? 'high' : 'medium', seen);
}

function bothTimestamps(connection: ConnectionSnapshot): boolean {
  return (connection.ends[0].offered & connection.ends[1].offered & HAS_TIMESTAMPS) !== 0;
}

/** SYN, SYN-ACK, RST and nothing else: the kernel of the first knows nothing of the SYN that it "sent". */
function isScan(connection: ConnectionSnapshot, reset: Reset): boolean {
  const client = connection.ends[connection.clientSide];
  return (
    reset.side === connection.clientSide &&
    (connection.bits & OPENED) === 0 &&
    (connection.bits & SYN_ACK_SEEN) !== 0 &&
    client.bytes === 0 &&
    // one that goes on asking knows of its SYN: something on the way answers in its name
    !(client.synCount > 1 && (connection.detail?.resets ?? 0) > 1)
  );
}

/** The RST came over another way than the rest of its sender's packets. */
function ttlDiffers(reset: Reset): boolean {
  return (
    Math.abs(reset.ttl - reset.usualTtl) > 2 && reset.ttl !== 64 && reset.ttl !== 255 && reset.ttl !== 128
  );
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
