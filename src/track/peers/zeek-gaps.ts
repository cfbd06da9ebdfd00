/** What the capture misses, as Zeek sees it: bytes that were acknowledged and not seen (TCP_Reassembler.cc). */
import { type Packet, RST, SYN } from '../../decode/packet.js';
import type { EndpointCursor } from '../memory/connection.js';
import { EARLY_ACK, HOLE_IS_OPEN, isCut, PEER_HAS_HOLES, SENT_FIN } from './zeek-bits.js';
import { acknowledgedOf, finEnd, topOf, type ZeekEnds } from './zeek-ends.js';
import type { ZeekNumbers } from './zeek-numbers.js';

/** `TOO_LARGE_SEQ_DELTA`: an acknowledgement of 0 this far from the others is broken. */
const TOO_FAR = 1 << 20;

/** Notes what the current segment acknowledges; returns it as a relative number, or -1 where it lies before all numbers. */
export function acknowledge(ends: ZeekEnds, packet: Packet): number {
  const { acknowledgement } = packet;
  const relative = (acknowledgement - ends.peerStart) | 0;
  if (relative < 0) return -1;
  if (noData(ends.peerAcknowledged, ends.peerStart)) ends.its?.considerGivingUp(ends.peerTop);
  const further = (acknowledgement - ends.peerAcknowledged) | 0;
  const broken = acknowledgement === 0 && further > TOO_FAR;
  if ((packet.flags & RST) === 0 && further > 0 && !broken) ends.peerAcknowledged = acknowledgement;
  return relative;
}

/** Gives up what is missing before `relative`, which was acknowledged; returns how many holes there were. */
export function giveUp(ends: ZeekEnds, relative: number): number {
  const { sender, receiver } = ends;
  let upTo = relative;
  if ((receiver.zeek & SENT_FIN) !== 0) {
    // a FIN is not part of the data
    const end = finEnd(receiver, ends.its);
    if (relative >= end) upTo = end - 1;
  }
  const acknowledged = (ends.peerStart + upTo) | 0;
  if (((acknowledged - (ends.its?.holes[0] ?? ends.peerTop)) | 0) <= 0) return 0;
  // Zeek takes a connection with such an ACK for one whose beginning it missed, and may be off by the SYN
  if (upTo <= 2 && ((sender.zeek | receiver.zeek) & EARLY_ACK) !== 0) return 0;
  const its = ends.noteIts();
  const gaps = its.giveUpHoles(acknowledged, ends.peerTop);
  if (((acknowledged - ends.peerTop) | 0) > 0) ends.peerTop = acknowledged;
  if (its.holes.length === 0) sender.zeek &= ~PEER_HAS_HOLES;
  return gaps;
}

/** Compares the payload with what was seen before: finds holes, and fills them. */
export function deliver(ends: ZeekEnds, packet: Packet, relative: number): void {
  const { flags, sequence, payloadLength: length } = packet;
  // Zeek reassembles no payload that the capture cut
  if (length > 0 && !isCut(packet) && relative >= 0) {
    const begin = (flags & SYN) !== 0 ? (sequence + 1) | 0 : sequence;
    place(ends, begin, (begin + length) | 0);
  }
  const reached = topOf(ends.sender, ends.own, ends.start, ends.last);
  if (((reached - ends.top) | 0) > 0) {
    // its numbers went on without the bytes
    ends.noteOwn().addHole(ends.top, reached);
    ends.top = reached;
  }
  if (ends.own !== null && ends.own.holes.length > 0) ends.receiver.zeek |= PEER_HAS_HOLES;
  else ends.receiver.zeek &= ~PEER_HAS_HOLES;
}

function place(ends: ZeekEnds, begin: number, end: number): void {
  const acknowledged = acknowledgedOf(ends.own, ends.receiver, ends.start);
  if (noData(acknowledged, ends.start)) ends.own?.considerGivingUp(ends.top);
  const from = ((begin - acknowledged) | 0) < 0 ? acknowledged : begin;
  if (((end - from) | 0) <= 0) return;
  if (((from - ends.top) | 0) > 0) ends.noteOwn().addHole(ends.top, from);
  else ends.own?.fill(from, end);
  if (((end - ends.top) | 0) > 0) ends.top = end;
}

/**
 * The same for an acknowledgement of what the receiver sent by our numbers, without a FIN; `before` was acknowledged
 * already.
 */
export function ordinaryGaps(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  its: ZeekNumbers,
  acknowledgement: number,
  before: number,
): number {
  const top = receiver.nextSequence;
  const start = its.start ?? receiver.base;
  if ((receiver.zeek & HOLE_IS_OPEN) !== 0) its.extend(top);
  if (((acknowledgement - start) | 0) < 0) return 0;
  if (noData(its.acknowledged(before, start), start)) its.considerGivingUp(top);
  const gaps = its.giveUpHoles(acknowledgement, top);
  if (its.holes.length === 0) {
    receiver.zeek &= ~HOLE_IS_OPEN;
    sender.zeek &= ~PEER_HAS_HOLES;
  }
  return gaps;
}

/** From here on Zeek believes in no gap of this connection. */
export function stopLooking(ends: ZeekEnds): void {
  const { sender, receiver } = ends;
  if (ends.own !== null) ends.own.holes.length = 0;
  if (ends.its !== null) ends.its.holes.length = 0;
  ends.top = topOf(sender, ends.own, ends.start, ends.last);
  ends.peerTop = topOf(receiver, ends.its, ends.peerStart, ends.peerLast);
  sender.zeek &= ~PEER_HAS_HOLES;
  receiver.zeek &= ~PEER_HAS_HOLES;
}

/** Nothing but the SYN was acknowledged of an end whose numbers begin at `start`. */
function noData(acknowledged: number, start: number): boolean {
  return acknowledged === start || acknowledged === ((start + 1) | 0);
}
