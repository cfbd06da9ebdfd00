/**
 * Whether the receiver of a segment accepts it, as far as an observer can tell.
 * To read first: RFC 9293 3.5.3 (reset processing), 3.10.7 (SEGMENT ARRIVES); RFC 5961 3, 4 and 5.
 *
 * `judge` comes before analysis.ts, which notes the segment's numbers, and before lifecycle.ts.
 */
import { ACK, type Packet, RST, SYN } from '../decode/packet.js';
import { type EndpointCursor, FIN_RECEIVED, FIN_SENT, HAS_ACKED, HAS_NEXT, SENT_SYN } from './connection.js';
import type { IgnoredBecause } from './detail.js';
import { after, before, distance } from './sequence.js';
import { CLOSED, LISTEN, SYN_RECEIVED, SYN_SENT, synchronised, TIME_WAIT, UNSEEN } from './transition.js';

/** Why the receiver ignores the segment, or null where it accepts it. Changes nothing. */
export function judge(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): IgnoredBecause | null {
  if (packet.broken) return 'malformed';
  const flags = packet.flags;
  if ((flags & RST) !== 0) return resetUnacceptable(sender, receiver, packet);
  if ((flags & SYN) !== 0) {
    return (flags & ACK) !== 0
      ? synAckUnacceptable(sender, receiver, packet)
      : synUnacceptable(sender, receiver);
  }
  // RFC 9293 3.10.7.4, fifth: without ACK the segment is dropped
  if ((flags & ACK) === 0) return 'no-ack-flag';
  if (isAfterFin(sender, receiver, packet)) return 'after-fin';
  return ackUnacceptable(sender, receiver, packet);
}

/** RFC 9293 3.10.7.4, seventh: text that follows its sender's own FIN is ignored. */
function isAfterFin(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): boolean {
  if ((sender.bits & FIN_SENT) === 0 || (receiver.bits & FIN_RECEIVED) === 0 || packet.payloadLength === 0)
    return false;
  return after((packet.sequence + packet.payloadLength) | 0, sender.finSequence);
}

/** A SYN of the number that opened the connection, sent again into the open connection (RFC 5961 4). */
function synUnacceptable(sender: EndpointCursor, receiver: EndpointCursor): IgnoredBecause | null {
  if (receiver.state === TIME_WAIT) return 'syn-in-time-wait';
  return synchronised(sender.state) && synchronised(receiver.state) ? 'syn-in-connection' : null;
}

/** RFC 9293 3.10.7.3: ISS < SEG.ACK <= SND.NXT; in a synchronised state, any SYN but a repeated one. */
function synAckUnacceptable(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): IgnoredBecause | null {
  if (sentSyn(receiver) && !acknowledgesSyn(receiver, packet)) return 'syn-ack-unacceptable';
  return synchronised(receiver.state) && packet.sequence !== sender.base ? 'syn-in-connection' : null;
}

export function sentSyn(endpoint: EndpointCursor): boolean {
  return (endpoint.bits & (SENT_SYN | HAS_NEXT)) === (SENT_SYN | HAS_NEXT);
}

/** The packet acknowledges what the endpoint sent, its SYN at least, and nothing beyond. */
function acknowledgesSyn(endpoint: EndpointCursor, packet: Packet): boolean {
  return (
    after(packet.acknowledgement, endpoint.base) && !after(packet.acknowledgement, endpoint.nextSequence)
  );
}

/** An acknowledgement that its receiver cannot accept (RFC 9293 3.10.7.3 and 3.10.7.4, SYN-RECEIVED). */
function ackUnacceptable(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): IgnoredBecause | null {
  const state = receiver.state;
  if (state !== SYN_SENT && state !== SYN_RECEIVED) return null;
  if (!sentSyn(receiver) || acknowledgesSyn(receiver, packet)) return null;
  // an ACK of an older connection in answer to a SYN: the other end still has that connection (Figure 9)
  return state === SYN_SENT && (sender.bits & SENT_SYN) === 0 ? 'half-open' : 'ack-unacceptable';
}

/** RFC 9293 3.5.3 and RFC 5961 3.2: whether the receiver takes the RST. */
function resetUnacceptable(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): IgnoredBecause | null {
  const state = receiver.state;
  if (state === UNSEEN || state === CLOSED || state === LISTEN) return null;
  if (state === SYN_SENT) {
    if ((packet.flags & ACK) === 0) return 'rst-not-for-syn';
    return acknowledgesSyn(receiver, packet) ? null : 'rst-not-for-syn';
  }
  const beyond = resetBeyond(sender, receiver, packet);
  if (beyond === 0) return null;
  const scale = Math.max(receiver.scale, 0);
  return beyond > 0 && beyond < Math.max(receiver.window << scale, 1)
    ? 'rst-in-window'
    : 'rst-outside-window';
}

/**
 * How far an RST lies from what the receiver expects: 0 where it may be exactly RCV.NXT. The observer knows
 * RCV.NXT only within bounds: what the receiver acknowledged, and what the sender is known to have sent.
 */
export function resetBeyond(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): number {
  const sequence = packet.sequence;
  const acknowledged = (receiver.bits & HAS_ACKED) !== 0;
  const sent = (sender.bits & HAS_NEXT) !== 0;
  if (!acknowledged && !sent) return 0;
  const lowest = acknowledged ? receiver.acknowledged : sender.nextSequence;
  const highest = sent && after(sender.nextSequence, lowest) ? sender.nextSequence : lowest;
  if (before(sequence, lowest)) return distance(sequence, lowest);
  return after(sequence, highest) ? distance(sequence, highest) : 0;
}
