/**
 * Whether the receiver of a segment accepts it, as far as an observer can tell.
 * To read first: RFC 9293 3.5.3 (reset processing), 3.10.7 (SEGMENT ARRIVES); RFC 5961 3, 4 and 5; RFC 7323 2.2
 * (windows of SYNs are not scaled) and 5.3 (PAWS).
 *
 * `whyIgnored` comes before wireshark.ts, which notes the segment's numbers, and before lifecycle.ts. Where later packets
 * may still prove it wrong, revision.ts waits for them.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { HAS_TIMESTAMPS, type TcpOptions } from '../../decode/tcp-options.js';
import {
  BOTH_SYNS,
  type ConnectionCursor,
  type EndpointCursor,
  FIN_RECEIVED,
  FIN_SENT,
  HAS_ACKED,
  HAS_TIMESTAMP,
  LAST_HAD_ACK,
  NEXT_KNOWN,
  OPENED,
  SENT_SYN,
  SENT_SYN_ACK,
  UNRELIABLE,
  UNSCALED,
} from '../memory/connection.js';
import type { IgnoredBecause } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { after, before, distance } from './sequence.js';
import { CLOSED, LISTEN, SYN_RECEIVED, SYN_SENT, synchronised, TIME_WAIT, UNSEEN } from './transition.js';

/** Why the receiver ignores the segment, or null where it accepts it. Changes nothing. */
export function whyIgnored(focus: Focus): IgnoredBecause | null {
  const { connection, sender, receiver, packet, options } = focus;
  if (packet.broken) return 'malformed';
  const flags = packet.flags;
  if ((flags & RST) !== 0) return resetUnacceptable(sender, receiver, packet);
  if ((flags & SYN) !== 0) {
    if ((flags & ACK) === 0) return synUnacceptable(sender, receiver, packet);
    const own = focus.extras?.reset;
    if (receiver.state === CLOSED && own?.accepted === true && own.side !== focus.side)
      return 'closed-already';
    return synAckUnacceptable(connection, sender, receiver, packet, options);
  }
  // RFC 9293 3.10.7.4, fifth: without ACK the segment is dropped
  if ((flags & ACK) === 0) return 'no-ack-flag';
  if (receiver.state >= SYN_RECEIVED && (receiver.bits & UNRELIABLE) === 0) {
    if (isAway(sender, receiver, packet) && outsideWindow(receiver, packet)) return 'outside-window';
    if (receiver.state === SYN_RECEIVED && isOld(receiver, packet)) return 'outside-window';
    if (bringsNew(receiver, packet) && synchronised(receiver.state)) {
      if (hasOldTimestamp(sender, packet, options)) return 'old-timestamp';
      if (acknowledgesTooLittle(sender, packet)) return 'ack-too-old';
    }
  }
  if (isAfterFin(sender, receiver, packet)) return 'after-fin';
  return ackUnacceptable(sender, receiver, packet);
}

/** Its number matters: it occupies numbers, skips some, or completes an opening. */
function isAway(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): boolean {
  const occupies = packet.payloadLength > 0 || (packet.flags & FIN) !== 0;
  return occupies || receiver.state === SYN_RECEIVED || packet.sequence !== sender.nextSequence;
}

/** It occupies numbers that its receiver has not acknowledged: old data changes nothing either way. */
function bringsNew(receiver: EndpointCursor, packet: Packet): boolean {
  const length = packet.payloadLength + ((packet.flags & FIN) !== 0 ? 1 : 0);
  if (length === 0) return false;
  return (receiver.bits & HAS_ACKED) === 0 || after((packet.sequence + length) | 0, receiver.acknowledged);
}

/** How far the windows of an end are shifted: those of SYNs are not (RFC 7323 2.2). */
export function windowShift(end: EndpointCursor): number {
  return (end.bits & UNSCALED) !== 0 || end.scale < 0 ? 0 : end.scale;
}

/**
 * RFC 9293 3.10.7.4, first: the segment begins beyond the window that its receiver announced. At the edge itself it
 * may be a probe. What scaling rounds off may lie beyond.
 */
function outsideWindow(receiver: EndpointCursor, packet: Packet): boolean {
  if ((receiver.bits & HAS_ACKED) === 0 || receiver.scale === -1) return false;
  const shift = windowShift(receiver);
  const edge = (receiver.acknowledged + (receiver.window << shift) + ((1 << shift) - 1)) | 0;
  return after(packet.sequence, edge);
}

/** All of it lies below what its receiver expects: of an open connection it is sent again, of no other. */
function isOld(receiver: EndpointCursor, packet: Packet): boolean {
  if ((receiver.bits & HAS_ACKED) === 0) return false;
  const { acknowledged } = receiver;
  const length = packet.payloadLength + ((packet.flags & FIN) !== 0 ? 1 : 0);
  return before(packet.sequence, acknowledged) && !after((packet.sequence + length) | 0, acknowledged);
}

/** PAWS, RFC 7323 5.3 R1: a TSval older than that of what came in order before. */
function hasOldTimestamp(sender: EndpointCursor, packet: Packet, options: TcpOptions): boolean {
  if ((options.bits & HAS_TIMESTAMPS) === 0 || (sender.bits & HAS_TIMESTAMP) === 0) return false;
  return before(options.timestamp, sender.timestamp) && !before(packet.sequence, sender.base);
}

/** RFC 5961 5.2: an acknowledgement further back than the largest window. */
export function acknowledgesTooLittle(sender: EndpointCursor, packet: Packet): boolean {
  if ((sender.bits & HAS_ACKED) === 0 || sender.scale === -1) return false;
  const window = Math.max(65_535, sender.window << windowShift(sender));
  return distance(sender.acknowledged, packet.acknowledgement) > window;
}

/** RFC 9293 3.10.7.4, seventh: text that follows its sender's own FIN is ignored. */
function isAfterFin(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): boolean {
  if ((sender.bits & FIN_SENT) === 0 || (receiver.bits & FIN_RECEIVED) === 0 || packet.payloadLength === 0)
    return false;
  return after((packet.sequence + packet.payloadLength) | 0, sender.finSequence);
}

/** A SYN without ACK. One of another number than its sender's first is outside the window (RFC 9293 3.10.7.4). */
function synUnacceptable(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): IgnoredBecause | null {
  if (receiver.state === TIME_WAIT) return 'syn-in-time-wait';
  if (synchronised(sender.state) && synchronised(receiver.state)) return 'syn-in-connection';
  const other = (sender.bits & SENT_SYN) !== 0 && packet.sequence !== sender.base;
  return other && receiver.state === SYN_RECEIVED ? 'syn-in-handshake' : null;
}

/** RFC 9293 3.10.7.3: ISS < SEG.ACK <= SND.NXT; in a synchronised state, any SYN but a repeated one. */
function synAckUnacceptable(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  options: TcpOptions,
): IgnoredBecause | null {
  if (sentSyn(receiver) && !acknowledgesSyn(receiver, packet)) return 'syn-ack-unacceptable';
  if (receiver.state === SYN_SENT && echoesNothingSent(receiver, options)) return 'syn-ack-echo';
  const other = packet.sequence !== sender.base;
  const answered = (sender.bits & SENT_SYN_ACK) !== 0;
  // until the other end has acknowledged a SYN-ACK, either may be the one that it takes
  const open = (connection.bits & OPENED) !== 0 || (receiver.bits & LAST_HAD_ACK) !== 0;
  if (!synchronised(receiver.state)) return other && answered && !open ? 'other-syn-ack' : null;
  if (other) return open || !answered ? 'syn-in-connection' : 'other-syn-ack';
  // the end that sent a plain SYN has no SYN-ACK to send, unless both opened
  const opener = (sender.bits & (SENT_SYN | SENT_SYN_ACK)) === SENT_SYN;
  return opener && (connection.bits & BOTH_SYNS) === 0 ? 'syn-in-connection' : null;
}

/** RFC 7323 3.2: an echo of a TSval that the SYN did not have. Linux refuses it, unless it is 0. */
function echoesNothingSent(receiver: EndpointCursor, options: TcpOptions): boolean {
  if ((options.bits & HAS_TIMESTAMPS) === 0 || (receiver.bits & HAS_TIMESTAMP) === 0) return false;
  if (options.timestampEcho === 0) return false;
  const beyond = distance(options.timestampEcho, receiver.timestamp);
  // which of several SYNs is echoed is not known
  return beyond > 0 || (beyond < 0 && receiver.synCount === 1);
}

export function sentSyn(endpoint: EndpointCursor): boolean {
  return (endpoint.bits & (SENT_SYN | NEXT_KNOWN)) === (SENT_SYN | NEXT_KNOWN);
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
  // more than was captured may have been sent: later packets show it
  if (state === SYN_RECEIVED) return after(packet.acknowledgement, receiver.base) ? null : 'ack-unacceptable';
  // an ACK of an older connection in answer to a SYN: the other end still has that connection (Figure 9)
  return (sender.bits & SENT_SYN) === 0 ? 'half-open' : 'ack-unacceptable';
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
  const window = Math.max(receiver.window << windowShift(receiver), 1);
  return beyond > 0 && beyond < window ? 'rst-in-window' : 'rst-outside-window';
}

/**
 * How far an RST lies from what the receiver expects: 0 where it may be exactly RCV.NXT. The observer knows
 * RCV.NXT only within bounds: what the receiver acknowledged, and what the sender is known to have sent.
 */
export function resetBeyond(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): number {
  const sequence = packet.sequence;
  const acknowledged = (receiver.bits & HAS_ACKED) !== 0;
  const sent = (sender.bits & NEXT_KNOWN) !== 0;
  if (!acknowledged && !sent) return 0;
  const lowest = acknowledged ? receiver.acknowledged : sender.nextSequence;
  const highest = sent && after(sender.nextSequence, lowest) ? sender.nextSequence : lowest;
  if (before(sequence, lowest)) return distance(sequence, lowest);
  return after(sequence, highest) ? distance(sequence, highest) : 0;
}
