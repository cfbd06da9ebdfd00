/** What is noted of a segment beside its SYN and its states: closing, traffic, findings, half-close. */
import { ACK, FIN, RST, SYN } from '../decode/packet.js';
import { HAS_DATA_FIN, HAS_DSACK, HAS_MULTIPATH } from '../decode/tcp-options.js';
import { noteOffload, timeRoundTrip } from './bookkeeping.js';
import * as codes from './codes.js';
import {
  BARE_FIN,
  FIN_LOST,
  FIN_SENT,
  HAS_ACKED,
  HAS_NEXT,
  MPTCP,
  OPENED,
  RST_ENDED,
  RST_REFUSED,
  SYN_ACK_SEEN,
} from './connection.js';
import { type IgnoredBecause, withSide } from './detail.js';
import type { Focus } from './focus.js';
import { CLOSED, SYN_RECEIVED, SYN_SENT, TIME_WAIT } from './transition.js';

/** What an end sends again and again while nobody answers. */
const TALKING_ALONE =
  codes.RETRANSMISSION |
  codes.KEEP_ALIVE |
  codes.ZERO_WINDOW_PROBE |
  codes.SYN_RETRY |
  codes.SYN_ACK_RETRY |
  codes.FIN_RETRY;

/** Before the states move: the codes that this segment earns by its place in the connection's life. */
export function placeInLife(focus: Focus): number {
  const { sender, receiver, packet } = focus;
  let found = 0;
  if ((packet.flags & FIN) !== 0) {
    if ((sender.bits & FIN_SENT) !== 0) found |= codes.FIN_RETRY;
    else if ((receiver.bits & FIN_SENT) !== 0 && ((packet.acknowledgement - receiver.finSequence) | 0) <= 0) {
      found |= codes.SIMULTANEOUS_CLOSE;
    }
  }
  if ((packet.flags & RST) !== 0 && receiver.state === TIME_WAIT) found |= codes.TIME_WAIT_ASSASSINATION;
  return found;
}

/** After the states have moved from `states` (sender's * 16 + receiver's): what that completed or ended. */
export function noteAdvance(focus: Focus, states: number, wasOpened: number): void {
  const { connection, sender, receiver, packet, options, number, side, at } = focus;
  const flags = packet.flags;
  if ((flags & ACK) !== 0 && (flags & RST) === 0) {
    const acknowledgement = packet.acknowledgement;
    const sent = (receiver.bits & HAS_NEXT) === 0 || ((acknowledgement - receiver.nextSequence) | 0) <= 0;
    if (sent && ((sender.bits & HAS_ACKED) === 0 || ((acknowledgement - sender.acknowledged) | 0) > 0)) {
      sender.acknowledged = acknowledgement;
      sender.bits |= HAS_ACKED;
    }
    if ((receiver.bits & FIN_SENT) !== 0 && receiver.finAckPacket === 0) {
      if (((acknowledgement - receiver.finSequence) | 0) > 0) receiver.finAckPacket = number;
    }
  }
  if (wasOpened === 0 && (connection.bits & OPENED) !== 0) {
    connection.openedAt = at;
    connection.openedPacket = number;
    // by the end that sent the SYN-ACK it is no third segment: that one was not captured
    const third = states >>> 4 !== SYN_RECEIVED;
    if (third && packet.payloadLength > 0 && (flags & SYN) === 0) remark(focus, 'handshake-data');
  }
  // the repeated SYN-ACK has shown that the handshake was not complete for its sender (lifecycle.ts)
  if (wasOpened !== 0 && (connection.bits & OPENED) === 0) focus.detail().find('third-lost', number, side);
  if ((flags & FIN) !== 0 && packet.payloadLength > 0 && sender.finPacket === 0) {
    remark(focus, 'fin-with-data');
  }
  if ((flags & FIN) !== 0 && (sender.finPacket === 0 || (sender.bits & BARE_FIN) !== 0)) {
    sender.bits &= ~BARE_FIN;
    sender.finPacket = number;
    sender.finAt = at;
  }
  if ((flags & RST) !== 0) {
    const before = side === 0 ? states : (states & 15) * 16 + (states >>> 4);
    const receiverBefore = side === 0 ? before & 15 : before >>> 4;
    if (sender.state === CLOSED && receiver.state === CLOSED) {
      if (receiverBefore === SYN_SENT && (connection.bits & (OPENED | SYN_ACK_SEEN)) === 0)
        connection.bits |= RST_REFUSED;
      else connection.bits |= RST_ENDED;
    }
  }
  if ((options.bits & HAS_MULTIPATH) !== 0) connection.bits |= MPTCP;
  if ((receiver.bits & FIN_LOST) !== 0 && focus.existing?.found('fin-lost') !== true) {
    focus.detail().find('fin-lost', number, side, { fin: receiver.finPacket });
  }
}

function remark(focus: Focus, code: string): void {
  focus.detail().find(code, focus.number, focus.side, { length: focus.packet.payloadLength });
}

/** A DSACK, and what it tells of an earlier copy; the DATA_FIN of Multipath TCP. */
export function noteSignals(focus: Focus): number {
  const { options, number, side } = focus;
  let found = 0;
  if ((options.bits & HAS_DATA_FIN) !== 0) found |= codes.DATA_FIN;
  if ((options.bits & HAS_DSACK) === 0) return found;
  const detail = focus.existing;
  const copied = detail?.copied;
  if (copied != null && copied.side !== side && copied.end === options.dsackEdge) {
    // the receiver got it twice: no artefact of the capture
    detail?.takeBack(copied.side, copied.packet, codes.CAPTURE_DUPLICATE);
    detail?.find('duplicated-by-network', copied.packet, copied.side, { told: number });
    if (detail !== null) detail.copied = null;
  }
  return found | codes.DSACK;
}

/** A FIN without ACK: dropped, but it may yet be acknowledged (lifecycle.ts). */
export function noteBareFin(focus: Focus): void {
  const { sender, packet, number, at } = focus;
  if ((sender.bits & (BARE_FIN | FIN_SENT)) !== 0) return;
  sender.bits |= BARE_FIN;
  sender.finSequence = (packet.sequence + packet.payloadLength) | 0;
  sender.finPacket = number;
  sender.finAt = at;
}

/** Counts and times; `advances` where it carries something new. */
export function noteTraffic(focus: Focus, advances: boolean, found: number): void {
  const { connection, sender, receiver, packet, number, side, at } = focus;
  if ((found & TALKING_ALONE) !== 0) sender.unanswered++;
  else if (packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0) sender.unanswered = 0;
  receiver.unanswered = 0;
  const again =
    (found & (codes.RETRANSMISSION | codes.OUT_OF_ORDER | codes.SYN_RETRY | codes.FIN_RETRY)) !== 0;
  if (sender.packets === 0) sender.mssScaleTtl |= packet.ttl << 24;
  sender.packets++;
  sender.bytes += packet.payloadLength;
  connection.segmentPacket = number;
  connection.segmentSent = packet.payloadLength * 2 + side;
  if ((found & codes.RETRANSMISSION) !== 0) {
    sender.retransmissions++;
  }
  const occupies = packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0;
  timeRoundTrip(
    focus.medians,
    sender,
    receiver,
    packet,
    occupies && (advances || (packet.flags & (SYN | FIN)) !== 0),
    again,
    at,
  );
  noteOffload(sender, receiver, packet);
  if ((packet.flags & (SYN | ACK)) === ACK && connection.firstRtt === 0 && connection.recentSynAt >= 0) {
    connection.firstRtt = at - connection.recentSynAt;
  }
  const silence = at - connection.lastAt;
  if (silence > connection.silence) {
    connection.silence = silence;
    connection.silencePacket = number;
  }
  connection.lastAt = Math.max(connection.lastAt, at);
  connection.lastPacket = Math.max(connection.lastPacket, number);
  connection.codes |= found;
}

export function noteFindings(focus: Focus, found: number, ignored: IgnoredBecause | null): void {
  const { packet, number, side } = focus;
  const detail = focus.detail();
  detail.count(found & ~codes.IGNORED_SEGMENT, number, side);
  if ((found & codes.RETRANSMISSION) !== 0 && packet.payloadLength > 0) {
    const bytes = detail.retransmittedBytes[side] + packet.payloadLength;
    detail.retransmittedBytes = withSide(detail.retransmittedBytes, side, bytes);
  }
  if (ignored !== null) detail.find('ignored-segment', number, side, { because: ignored });
}

/** Data sent after the other end's FIN. */
export function noteHalfClose(focus: Focus): void {
  const { connection, packet, number, side, at } = focus;
  const detail = focus.detail();
  detail.halfCloseBytes += packet.payloadLength;
  detail.halfCloseLastAt = at;
  if (detail.halfCloseBytes === packet.payloadLength) detail.count(codes.HALF_CLOSE, number, side);
  connection.codes |= codes.HALF_CLOSE;
}
