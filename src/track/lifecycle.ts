/**
 * What a segment that its receiver accepts (acceptance.ts) does to the states of both ends.
 * To read first: RFC 9293 3.5 and 3.6, 3.10.7 (SEGMENT ARRIVES).
 *
 * `advance` comes after analysis.ts, which has noted the segment's numbers.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../decode/packet.js';
import { HAS_SACK } from '../decode/tcp-options.js';
import { sentSyn } from './acceptance.js';
import {
  BARE_FIN,
  BOTH_SYNS,
  type ConnectionCursor,
  type EndpointCursor,
  FAST_OPEN_ACCEPTED,
  FAST_OPEN_DATA,
  FIN_ACK_MERGED,
  FIN_ACKED,
  FIN_FROM_SIDE_1,
  FIN_LOST,
  FIN_RECEIVED,
  FIN_SENT,
  FINS_CROSSED,
  HAS_BASE,
  HAS_NEXT,
  OPENED,
  RST_SENT,
  SENT_SYN,
  SYN_ACK_SEEN,
} from './connection.js';
import type { Focus } from './focus.js';
import { distance } from './sequence.js';
import {
  CLOSE_WAIT,
  CLOSED,
  CLOSING,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  LAST_ACK,
  LISTEN,
  RECEIVES_ACK_OF_FIN,
  RECEIVES_ACK_OF_SYN,
  RECEIVES_FIN,
  RECEIVES_RST,
  RECEIVES_SYN,
  RECEIVES_SYN_ACK,
  SENDS_ACK,
  SENDS_DATA,
  SENDS_FIN,
  SENDS_RST,
  SENDS_SYN,
  SENDS_SYN_ACK,
  SYN_RECEIVED,
  SYN_SENT,
  synchronised,
  TIME_WAIT,
  transition,
  UNSEEN,
  withoutFin,
} from './transition.js';

function apply(endpoint: EndpointCursor, event: number): void {
  endpoint.state = transition(endpoint.state, event);
}

/** Moves the states of both ends by a segment that `judge` found acceptable. */
export function advance(focus: Focus): void {
  const { connection, sender, receiver, packet, side: senderSide, at } = focus;
  const flags = packet.flags;
  if ((flags & RST) !== 0) {
    reset(sender, receiver, packet);
    return;
  }
  if ((flags & SYN) !== 0) {
    if ((flags & ACK) !== 0) synAck(connection, sender, receiver, packet, senderSide, at);
    else syn(connection, sender, receiver);
    return;
  }
  proveSender(connection, sender, receiver, packet);
  if (missesFin(sender, receiver, packet, at)) takeFinBack(sender, receiver);
  else if (holdsBackFin(focus)) deferFin(sender);
  acknowledge(connection, sender, receiver, packet, senderSide);
  if ((flags & FIN) !== 0) finish(connection, sender, receiver, packet, senderSide);
  if (!hasHoles(focus)) deliverFin(sender, receiver, flags);
  noteOpened(connection, sender, receiver);
}

function syn(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  // sent again by an end that has said nothing else: the SYN-ACK seen before did not arrive
  const again = sender.synCount > 0 && sender.packets === sender.synCount;
  if (again && sender.state === ESTABLISHED) sender.state = SYN_SENT;
  const both = (receiver.bits & SENT_SYN) !== 0 && (connection.bits & SYN_ACK_SEEN) === 0;
  apply(sender, SENDS_SYN);
  apply(receiver, RECEIVES_SYN);
  if (!both) return;
  connection.bits |= BOTH_SYNS;
  // the other's SYN was on its way before: this end has it by the time that its own is answered
  apply(sender, RECEIVES_SYN);
}

/** No SYN-ACK is repeated sooner than this for want of an ACK (RFC 6298 2: an RTO of 1 s; Linux no less than 0.2 s). */
const SHORTEST_RTO_NS = 200e6;

/** A SYN-ACK that was sent before is not sent again within this time after it was answered: timeouts double. */
const SECOND_RTO_NS = 1e9;

/** A SYN-ACK sent again long after it was acknowledged, by an end that has said nothing since. */
function repeatedLate(connection: ConnectionCursor, sender: EndpointCursor, at: number): boolean {
  if (sender.synCount === 0 || sender.packets !== sender.synCount) return false;
  if (sender.state !== ESTABLISHED && sender.state !== CLOSE_WAIT) return false;
  const since = at - connection.openedAt;
  // of several SYN-ACKs the first does not tell the round-trip time
  if (sender.synCount > 1) return since > SECOND_RTO_NS;
  return since > Math.max(SHORTEST_RTO_NS, 2 * (connection.openedAt - sender.synAt));
}

function synAck(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  senderSide: number,
  at: number,
): void {
  connection.bits |= SYN_ACK_SEEN;
  if (synchronised(receiver.state)) {
    if (repeatedLate(connection, sender, at)) {
      // the ACK that completed the opening did not arrive: the sender still waits for it
      sender.state = SYN_RECEIVED;
      connection.bits &= ~OPENED;
      connection.openedPacket = 0;
    }
    return;
  }
  if (sentSyn(receiver) && distance(packet.acknowledgement, receiver.base) > 1)
    connection.bits |= FAST_OPEN_ACCEPTED;
  apply(sender, SENDS_SYN_ACK);
  apply(receiver, RECEIVES_SYN_ACK);
  noteOpened(connection, sender, receiver);
  // RFC 9293 3.10.7.3: once ESTABLISHED is reached, the rest of the segment counts
  if ((packet.flags & FIN) !== 0) {
    finish(connection, sender, receiver, packet, senderSide);
    deliverFin(sender, receiver, packet.flags);
  }
}

/** The number of a segment's FIN. */
function finNumber(packet: Packet): number {
  return (packet.sequence + packet.payloadLength + ((packet.flags & SYN) !== 0 ? 1 : 0)) | 0;
}

/** What an end sends proves what it must have received, captured or not. */
function proveSender(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): void {
  const speaks = packet.payloadLength > 0 || (packet.flags & FIN) !== 0;
  if (
    sender.state === SYN_RECEIVED &&
    speaks &&
    (connection.bits & FAST_OPEN_ACCEPTED) === 0 &&
    synchronised(receiver.state)
  ) {
    // only Fast Open sends data before the handshake is complete: its last segment was not captured
    apply(sender, RECEIVES_ACK_OF_SYN);
  }
  // of the server nothing was captured: going on behind the data of its SYN, the client had it acknowledged
  const unanswered =
    (connection.bits & (FAST_OPEN_DATA | OPENED)) === FAST_OPEN_DATA && receiver.packets === 0;
  if (unanswered && distance(packet.sequence, sender.base) > 1) connection.bits |= FAST_OPEN_ACCEPTED;
  // a bare ACK in answer to a SYN proves nothing: it may be of an older connection, or of a split handshake
  if (sender.state === LISTEN && receiver.state === SYN_SENT && !speaks) return;
  // nor does one of nothing that was captured: anybody may send it
  if (sender.state === UNSEEN && packet.payloadLength === 0 && !acknowledgesData(receiver, packet)) return;
  if (sender.state < ESTABLISHED) apply(sender, packet.payloadLength > 0 ? SENDS_DATA : SENDS_ACK);
}

/** Acknowledges something of what its receiver was seen to send, and nothing beyond. */
function acknowledgesData(receiver: EndpointCursor, packet: Packet): boolean {
  if (receiver.bytes === 0 || (receiver.bits & (HAS_BASE | HAS_NEXT)) !== (HAS_BASE | HAS_NEXT)) return false;
  const acknowledgement = packet.acknowledgement;
  return (
    distance(acknowledgement, receiver.base) > 1 && distance(acknowledgement, receiver.nextSequence) <= 0
  );
}

/** What the segment's acknowledgement tells its receiver. */
function acknowledge(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  senderSide: number,
): void {
  const acknowledgement = packet.acknowledgement;
  if (receiver.state === SYN_RECEIVED) apply(receiver, RECEIVES_ACK_OF_SYN);
  believeBareFin(connection, sender, receiver, acknowledgement, senderSide);
  if ((receiver.bits & (FIN_SENT | FIN_ACKED)) !== FIN_SENT) return;
  if (distance(acknowledgement, receiver.finSequence) <= 0) return;
  if ((sender.bits & FIN_RECEIVED) === 0) {
    sender.bits |= FIN_RECEIVED;
    apply(sender, RECEIVES_FIN);
  }
  receiver.bits |= FIN_ACKED;
  if ((packet.flags & FIN) !== 0 && (sender.bits & FIN_SENT) === 0) connection.bits |= FIN_ACK_MERGED;
  apply(receiver, RECEIVES_ACK_OF_FIN);
}

/** A FIN without ACK should have been dropped; where it is acknowledged all the same, it was taken. */
function believeBareFin(
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
  apply(receiver, SENDS_FIN);
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

function finish(
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
    apply(sender, SENDS_FIN);
    return;
  }
  if (distance(packet.acknowledgement, receiver.finSequence) > 0) {
    apply(sender, SENDS_FIN);
    return;
  }
  // the FINs crossed: when it sent its own, this end had not received the other's (Figure 13)
  connection.bits |= FINS_CROSSED;
  if ((sender.bits & FIN_RECEIVED) !== 0) sender.state = CLOSING;
  else apply(sender, SENDS_FIN);
}

/** An acknowledgement is delayed by less than 500 ms (RFC 9293 3.8.6.3): what is sent so long after a FIN tells of it. */
const FIN_KNOWN_NS = 1e9;

/** Whether the sender, which seemed to have received the other end's FIN, acknowledges less long after it. */
function missesFin(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet, at: number): boolean {
  if ((sender.bits & FIN_RECEIVED) === 0 || (receiver.bits & (FIN_SENT | FIN_ACKED)) !== FIN_SENT)
    return false;
  return distance(packet.acknowledgement, receiver.finSequence) <= 0 && at - receiver.finAt > FIN_KNOWN_NS;
}

/** The FIN was lost behind the capture point; it counts when it is sent again. */
function takeFinBack(sender: EndpointCursor, receiver: EndpointCursor): void {
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
function hasHoles({ existing, sender, side }: Focus): boolean {
  if ((sender.bits & FIN_SENT) === 0 || existing === null) return false;
  return existing.holes[side].some(({ left }) => distance(left, sender.finSequence) < 0);
}

/** As before the FIN was received. */
function deferFin(sender: EndpointCursor): void {
  sender.bits &= ~FIN_RECEIVED;
  sender.state = withoutFin(sender.state);
}

/** A FIN counts once everything before it has arrived: in order at the observer, or acknowledged. */
function deliverFin(sender: EndpointCursor, receiver: EndpointCursor, flags: number): void {
  if ((sender.bits & FIN_SENT) === 0 || (receiver.bits & FIN_RECEIVED) !== 0) return;
  if ((sender.bits & FIN_LOST) !== 0 && (flags & FIN) === 0) return;
  if (distance(sender.contiguous, sender.finSequence) <= 0) return;
  // an end still connecting has no use for it; what it sends next will tell
  if (receiver.state === SYN_SENT) return;
  receiver.bits |= FIN_RECEIVED;
  apply(receiver, RECEIVES_FIN);
}

function noteOpened(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  if ((connection.bits & OPENED) !== 0) return;
  // where only one direction was captured, its ACK proves that the other answered
  const other = synchronised(receiver.state) || receiver.packets === 0;
  if (!synchronised(sender.state) || !other) return;
  if (((sender.bits | receiver.bits) & SENT_SYN) !== 0) connection.bits |= OPENED;
}

function reset(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): void {
  // of an end of which nothing was captured it is known that it answered
  if (receiver.packets === 0 && receiver.state === LISTEN && synchronised(sender.state)) {
    receiver.state = ESTABLISHED;
  }
  // Figures 8 and 9: an end that waits for its own SYN's answer refuses something else and goes on waiting
  const refuses = sender.state === SYN_SENT && (packet.flags & ACK) === 0 && receiver.packets > 0;
  if (refuses && receiver.state !== SYN_SENT) {
    receiver.state = receiver.state === SYN_RECEIVED ? LISTEN : transition(receiver.state, RECEIVES_RST);
    return;
  }
  sender.bits |= RST_SENT;
  receiver.bits |= RST_SENT;
  apply(sender, SENDS_RST);
  apply(receiver, RECEIVES_RST);
}

/** Whether the connection is over for both ends. */
export function isOver(a: EndpointCursor, b: EndpointCursor): boolean {
  return settled(a.state) && settled(b.state);
}

/** Nothing further is expected of an end in this state. */
export function settled(state: number): boolean {
  return state === CLOSED || state === TIME_WAIT || state === LISTEN;
}
