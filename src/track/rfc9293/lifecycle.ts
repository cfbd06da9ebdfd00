/**
 * What a segment that its receiver accepts (acceptance.ts) does to the states of both ends.
 * To read first: RFC 9293 3.5 and 3.6, 3.10.7 (SEGMENT ARRIVES).
 *
 * `applySegment` comes after wireshark.ts, which has noted the segment's numbers.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import {
  BOTH_SYNS,
  type ConnectionCursor,
  type EndpointCursor,
  FAST_OPEN_ACCEPTED,
  FAST_OPEN_DATA,
  FIN_ACK_MERGED,
  FIN_ACKED,
  FIN_RECEIVED,
  FIN_SENT,
  HAS_BASE,
  NEXT_KNOWN,
  OPENED,
  RST_SENT,
  SENT_SYN,
  SYN_ACK_SEEN,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { sentSyn } from './acceptance.js';
import { acceptBareFin, applyEvent, finish, hasHoles, markFinReceived, reconsiderFin } from './fins.js';
import { distance } from './sequence.js';
import {
  CLOSE_WAIT,
  CLOSED,
  ESTABLISHED,
  LISTEN,
  RECEIVES_ACK_OF_FIN,
  RECEIVES_ACK_OF_SYN,
  RECEIVES_FIN,
  RECEIVES_RST,
  RECEIVES_SYN,
  RECEIVES_SYN_ACK,
  SENDS_ACK,
  SENDS_DATA,
  SENDS_RST,
  SENDS_SYN,
  SENDS_SYN_ACK,
  SYN_RECEIVED,
  SYN_SENT,
  synchronised,
  TIME_WAIT,
  transition,
  UNSEEN,
} from './transition.js';

/** How long a connection stays after its end, for late segments: as long as Linux's TIME-WAIT. */
export const LINGER_NS = 60e9;

/** Moves the states of both ends by a segment that `whyIgnored` found acceptable. */
export function applySegment(focus: Focus): void {
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
  inferSenderState(connection, sender, receiver, packet);
  reconsiderFin(focus);
  acknowledge(connection, sender, receiver, packet, senderSide);
  if ((flags & FIN) !== 0) finish(connection, sender, receiver, packet, senderSide);
  if (!hasHoles(focus)) markFinReceived(sender, receiver, flags);
  noteOpened(connection, sender, receiver);
}

function syn(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  // sent again by an end that has said nothing else: the SYN-ACK seen before did not arrive
  const again = sender.synCount > 0 && sender.packets === sender.synCount;
  if (again && sender.state === ESTABLISHED) sender.state = SYN_SENT;
  const both = (receiver.bits & SENT_SYN) !== 0 && (connection.bits & SYN_ACK_SEEN) === 0;
  applyEvent(sender, SENDS_SYN);
  applyEvent(receiver, RECEIVES_SYN);
  if (!both) return;
  connection.bits |= BOTH_SYNS;
  // the other's SYN was on its way before: this end has it by the time that its own is answered
  applyEvent(sender, RECEIVES_SYN);
}

/** No SYN-ACK is repeated sooner than this because its ACK is missing (RFC 6298 2: an RTO of 1 s; Linux at least 0.2 s). */
const SHORTEST_RTO_NS = 200e6;

/** A SYN-ACK that was sent before is not sent again within this time after it was answered: timeouts double. */
const SECOND_RTO_NS = 1e9;

/** A SYN-ACK sent again long after it was acknowledged, by an end that has said nothing since. */
function isLateSynAckRetry(connection: ConnectionCursor, sender: EndpointCursor, at: number): boolean {
  if (sender.synCount === 0 || sender.packets !== sender.synCount) return false;
  if (sender.state !== ESTABLISHED && sender.state !== CLOSE_WAIT) return false;
  const since = at - connection.openedAt;
  // with several SYN-ACKs the round-trip time is ambiguous
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
    if (isLateSynAckRetry(connection, sender, at)) {
      // the ACK that completed the opening did not arrive: the sender still waits for it
      sender.state = SYN_RECEIVED;
      connection.bits &= ~OPENED;
      connection.openedPacket = 0;
    }
    return;
  }
  if (sentSyn(receiver) && distance(packet.acknowledgement, receiver.base) > 1)
    connection.bits |= FAST_OPEN_ACCEPTED;
  applyEvent(sender, SENDS_SYN_ACK);
  applyEvent(receiver, RECEIVES_SYN_ACK);
  noteOpened(connection, sender, receiver);
  // RFC 9293 3.10.7.3: once ESTABLISHED is reached, the rest of the segment counts
  if ((packet.flags & FIN) !== 0) {
    finish(connection, sender, receiver, packet, senderSide);
    markFinReceived(sender, receiver, packet.flags);
  }
}

/** What an end sends proves what it must have received, captured or not. */
function inferSenderState(
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
    applyEvent(sender, RECEIVES_ACK_OF_SYN);
  }
  // nothing of the server was captured: the client goes on after the data of its SYN, so that was acknowledged
  const unanswered =
    (connection.bits & (FAST_OPEN_DATA | OPENED)) === FAST_OPEN_DATA && receiver.packets === 0;
  if (unanswered && distance(packet.sequence, sender.base) > 1) connection.bits |= FAST_OPEN_ACCEPTED;
  // a bare ACK in answer to a SYN proves nothing: it may be of an older connection, or of a split handshake
  if (sender.state === LISTEN && receiver.state === SYN_SENT && !speaks) return;
  // an ACK of nothing that was captured proves nothing either: anybody may send it
  if (sender.state === UNSEEN && packet.payloadLength === 0 && !acknowledgesData(receiver, packet)) return;
  if (sender.state < ESTABLISHED) applyEvent(sender, packet.payloadLength > 0 ? SENDS_DATA : SENDS_ACK);
}

/** Acknowledges something of what its receiver was seen to send, and nothing beyond. */
function acknowledgesData(receiver: EndpointCursor, packet: Packet): boolean {
  if (receiver.bytes === 0 || (receiver.bits & (HAS_BASE | NEXT_KNOWN)) !== (HAS_BASE | NEXT_KNOWN))
    return false;
  const acknowledgement = packet.acknowledgement;
  return (
    distance(acknowledgement, receiver.base) > 1 && distance(acknowledgement, receiver.nextSequence) <= 0
  );
}

/** What the segment's acknowledgement means for its receiver. */
function acknowledge(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  senderSide: number,
): void {
  const acknowledgement = packet.acknowledgement;
  if (receiver.state === SYN_RECEIVED) applyEvent(receiver, RECEIVES_ACK_OF_SYN);
  acceptBareFin(connection, sender, receiver, acknowledgement, senderSide);
  if ((receiver.bits & (FIN_SENT | FIN_ACKED)) !== FIN_SENT) return;
  if (distance(acknowledgement, receiver.finSequence) <= 0) return;
  if ((sender.bits & FIN_RECEIVED) === 0) {
    sender.bits |= FIN_RECEIVED;
    applyEvent(sender, RECEIVES_FIN);
  }
  receiver.bits |= FIN_ACKED;
  if ((packet.flags & FIN) !== 0 && (sender.bits & FIN_SENT) === 0) connection.bits |= FIN_ACK_MERGED;
  applyEvent(receiver, RECEIVES_ACK_OF_FIN);
}

function noteOpened(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  if ((connection.bits & OPENED) !== 0) return;
  // where only one direction was captured, its ACK proves that the other answered
  const other = synchronised(receiver.state) || receiver.packets === 0;
  if (!synchronised(sender.state) || !other) return;
  if (((sender.bits | receiver.bits) & SENT_SYN) !== 0) connection.bits |= OPENED;
}

function reset(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): void {
  // nothing of this end was captured, but it is known that it answered
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
  applyEvent(sender, SENDS_RST);
  applyEvent(receiver, RECEIVES_RST);
}

/** Whether the connection is over for both ends. */
export function isOver(a: EndpointCursor, b: EndpointCursor): boolean {
  return settled(a.state) && settled(b.state);
}

/** Nothing further is expected of an end in this state. */
export function settled(state: number): boolean {
  return state === CLOSED || state === TIME_WAIT || state === LISTEN;
}
