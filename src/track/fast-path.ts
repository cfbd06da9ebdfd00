/**
 * The ordinary segment: data or an acknowledgement on an open connection, exactly where it was expected. Most
 * segments are ordinary, and they only change a few counts and numbers. So they are recognized first
 * and skip the full processing (Van Jacobson's header prediction, 1990, from the view of an observer).
 *
 * `takeFastPath` changes what `Tracker.process` would change, and nothing else; where it is not sure, it
 * changes nothing. A test processes every capture both ways and compares.
 */

import { ACK, PSH } from '../decode/packet.js';
import { HAS_TIMESTAMPS } from '../decode/tcp-options.js';
import {
  BARE_FIN,
  BASE_PROVISIONAL,
  CHALLENGE_DUE,
  CHECKSUM_SEEN,
  CLIENT_IS_SIDE_1,
  type EndpointCursor,
  FAST_0,
  FAST_1,
  FIN_RECEIVED,
  FIN_SENT,
  HAS_ACKED,
  HAS_BASE,
  HAS_CONTIGUOUS,
  HAS_TIMESTAMP,
  IN_DOUBT,
  LARGER_THAN_MSS,
  LAST_HAD_ACK,
  LAST_WAS_SYN_ACK,
  MSS,
  NEXT_KNOWN,
  OPENED,
  OPENED_BY_ANSWER,
  RESPONSES_TIMED,
  SELF,
  SYN_HELD,
  TIMED,
  UNSCALED,
} from './memory/connection.js';
import type { Arrival, Focus } from './memory/focus.js';
import { FIRST_SEGMENTS, ordinaryChecksum } from './notes/checksums.js';
import { noteAnswer, noteRequest } from './notes/response-time.js';
import { timeRoundTrip } from './notes/round-trip.js';
import { notePlain } from './peers/completeness.js';
import type { Zeek } from './peers/zeek.js';
import {
  HOLE_IS_OPEN,
  isCut,
  lossIsOrdinary,
  PEER_HAS_HOLES,
  plainLetter,
  zeekIsOrdinary,
} from './peers/zeek-bits.js';
import { acknowledgesTooLittle, windowShift } from './rfc9293/acceptance.js';
import { ESTABLISHED } from './rfc9293/transition.js';

const CONNECTION_WANTED = OPENED;
const CONNECTION_LOOKED_AT = OPENED | SYN_HELD | SELF | IN_DOUBT | OPENED_BY_ANSWER;

const SENDER_WANTED = HAS_BASE | NEXT_KNOWN | HAS_CONTIGUOUS | HAS_ACKED | LAST_HAD_ACK | CHECKSUM_SEEN;
const SENDER_LOOKED_AT =
  SENDER_WANTED | BASE_PROVISIONAL | CHALLENGE_DUE | FIN_SENT | FIN_RECEIVED | BARE_FIN;

const RECEIVER_WANTED = HAS_BASE | NEXT_KNOWN | HAS_CONTIGUOUS;
const RECEIVER_LOOKED_AT = RECEIVER_WANTED | FIN_SENT | BARE_FIN;

/** Set by the SYN or SYN-ACK that the sender sent last. */
const AFTER_SYN = UNSCALED | LAST_WAS_SYN_ACK;

/**
 * Notes which end's next plain segment may take the fast path: call it after every change of the values that are checked
 * here.
 */
export function markFast(focus: Focus): void {
  const { connection, sender, receiver, side, extras } = focus;
  let bits = connection.bits & ~(FAST_0 | FAST_1);
  if (
    (bits & CONNECTION_LOOKED_AT) === CONNECTION_WANTED &&
    sender.state === ESTABLISHED &&
    receiver.state === ESTABLISHED &&
    (connection.firstRtt !== 0 || connection.recentSynAt < 0) &&
    // no reset waits to be judged by what follows it, and no ladder wants each segment
    (extras === null || (extras.reset === null && extras.ladder === null))
  ) {
    if (isFast(sender, receiver)) bits |= FAST_0 << side;
    if (isFast(receiver, sender)) bits |= FAST_0 << (1 - side);
  }
  connection.bits = bits;
}

function isFast(sender: EndpointCursor, receiver: EndpointCursor): boolean {
  return (
    (sender.bits & SENDER_LOOKED_AT) === SENDER_WANTED &&
    (receiver.bits & RECEIVER_LOOKED_AT) === RECEIVER_WANTED &&
    zeekIsOrdinary(sender, receiver)
  );
}

/**
 * Processes the segment if it is an ordinary one of the connection in focus; else returns false and changes nothing.
 * `slot`: the connection's.
 */
export function takeFastPath(focus: Focus, arrival: Arrival, slot: number, zeek: Zeek | null): boolean {
  const { connection, sender, receiver, side } = focus;
  const bits = connection.bits;
  if ((bits & (FAST_0 << side)) === 0) return false;
  const { packet } = arrival;
  const { bits: options, timestamp } = arrival.options;
  const { sequence, acknowledgement, window } = packet;
  const length = packet.payloadLength;
  if ((packet.flags & ~PSH) !== ACK || (options & ~HAS_TIMESTAMPS) !== 0 || window === 0) return false;
  if (sequence !== sender.nextSequence) return false;
  const senderBits = sender.bits;
  // acknowledges something unseen
  if (((acknowledgement - receiver.contiguous) | 0) > 0) return false;
  // acknowledges less than the window allows (RFC 5961 5.2)
  if (acknowledgesTooLittle(sender, packet)) return false;
  // reassembled, inflated, or malformed
  if (packet.ipOffset < 0 || packet.broken) return false;
  // the first timestamp of its sender, or one that goes back (PAWS)
  if ((options & HAS_TIMESTAMPS) !== 0) {
    if ((senderBits & HAS_TIMESTAMP) === 0 || ((timestamp - sender.timestamp) | 0) < 0) return false;
  }
  const inOrder = sequence === sender.contiguous;
  const loss = zeek !== null && (isCut(packet) || (sender.zeek & (PEER_HAS_HOLES | HOLE_IS_OPEN)) !== 0);
  if (loss && !lossIsOrdinary(sender, receiver, packet)) return false;
  const { medians } = focus;
  const { at, number } = arrival;
  const { acknowledged } = sender;
  const timed = (bits & TIMED) !== 0;
  const lastAcknowledgement = sender.lastAcknowledgement;
  if (length > 0) {
    const next = (sequence + length) | 0;
    const receiverWindow = receiver.window;
    const acknowledgedAlready = (next - receiver.lastAcknowledgement) | 0;
    const window = receiverWindow << windowShift(receiver);
    // fills the window, or begins beyond it
    if (receiverWindow === 0 || acknowledgedAlready === window || acknowledgedAlready <= 0) return false;
    if (acknowledgedAlready - length > window) return false;
    const mss = receiver.mssScaleTtl & MSS;
    if (length > mss && mss > 0 && (senderBits & LARGER_THAN_MSS) === 0) return false;
    if (sender.packets < FIRST_SEGMENTS && !ordinaryChecksum(senderBits, packet)) return false;
    if (inOrder) sender.contiguous = next;
    sender.nextSequence = next;
    sender.nextSequenceAt = at;
    sender.bytes += length;
    sender.unanswered++;
    if ((bits & RESPONSES_TIMED) !== 0) {
      if ((bits & CLIENT_IS_SIDE_1) === side) noteRequest(connection, true, at);
      else noteAnswer(medians, connection, receiver, packet, at);
    }
    if (acknowledgement !== lastAcknowledgement) sender.duplicateAcks = 0;
  } else {
    // says nothing new: a duplicate ACK, a window update, an answer to a probe
    if (acknowledgement === lastAcknowledgement) return false;
    sender.duplicateAcks = 0;
  }
  if (inOrder && (options & HAS_TIMESTAMPS) !== 0) sender.timestamp = timestamp;
  if ((senderBits & AFTER_SYN) !== 0) sender.bits = senderBits & ~AFTER_SYN;
  sender.window = window;
  sender.lastAcknowledgement = acknowledgement;
  sender.lastAckAt = at;
  sender.lastCodes = 0;
  if (((acknowledgement - acknowledged) | 0) > 0) {
    if (((acknowledgement - receiver.nextSequence) | 0) <= 0) sender.acknowledged = acknowledgement;
  }
  sender.packets++;
  sender.lastNumber = number;
  connection.segmentSent = length * 2 + side;
  receiver.unanswered = 0;
  notePlain(connection, length);
  if (zeek !== null) plainLetter(zeek.histories, connection, sender, side, length);
  if (loss) {
    zeek.ordinaryLoss(connection, sender, receiver, packet, slot, side, acknowledged);
    markFast(focus);
  }
  const roundTrip = timeRoundTrip(medians, sender, receiver, packet, length > 0, false, timed, at);
  if (roundTrip >= 0) focus.measured(roundTrip);
  const lastAt = connection.lastAt;
  const silence = at - lastAt;
  if (silence > connection.silence) {
    connection.silence = silence;
    connection.silencePacket = number;
  }
  if (silence > 0) connection.lastAt = at;
  if (number > connection.lastPacket) connection.lastPacket = number;
  return true;
}
