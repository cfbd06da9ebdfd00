/** What the capture misses, in Zeek's eyes: bytes that were acknowledged and not seen (TCP_Reassembler.cc). */
import { RST, SYN } from '../decode/packet.js';
import type { Focus } from './focus.js';
import { EARLY_ACK, PEER_HAS_HOLES, SENT_FIN } from './zeek-bits.js';
import { acknowledgedBy, finEnd, latest, topOf, type ZeekEnds } from './zeek-ends.js';

/** `TOO_LARGE_SEQ_DELTA`: an acknowledgement of 0 so far on is broken. */
const TOO_FAR = 1 << 20;

/** Notes what the segment in focus acknowledges; returns that, relative, or -1 where it lies before all numbers. */
export function acknowledge(ends: ZeekEnds, { packet }: Focus): number {
  const { acknowledgement } = packet;
  const relative = (acknowledgement - ends.peerStart) | 0;
  if (relative < 0) return -1;
  if (noData(ends.peerAcknowledged, ends.peerStart)) ends.its?.considerGivingUp(ends.peerTop);
  const further = (acknowledgement - ends.peerAcknowledged) | 0;
  const broken = acknowledgement === 0 && further > TOO_FAR;
  if ((packet.flags & RST) === 0 && further > 0 && !broken) ends.peerAcknowledged = acknowledgement;
  return relative;
}

/** Gives up what is missing before `relative`, which was acknowledged; returns how many holes that were. */
export function giveUp(ends: ZeekEnds, focus: Focus, relative: number): number {
  const { sender, receiver } = focus;
  let upTo = relative;
  if ((receiver.zeek & SENT_FIN) !== 0) {
    // a FIN is none of the data
    const end = finEnd(receiver, ends.its);
    if (relative >= end) upTo = end - 1;
  }
  const acknowledged = (ends.peerStart + upTo) | 0;
  if (((acknowledged - (ends.its?.holes[0] ?? ends.peerTop)) | 0) <= 0) return 0;
  // Zeek takes a connection with such an ACK for one whose beginning it missed, and may be off by the SYN
  if (upTo <= 2 && ((sender.zeek | receiver.zeek) & EARLY_ACK) !== 0) return 0;
  const its = ends.noteIts(focus);
  const gaps = its.giveUpHoles(acknowledged, ends.peerTop);
  if (((acknowledged - ends.peerTop) | 0) > 0) ends.peerTop = acknowledged;
  if (its.holes.length === 0) sender.zeek &= ~PEER_HAS_HOLES;
  return gaps;
}

/** Puts the payload where it belongs among what was seen before: finds holes, and fills them. */
export function deliver(ends: ZeekEnds, focus: Focus, relative: number): void {
  const { receiver, packet } = focus;
  const { flags, sequence, payloadLength: length } = packet;
  // Zeek reassembles no payload that the capture cut
  const whole = packet.payloadOffset + length <= packet.captureEnd;
  if (length > 0 && whole && relative >= 0) {
    const begin = (flags & SYN) !== 0 ? (sequence + 1) | 0 : sequence;
    place(ends, focus, begin, (begin + length) | 0);
  }
  const reached = topOf(focus.sender, ends.own, ends.start, ends.last);
  if (((reached - ends.top) | 0) > 0) {
    // its numbers went on without the bytes
    ends.noteOwn(focus).addHole(ends.top, reached);
    ends.top = reached;
  }
  if (ends.own !== null && ends.own.holes.length > 0) receiver.zeek |= PEER_HAS_HOLES;
  else receiver.zeek &= ~PEER_HAS_HOLES;
}

function place(ends: ZeekEnds, focus: Focus, begin: number, end: number): void {
  const acknowledged = latest(ends.own?.acknowledged ?? null, acknowledgedBy(focus.receiver, ends.start));
  if (noData(acknowledged, ends.start)) ends.own?.considerGivingUp(ends.top);
  const from = ((begin - acknowledged) | 0) < 0 ? acknowledged : begin;
  if (((end - from) | 0) <= 0) return;
  if (((from - ends.top) | 0) > 0) ends.noteOwn(focus).addHole(ends.top, from);
  else ends.own?.fill(from, end);
  if (((end - ends.top) | 0) > 0) ends.top = end;
}

/** From here on Zeek believes in no gap of this connection. */
export function stopLooking(ends: ZeekEnds, { sender, receiver }: Focus): void {
  if (ends.own !== null) ends.own.holes.length = 0;
  if (ends.its !== null) ends.its.holes.length = 0;
  ends.top = topOf(sender, ends.own, ends.start, ends.last);
  ends.peerTop = topOf(receiver, ends.its, ends.peerStart, ends.peerLast);
  sender.zeek &= ~PEER_HAS_HOLES;
  receiver.zeek &= ~PEER_HAS_HOLES;
}

/** Of an end whose numbers begin at `start` none was acknowledged but its SYN. */
function noData(acknowledged: number, start: number): boolean {
  return acknowledged === start || acknowledged === ((start + 1) | 0);
}
