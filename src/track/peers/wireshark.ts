/**
 * What a segment means after those before it: retransmission, out of order, keep-alive, zero window…
 *
 * The rules are Wireshark's (tcp.analysis.*, in its order of tests), compared with tshark segment by segment.
 * Where Wireshark is known to be wrong we differ on purpose; docs/differences.md lists each case:
 * - 0 is a number like any other, not "unknown";
 * - a byte that was never acknowledged is sent again; a keep-alive repeats one that was;
 * - Linux probes a zero window with a segment that looks like a keep-alive: the closed window shows which it is;
 * - an ACK that answers an ignored RST or SYN is a challenge ACK, not a duplicate ACK;
 * - the SYN-ACKs of a simultaneous open are no retransmissions;
 * - an ACK that carries Multipath TCP signals is no duplicate ACK (RFC 8684 3.3.1).
 */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { HAS_MULTIPATH, HAS_SACK } from '../../decode/tcp-options.js';
import {
  ACK_LOST_SEGMENT,
  CHALLENGE_ACK,
  DUPLICATE_ACK,
  FAST_RETRANSMISSION,
  KEEP_ALIVE,
  KEEP_ALIVE_ACK,
  LOST_SEGMENT,
  OUT_OF_ORDER,
  RETRANSMISSION,
  SPURIOUS_RETRANSMISSION,
  WINDOW_FULL,
  WINDOW_UPDATE,
  ZERO_WINDOW,
  ZERO_WINDOW_PROBE,
  ZERO_WINDOW_PROBE_ACK,
} from '../memory/codes.js';
import {
  BARE_FIN,
  BASE_PROVISIONAL,
  BOTH_SYNS,
  CHALLENGE_DUE,
  type ConnectionCursor,
  type EndpointCursor,
  HAS_BASE,
  HAS_CONTIGUOUS,
  LAST_HAD_ACK,
  LAST_WAS_SYN_ACK,
  NEXT_KNOWN,
  SENT_SYN,
  SYN_ACK_SEEN,
  UNSCALED,
} from '../memory/connection.js';
import { windowShift } from '../rfc9293/acceptance.js';
import { SYN_SENT } from '../rfc9293/transition.js';

/** A fast retransmission follows the duplicate ACKs within this time. */
const FAST_RETRANSMISSION_NS = 20_000_000;
/** Out of order rather than sent again, where the round-trip time is not known. */
const OUT_OF_ORDER_NS = 3_000_000;

/**
 * Judges a segment against what was seen before it, and notes it for those that follow. `at` is its time in
 * nanoseconds, `options` the HAS_ bits of its options; where `counts` is false its receiver drops it, so that
 * later segments are not compared with it. Returns bits of codes.ts.
 */
export function analyseSegment(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  options: number,
  at: number,
  counts: boolean,
): number {
  const flags = packet.flags;
  const sequence = packet.sequence;
  const acknowledgement = packet.acknowledgement;
  takeBase(sender, receiver, packet, counts);
  let codes = 0;
  const length = packet.payloadLength;
  const senderBits = sender.bits;
  const hasNext = (senderBits & NEXT_KNOWN) !== 0;
  const fromNext = (sequence - sender.nextSequence) | 0;
  const control = flags & (SYN | FIN | RST);
  if (length === 1 && hasNext && fromNext === 0 && windowClosed(receiver)) {
    codes = ZERO_WINDOW_PROBE;
  } else {
    if (packet.window === 0 && control === 0) codes |= ZERO_WINDOW;
    if (hasNext && fromNext > 0 && (flags & RST) === 0) codes |= LOST_SEGMENT;
    if (control === 0) codes |= repeats(connection, sender, receiver, packet, options, hasNext, fromNext);
  }
  if (acknowledgement !== sender.lastAcknowledgement) sender.duplicateAcks = 0;

  if (
    (flags & ACK) !== 0 &&
    (receiver.bits & HAS_CONTIGUOUS) !== 0 &&
    ((acknowledgement - receiver.contiguous) | 0) > 0 &&
    ((receiver.bits & BARE_FIN) === 0 || acknowledgement !== ((receiver.finSequence + 1) | 0))
  ) {
    if (((receiver.contiguous - receiver.nextSequence) | 0) < 0) {
      receiver.contiguous = receiver.nextSequence;
      codes |= ACK_LOST_SEGMENT;
    } else {
      // one message for one missing segment, however often it is acknowledged
      if (receiver.duplicateAcks === 0) codes |= ACK_LOST_SEGMENT;
      receiver.duplicateAcks = -1;
    }
  }

  const occupies = length > 0 || (flags & (SYN | FIN)) !== 0;
  if (occupies && (codes & KEEP_ALIVE) === 0) {
    codes |= sentBefore(connection, sender, receiver, packet, hasNext, fromNext, at);
  }
  if (counts) remember(sender, packet, codes, at);
  return codes;
}

/**
 * Relative numbers count from the first segment, as Wireshark's do. One that its receiver drops may be of another
 * connection: its number is only used until there is a better one.
 */
function takeBase(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet, counts: boolean): void {
  if (
    (sender.bits & (HAS_BASE | BASE_PROVISIONAL)) !== HAS_BASE &&
    (counts || (sender.bits & HAS_BASE) === 0)
  ) {
    sender.base = (packet.flags & SYN) !== 0 ? packet.sequence : (packet.sequence - 1) | 0;
    sender.bits = counts
      ? (sender.bits & ~BASE_PROVISIONAL) | HAS_BASE
      : sender.bits | HAS_BASE | BASE_PROVISIONAL;
  }
  if (
    counts &&
    (packet.flags & SYN) !== 0 &&
    (sender.bits & SENT_SYN) === 0 &&
    sender.base !== packet.sequence
  ) {
    // its first SYN, after its base was guessed from an acknowledgement, or was that of an RST that refused
    sender.base = packet.sequence;
    sender.bits &= ~(NEXT_KNOWN | HAS_CONTIGUOUS);
  }
  if (counts && (receiver.bits & HAS_BASE) === 0 && (packet.flags & ACK) !== 0) {
    receiver.base = (packet.acknowledgement - 1) | 0;
    receiver.bits |= HAS_BASE;
  }
}

/** The last window that the end announced is zero, be it in a SYN-ACK or a FIN. */
export function windowClosed(end: EndpointCursor): boolean {
  return (end.bits & LAST_HAD_ACK) !== 0 && end.window === 0;
}

/** Tests for segments without anything new: keep-alives, probes, window updates, duplicate ACKs. */
function repeats(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  options: number,
  hasNext: boolean,
  fromNext: number,
): number {
  const length = packet.payloadLength;
  const window = packet.window;
  let codes = 0;
  if (hasNext && fromNext === -1 && length <= 1 && !(length === 1 && isUnacknowledged(sender, receiver))) {
    codes |= windowClosed(receiver) ? ZERO_WINDOW_PROBE : KEEP_ALIVE;
  }
  if (length > 0) {
    if (receiver.scale === -1) return codes;
    const edge = (receiver.lastAcknowledgement + (receiver.window << windowShift(receiver))) | 0;
    if (receiver.packets > 0 && ((packet.sequence + length) | 0) === edge) codes |= WINDOW_FULL;
    return codes;
  }
  const same =
    hasNext &&
    fromNext === 0 &&
    (sender.bits & LAST_HAD_ACK) !== 0 &&
    packet.acknowledgement === sender.lastAcknowledgement;
  if (!same) return codes;
  if (window === 0) {
    if (sender.window === 0 && (receiver.lastCodes & ZERO_WINDOW_PROBE) !== 0) codes |= ZERO_WINDOW_PROBE_ACK;
    return codes;
  }
  if (window !== sender.window) {
    // the window of a SYN-ACK is not scaled, so that the next one differs without saying anything new
    if ((sender.bits & LAST_WAS_SYN_ACK) !== 0) {
      if ((receiver.lastCodes & KEEP_ALIVE) !== 0) return codes | KEEP_ALIVE_ACK;
      if ((sender.bits & CHALLENGE_DUE) !== 0) return codes | CHALLENGE_ACK;
      if ((connection.bits & BOTH_SYNS) !== 0 || sameScaled(sender, window)) return codes;
    }
    return codes | WINDOW_UPDATE;
  }
  if ((receiver.lastCodes & KEEP_ALIVE) !== 0) return codes | KEEP_ALIVE_ACK;
  if ((sender.bits & CHALLENGE_DUE) !== 0) return codes | CHALLENGE_ACK;
  if ((options & HAS_MULTIPATH) !== 0 && (options & HAS_SACK) === 0) return codes;
  sender.duplicateAcks = sender.duplicateAcks < 0 ? 1 : sender.duplicateAcks + 1;
  return codes | DUPLICATE_ACK;
}

/** A byte that was not acknowledged is sent again; a keep-alive repeats one that was (RFC 1122 4.2.3.6). */
function isUnacknowledged(sender: EndpointCursor, receiver: EndpointCursor): boolean {
  return (
    (receiver.bits & LAST_HAD_ACK) !== 0 &&
    !windowClosed(receiver) &&
    ((sender.nextSequence - receiver.lastAcknowledgement) | 0) > 0
  );
}

/** The window of a SYN-ACK and the one after it are the same except for rounding by the scale (RFC 7323 2.2). */
function sameScaled(sender: EndpointCursor, window: number): boolean {
  return sender.scale > 0 && sender.window >>> sender.scale === window;
}

/** The retransmission family, for segments that occupy sequence numbers. */
function sentBefore(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  hasNext: boolean,
  fromNext: number,
  at: number,
): number {
  const length = packet.payloadLength;
  const sequence = packet.sequence;
  if (
    length > 0 &&
    (receiver.bits & LAST_HAD_ACK) !== 0 &&
    ((sequence + length - receiver.lastAcknowledgement) | 0) <= 0
  ) {
    return SPURIOUS_RETRANSMISSION | RETRANSMISSION;
  }
  // real data after a one-byte probe is new
  if (!hasNext || fromNext >= 0 || (length > 1 && fromNext === -1)) return 0;
  if ((packet.flags & SYN) !== 0 && isNewSyn(connection, sender, receiver, packet)) return 0;
  // as in Wireshark, -1 (an acknowledgement of something unseen) counts as many
  if (
    receiver.duplicateAcks >>> 0 >= 2 &&
    receiver.lastAcknowledgement === sequence &&
    at - receiver.lastAckAt < FAST_RETRANSMISSION_NS
  ) {
    return FAST_RETRANSMISSION | RETRANSMISSION;
  }
  const soon = connection.firstRtt === 0 ? OUT_OF_ORDER_NS : connection.firstRtt;
  if (at - sender.nextSequenceAt < soon && at - sender.nextSequenceAt >= 0) {
    const end = (sequence + length + ((packet.flags & (SYN | FIN)) !== 0 ? 1 : 0)) | 0;
    if (end !== sender.nextSequence) return OUT_OF_ORDER;
  }
  return RETRANSMISSION;
}

/** A SYN that its sender has not sent before, although its number was met before. */
function isNewSyn(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): boolean {
  // the server of a split handshake acknowledges the SYN before it sends its own
  if ((packet.flags & ACK) === 0) return (sender.bits & SENT_SYN) === 0 && receiver.state === SYN_SENT;
  // the second SYN of an end that opens simultaneously acknowledges the other's SYN
  return (
    (connection.bits & SYN_ACK_SEEN) === 0 || ((connection.bits & BOTH_SYNS) !== 0 && !sentSynAck(sender))
  );
}

/** Whether an end that opens simultaneously has answered already: its acknowledgement shows it. */
function sentSynAck(sender: EndpointCursor): boolean {
  return (sender.bits & SENT_SYN) !== 0 && (sender.bits & LAST_WAS_SYN_ACK) !== 0;
}

/** Notes what later segments are compared with. */
function remember(sender: EndpointCursor, packet: Packet, codes: number, at: number): void {
  const flags = packet.flags;
  const control = ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
  const next = (packet.sequence + packet.payloadLength + control) | 0;
  const hasNext = (sender.bits & NEXT_KNOWN) !== 0;
  // a probe does not advance; an RST occupies nothing, and its number may answer what was never sent
  const probe = (codes & ZERO_WINDOW_PROBE) !== 0 || ((flags & RST) !== 0 && hasNext);
  if ((!hasNext || ((next - sender.nextSequence) | 0) > 0) && !probe) {
    sender.nextSequence = next;
    sender.nextSequenceAt = at;
    sender.bits |= NEXT_KNOWN;
  }
  // a segment that repeats old bytes and brings new ones is taken from where it is new (RFC 9293 3.10.7.4)
  const joins =
    ((packet.sequence - sender.contiguous) | 0) <= 0 &&
    ((next - sender.contiguous) | 0) >= (packet.sequence === sender.contiguous ? 0 : 1);
  if (((sender.bits & HAS_CONTIGUOUS) === 0 || joins) && !probe) {
    sender.contiguous = sender.nextSequence;
    sender.bits |= HAS_CONTIGUOUS;
  }
  // an RST announces no window
  if ((flags & RST) === 0) sender.window = packet.window;
  sender.lastAcknowledgement = packet.acknowledgement;
  sender.lastAckAt = at;
  sender.lastCodes = codes;
  let bits = sender.bits & ~(LAST_HAD_ACK | LAST_WAS_SYN_ACK | CHALLENGE_DUE);
  if ((flags & ACK) !== 0) bits |= LAST_HAD_ACK;
  if ((flags & (SYN | ACK)) === (SYN | ACK)) bits |= LAST_WAS_SYN_ACK;
  if ((flags & SYN) !== 0) bits |= UNSCALED;
  else if ((flags & ACK) !== 0) bits &= ~UNSCALED;
  sender.bits = bits;
}
