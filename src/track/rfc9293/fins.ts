/**
 * FINs: when they are sent, received, acknowledged, repeated or lost, and what that does to the states of both ends.
 * To read first: RFC 9293 3.6 and Figures 12 and 13.
 */
import { FIN, type Packet, SYN } from '../../decode/packet.js';
import { HAS_SACK } from '../../decode/tcp-options.js';
import {
  BARE_FIN,
  type ConnectionCursor,
  type EndpointCursor,
  FIN_ACKED,
  FIN_FROM_SIDE_1,
  FIN_LOST,
  FIN_RECEIVED,
  FIN_SENT,
  FINS_CROSSED,
  RST_SENT,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { distance } from './sequence.js';
import {
  CLOSED,
  CLOSING,
  FIN_WAIT_1,
  FIN_WAIT_2,
  LAST_ACK,
  RECEIVES_FIN,
  SENDS_FIN,
  SYN_SENT,
  transition,
  withoutFin,
} from './transition.js';

/** Moves an end by an event of transition.ts. */
export function applyEvent(end: EndpointCursor, event: number): void {
  end.state = transition(end.state, event);
}

/** The number of a segment's FIN. */
function finNumber(packet: Packet): number {
  return (packet.sequence + packet.payloadLength + ((packet.flags & SYN) !== 0 ? 1 : 0)) | 0;
}

/** A FIN without ACK should have been dropped; where it is acknowledged all the same, it was taken. */
export function acceptBareFin(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  acknowledgement: number,
  senderSide: number,
): void {
  if ((receiver.bits & (BARE_FIN | FIN_SENT)) !== BARE_FIN) return;
  if (distance(acknowledgement, receiver.finSequence) !== 1) return;
  receiver.bits |= FIN_SENT;
  receiver.nextSequence = (receiver.finSequence + 1) | 0;
  receiver.contiguous = receiver.nextSequence;
  if ((sender.bits & FIN_SENT) === 0 && senderSide === 0) connection.bits |= FIN_FROM_SIDE_1;
  applyEvent(receiver, SENDS_FIN);
}

/**
 * A FIN sent again although it was acknowledged: that acknowledgement did not arrive. But there is no way back from
 * FIN-WAIT-2 (RFC 9293 3.3.2) for an end that acknowledges what came after it.
 */
function repeatFin(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): void {
  if ((sender.bits & FIN_ACKED) === 0 || (sender.bits & RST_SENT) !== 0) return;
  const hasMore =
    receiver.nextSequenceAt > sender.finAt && distance(packet.acknowledgement, receiver.nextSequence) >= 0;
  if (sender.state === CLOSED) sender.state = LAST_ACK;
  else if (sender.state === FIN_WAIT_2 && !hasMore) sender.state = FIN_WAIT_1;
  else return;
  sender.bits &= ~FIN_ACKED;
}

export function finish(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  senderSide: number,
): void {
  if ((sender.bits & FIN_SENT) !== 0) {
    repeatFin(sender, receiver, packet);
    return;
  }
  sender.bits |= FIN_SENT;
  sender.finSequence = finNumber(packet);
  if ((receiver.bits & FIN_SENT) === 0) {
    if (senderSide === 1) connection.bits |= FIN_FROM_SIDE_1;
    applyEvent(sender, SENDS_FIN);
    return;
  }
  if (distance(packet.acknowledgement, receiver.finSequence) > 0) {
    applyEvent(sender, SENDS_FIN);
    return;
  }
  // the FINs crossed: when it sent its own, this end had not received the other's (Figure 13)
  connection.bits |= FINS_CROSSED;
  if ((sender.bits & FIN_RECEIVED) !== 0) sender.state = CLOSING;
  else applyEvent(sender, SENDS_FIN);
}

/** What the segment in focus shows of the other end's FIN, which its sender seemed to have received. */
export function reconsiderFin(focus: Focus): void {
  const { sender, receiver, packet, at } = focus;
  if (senderMissedFin(sender, receiver, packet, at)) retractFin(sender, receiver);
  else if (holdsBackFin(focus)) deferFin(sender);
}

/** An acknowledgement is delayed by less than 500 ms (RFC 9293 3.8.6.3): what is sent so long after a FIN acknowledges it. */
const FIN_KNOWN_NS = 1e9;

/** Whether the sender, which seemed to have received the other end's FIN, acknowledges less long after it. */
function senderMissedFin(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  at: number,
): boolean {
  if ((sender.bits & FIN_RECEIVED) === 0 || (receiver.bits & (FIN_SENT | FIN_ACKED)) !== FIN_SENT)
    return false;
  return distance(packet.acknowledgement, receiver.finSequence) <= 0 && at - receiver.finAt > FIN_KNOWN_NS;
}

/** The FIN was lost beyond the capture point; it counts when it is sent again. */
function retractFin(sender: EndpointCursor, receiver: EndpointCursor): void {
  receiver.bits |= FIN_LOST;
  deferFin(sender);
}

/** The sender reports the other end's FIN as received out of order (RFC 2018): it counts once the gap is filled. */
function holdsBackFin({ sender, receiver, packet, options }: Focus): boolean {
  if ((options.bits & HAS_SACK) === 0 || (sender.bits & FIN_RECEIVED) === 0) return false;
  if ((receiver.bits & (FIN_SENT | FIN_ACKED)) !== FIN_SENT) return false;
  const { finSequence } = receiver;
  return distance(options.sackEdge, finSequence) > 0 && distance(packet.acknowledgement, finSequence) <= 0;
}

/** Bytes of the sender from before its FIN are missing. */
export function hasHoles({ extras, sender, side }: Focus): boolean {
  if ((sender.bits & FIN_SENT) === 0 || extras === null) return false;
  return extras.holes[side].some(({ left }) => distance(left, sender.finSequence) < 0);
}

/** Back to the state before the FIN was received. */
function deferFin(sender: EndpointCursor): void {
  sender.bits &= ~FIN_RECEIVED;
  sender.state = withoutFin(sender.state);
}

/** A FIN counts once everything before it has arrived: in order at the observer, or acknowledged. */
export function markFinReceived(sender: EndpointCursor, receiver: EndpointCursor, flags: number): void {
  if ((sender.bits & FIN_SENT) === 0 || (receiver.bits & FIN_RECEIVED) !== 0) return;
  if ((sender.bits & FIN_LOST) !== 0 && (flags & FIN) === 0) return;
  if (distance(sender.contiguous, sender.finSequence) <= 0) return;
  // an end that is still connecting does not process it; what it sends next shows whether it has it
  if (receiver.state === SYN_SENT) return;
  receiver.bits |= FIN_RECEIVED;
  applyEvent(receiver, RECEIVES_FIN);
}
