/** What is noted of a segment besides its SYN and its states: closing, traffic, findings, half-close. */

import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import { HAS_DATA_FIN, HAS_DSACK, HAS_MULTIPATH } from '../../decode/tcp-options.js';
import { noteDoubled, withNewest } from '../copies/doubled.js';
import * as codes from '../memory/codes.js';
import {
  ACKED_AFTER_FIN,
  BARE_FIN,
  FAST_OPEN_ACCEPTED,
  FIN_ACKED,
  FIN_LOST,
  FIN_SENT,
  HAS_ACKED,
  MPTCP,
  NEXT_KNOWN,
  OPENED,
  OPENED_BY_ANSWER,
  RST_ENDED,
  RST_REFUSED,
  RTT_RUNNING,
  SYN_ACK_SEEN,
  TIMED,
  TTL,
} from '../memory/connection.js';
import { type IgnoredBecause, withSide } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { windowClosed } from '../peers/wireshark.js';
import { hasAcknowledged } from '../rfc9293/sequence.js';
import { CLOSED, SYN_RECEIVED, SYN_SENT, TIME_WAIT } from '../rfc9293/transition.js';
import { noteChecksum } from './checksums.js';
import { noteLength } from './offload.js';
import { answersThird, dataWasSent, noteLateThird, noteOpening, remark } from './opening.js';
import { noteSentAgain } from './path-mtu.js';
import { timeRoundTrip } from './round-trip.js';

/** What asks for an answer without occupying a number. */
const ASKS = codes.KEEP_ALIVE | codes.ZERO_WINDOW_PROBE;

const SENT_AGAIN = codes.RETRANSMISSION | codes.OUT_OF_ORDER | codes.KEEP_ALIVE | codes.ZERO_WINDOW_PROBE;

/** Before the states change: the codes of this segment that follow from the state of the connection. */
export function lifecycleCodes(focus: Focus): number {
  const { sender, receiver, packet } = focus;
  let found = 0;
  if ((packet.flags & FIN) !== 0) {
    if ((sender.bits & FIN_SENT) !== 0) found |= codes.FIN_RETRY;
    else if ((receiver.bits & FIN_SENT) !== 0 && ((packet.acknowledgement - receiver.finSequence) | 0) <= 0) {
      found |= codes.SIMULTANEOUS_CLOSE;
    }
  }
  // an RST before the ACK of its sender's FIN is an abort, not an answer from TIME-WAIT
  if ((packet.flags & RST) !== 0 && receiver.state === TIME_WAIT && (sender.bits & FIN_ACKED) !== 0) {
    found |= codes.TIME_WAIT_ASSASSINATION;
  }
  return found;
}

/** After the states have changed from `states` (sender's * 16 + receiver's): what that completed or ended. */
export function afterTransition(focus: Focus, states: number, wasOpened: number): void {
  const { connection, sender, receiver, packet, options, number, side, at } = focus;
  const flags = packet.flags;
  if ((flags & ACK) !== 0 && (flags & RST) === 0) {
    const acknowledgement = packet.acknowledgement;
    const sent = (receiver.bits & NEXT_KNOWN) === 0 || ((acknowledgement - receiver.nextSequence) | 0) <= 0;
    if (sent && ((sender.bits & HAS_ACKED) === 0 || ((acknowledgement - sender.acknowledged) | 0) > 0)) {
      if ((sender.bits & (FIN_SENT | HAS_ACKED)) === (FIN_SENT | HAS_ACKED) && (flags & FIN) === 0) {
        sender.bits |= ACKED_AFTER_FIN;
      }
      sender.acknowledged = acknowledgement;
      sender.bits |= HAS_ACKED;
    }
    if ((receiver.bits & FIN_SENT) !== 0 && receiver.finAckPacket === 0) {
      if (((acknowledgement - receiver.finSequence) | 0) > 0) receiver.finAckPacket = number;
    }
  }
  if (wasOpened === 0 && (connection.bits & OPENED) !== 0) noteOpening(focus, states >>> 4);
  else if ((connection.bits & OPENED_BY_ANSWER) !== 0) noteLateThird(focus);
  if ((flags & (SYN | ACK)) === (SYN | ACK) && (connection.bits & FAST_OPEN_ACCEPTED) !== 0) {
    focus.ensureExtras().synDataTaken = (packet.acknowledgement - receiver.base - 1) | 0;
  }
  // the repeated SYN-ACK has shown that the handshake was not complete for its sender (lifecycle.ts)
  if (wasOpened !== 0 && (connection.bits & OPENED) === 0)
    focus.ensureExtras().find('third-lost', number, side, dataWasSent(focus) ? { data: 1 } : undefined);
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
      if (wasOpened !== 0 && answersThird(focus)) {
        // RFC 9293 3.5.2: an end that answers the third segment like this has no connection, or was still in SYN-RECEIVED
        connection.bits &= ~OPENED;
        connection.openedPacket = 0;
        const { reset } = focus.ensureExtras();
        if (reset !== null)
          reset.before = side === 0 ? [SYN_RECEIVED, reset.before[1]] : [reset.before[0], SYN_RECEIVED];
      }
    }
  }
  if ((options.bits & HAS_MULTIPATH) !== 0) connection.bits |= MPTCP;
  if ((receiver.bits & FIN_LOST) !== 0 && focus.extras?.found('fin-lost') !== true) {
    focus.ensureExtras().find('fin-lost', number, side, { fin: receiver.finPacket });
  }
}

/** A DSACK, and what it shows about an earlier copy; the DATA_FIN of Multipath TCP. */
export function noteOptionSignals(focus: Focus): number {
  const { options } = focus;
  let found = 0;
  if ((options.bits & HAS_DATA_FIN) !== 0) found |= codes.DATA_FIN;
  if ((options.bits & HAS_DSACK) === 0) return found;
  const extras = focus.extras;
  if (extras !== null && extras.copied.length > 0) noteDoubled(extras, focus, options.dsackEdge);
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

function noteTtl({ sender, packet }: Focus): void {
  sender.mssScaleTtl = (sender.mssScaleTtl & ~TTL) | (packet.ttl << 24);
}

/** Counts and times; `advances` where it carries something new, `heard` where it acknowledges something new. */
export function countTraffic(focus: Focus, advances: boolean, heard: boolean, found: number): void {
  const { connection, sender, receiver, packet, number, side, at } = focus;
  const occupies = packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0;
  // where nothing of the other end is captured, what goes on was answered
  if (receiver.packets === 0 && (advances || heard)) sender.unanswered = 0;
  // what its receiver drops need not be answered
  const counts = (found & codes.IGNORED_SEGMENT) === 0;
  const probes = (found & codes.DUPLICATE_ACK) !== 0 && windowClosed(receiver);
  if (counts && (occupies || probes || (found & ASKS) !== 0)) {
    if (sender.unanswered === 0 && (sender.bits & RTT_RUNNING) === 0) sender.rttSentAt = at;
    sender.unanswered++;
  }
  receiver.unanswered = 0;
  const again =
    (found & (codes.RETRANSMISSION | codes.OUT_OF_ORDER | codes.SYN_RETRY | codes.FIN_RETRY)) !== 0;
  // the usual time to live is taken from accepted segments only
  if (counts) noteTtl(focus);
  sender.packets++;
  sender.bytes += packet.payloadLength;
  sender.lastNumber = number;
  connection.segmentSent = packet.payloadLength * 2 + side;
  if (focus.again && (found & codes.KEEP_ALIVE) === 0) sender.retransmissions++;
  // what its receiver drops is neither acknowledged nor acknowledges
  if (counts) {
    const roundTrip = timeRoundTrip(
      focus.medians,
      sender,
      receiver,
      packet,
      occupies && (advances || (packet.flags & (SYN | FIN)) !== 0),
      again,
      (connection.bits & TIMED) !== 0,
      at,
    );
    if (roundTrip >= 0) focus.measured(roundTrip);
  }
  if (!advances && packet.payloadLength > 0) noteSentAgain(focus);
  noteChecksum(focus);
  noteLength(sender, receiver, packet);
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

/** A segment that counts closes its sender's window, also with a SYN-ACK or a FIN. */
export function noteClosedWindow(focus: Focus): void {
  const { packet, number, side } = focus;
  if (packet.window !== 0 || (packet.flags & (ACK | RST)) !== ACK) return;
  const extras = focus.ensureExtras();
  extras.zeroWindowPacket = withSide(extras.zeroWindowPacket, side, number);
}

export function noteFindings(focus: Focus, found: number, ignored: IgnoredBecause | null): void {
  const { packet, number, side } = focus;
  const extras = focus.ensureExtras();
  extras.count(found & ~codes.IGNORED_SEGMENT, number, side);
  if ((found & SENT_AGAIN) !== 0) extras.sentAgain = withNewest(extras.sentAgain, focus);
  // a probe does not advance, so that its byte comes again
  const repeated = (found & codes.ZERO_WINDOW_PROBE) !== 0 ? packet.payloadLength : focus.repeated;
  if (repeated > 0) {
    extras.retransmittedBytes = withSide(
      extras.retransmittedBytes,
      side,
      extras.retransmittedBytes[side] + repeated,
    );
  }
  if (ignored !== null) extras.find('ignored-segment', number, side, { because: ignored });
}

/** Data sent after the other end's FIN. */
export function noteHalfClose(focus: Focus): void {
  const { connection, sender, receiver, packet, number, side, at } = focus;
  const extras = focus.ensureExtras();
  const waiting = extras.dataAfterFin;
  if (waiting === null || waiting.side !== side || hasAcknowledged(receiver, waiting.end))
    extras.dataAfterFin = { side, packet: number, at, end: sender.nextSequence };
  extras.halfCloseBytes += packet.payloadLength;
  extras.halfCloseLastAt = at;
  if (extras.halfCloseBytes === packet.payloadLength) extras.count(codes.HALF_CLOSE, number, side);
  connection.codes |= codes.HALF_CLOSE;
}
