/** Rules for an RST while a connection opens, or right after: reset.ts has their order, docs/reset-causes.md all of them. */

import type { Reset } from '../track/memory/extras.js';
import { opened, refusedByRst, synAckSeen } from '../track/results/named-facts.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { SYN_RECEIVED, SYN_SENT } from '../track/rfc9293/transition.js';
import type { ResetCause } from './catalogue.js';
import { ALIVE_NS, isAnswer, type ResetFinding } from './reset-rule.js';

/** When a SYN-ACK comes later than this, the connect may have been given up. */
const LATE_NS = 1e9;

/** The connection had not opened. */
export function whileOpening(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  const { clientSide } = connection;
  const sender = connection.ends[reset.side];
  const receiver = connection.ends[reset.side === 0 ? 1 : 0];
  const senderState = reset.before[reset.side];
  const receiverState = reset.before[reset.side === 0 ? 1 : 0];
  // a SYN sent again after it was refused may have been answered in the end
  if (refusedByRst(connection) && !synAckSeen(connection)) {
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
  if (connection.extras?.found('old-duplicate-syn') === true) {
    return { cause: 'rejected-syn-ack', confidence: 'high', evidence: [receiver.synPacket] };
  }
  if (opened(connection)) return null;
  if (!synAckSeen(connection)) return reset.side === clientSide ? unasked(connection, reset) : null;
  if (reset.side !== clientSide) return byServerWhileOpening(connection, reset);
  if (sender.bytes > 0) return null;
  const second = connection.extras?.findings().find(({ code }) => code === 'two-syn-acks');
  if (second !== undefined && !reset.hasAck) {
    return { cause: 'rejected-syn-ack', confidence: 'medium', evidence: [receiver.synPacket, second.packet] };
  }
  const evidence = [sender.synPacket, receiver.synPacket];
  // a socket sends a window and its options; a system that knows nothing of the SYN sends neither (RFC 9293 3.5.2)
  if (reset.hasAck) {
    const socket = reset.window !== 0 || reset.timestamps;
    return {
      cause: 'aborted',
      confidence: socket ? 'high' : 'low',
      alternatives: socket ? [] : ['scan'],
      evidence,
    };
  }
  // an end that goes on sending its SYN knows of it: something on the way answers in its name
  if (sender.synCount > 1 && (connection.extras?.resets ?? 0) > 1) {
    return { cause: 'firewall', confidence: 'medium', alternatives: ['no-such-connection'], evidence };
  }
  const late = sender.synCount > 1 || receiver.synAt - sender.synAt > LATE_NS;
  return late
    ? { cause: 'connect-cancelled', confidence: 'medium', alternatives: ['scan'], evidence }
    : { cause: 'scan', confidence: 'medium', alternatives: ['connect-cancelled'], evidence };
}

/** A client that resets though nothing of a server was seen: it gave up, or the answer was not captured. */
function unasked(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  const { synPacket, synCount } = connection.ends[reset.side];
  if (reset.hasAck || reset.other.packet > 0 || synCount === 0) return null;
  if (synCount > 1) return null;
  return { cause: 'connect-cancelled', confidence: 'medium', alternatives: ['scan'], evidence: [synPacket] };
}

/** From the end that had sent the SYN-ACK, before that was acknowledged, or in answer to the third segment. */
function byServerWhileOpening(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
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
export function beforeAccept(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
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
