/**
 * Segments that are too big for the path: ICMP errors about them, and how their sender reacts.
 * To read first: RFC 1191, RFC 8201 (path MTU discovery), RFC 2923 2.1 (black holes), RFC 4821.
 *
 * Objects here are never changed but replaced: a saved copy of the connection may refer to them.
 */
import type { Packet } from '../../decode/packet.js';
import { HAS_TIMESTAMPS } from '../../decode/tcp-options.js';
import { DUPLICATE_ACK, WINDOW_UPDATE } from '../memory/codes.js';
import { HAS_ACKED, LARGER_THAN_MSS, MSS, SENT_SYN } from '../memory/connection.js';
import { withSide } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import type { TooBig } from '../memory/observations.js';

/** Shorter segments pass wherever TCP does (RFC 9293 3.7.1: 536 bytes). */
const LARGE = 537;
/** A segment sent again this often, and then a smaller one, suggest a black hole. */
export const STALLED = 3;

/** An error that quotes a segment of `focus.side`. */
export function noteTooBig(focus: Focus, packet: Packet, number: number, at: number): void {
  const { side } = focus;
  const extras = focus.ensureExtras();
  const before = extras.tooBig[side];
  const { sequence } = packet;
  const mtu = packet.icmpMtu > 0 ? packet.icmpMtu : null;
  const fresh: TooBig = {
    packet: number,
    at,
    mtu,
    firstQuoted: sequence,
    lastQuoted: sequence,
    sentAgain: false,
    refusedAgain: 0,
    large: 0,
    largeAt: at,
    smaller: 0,
  };
  // the same error may have been captured twice: only one that follows a repetition answers that
  const again = before?.sentAgain === true && isQuoted(before, sequence);
  const now = before ?? fresh;
  extras.tooBig = withSide(extras.tooBig, side, {
    ...now,
    mtu: mtu ?? now.mtu,
    lastQuoted: sequence,
    sentAgain: again ? false : now.sentAgain,
    refusedAgain: now.refusedAgain + (again ? 1 : 0),
  });
}

function isQuoted({ firstQuoted, lastQuoted }: TooBig, sequence: number): boolean {
  return sequence === firstQuoted || sequence === lastQuoted;
}

/** Data in focus that was sent before. */
export function noteSentAgain(focus: Focus): void {
  const { receiver, packet, side } = focus;
  const mss = receiver.mssScaleTtl & MSS;
  const tooBig = focus.extras?.tooBig[side] ?? null;
  if (tooBig !== null) noteAfterError(focus, tooBig);
  // longer than the MSS: cut after the place of capture, into pieces of unknown length
  else if (packet.payloadLength >= LARGE && (mss === 0 || packet.payloadLength <= mss)) noteLarge(focus);
  else if (packet.payloadLength > 0) noteSmaller(focus);
}

function noteAfterError(focus: Focus, before: TooBig): void {
  const { sender, packet, number, side, at } = focus;
  const quoted = isQuoted(before, packet.sequence);
  const fits = before.mtu !== null && leastSize(focus) <= before.mtu;
  const joined = (sender.bits & LARGER_THAN_MSS) !== 0;
  const large = !fits && before.mtu !== null && !joined;
  const extras = focus.ensureExtras();
  extras.tooBig = withSide(extras.tooBig, side, {
    ...before,
    sentAgain: before.sentAgain || (quoted && !fits),
    large: before.large + (large ? 1 : 0),
    largeAt: large ? at : before.largeAt,
    smaller: before.smaller === 0 && quoted && fits ? number : before.smaller,
  });
}

/** Length of the IP packet at least: its header may have had further options. */
function leastSize({ packet, options }: Focus): number {
  const header = packet.ipVersion === 6 ? 40 : 20;
  const timestamps = (options.bits & HAS_TIMESTAMPS) !== 0 ? 12 : 0;
  return header + 20 + timestamps + packet.payloadLength;
}

/**
 * A black hole shows where nothing as large as this segment was ever acknowledged. That is certain where fewer bytes
 * were acknowledged in all; later in a connection only the lengths of all segments could show it.
 */
function noteLarge(focus: Focus): void {
  const { sender, receiver, packet, number, side } = focus;
  const { sequence, payloadLength: length } = packet;
  const extras = focus.extras;
  const before = extras?.stalls[side] ?? null;
  if (before !== null && before.sequence === sequence && length < before.length) {
    noteSmaller(focus);
    return;
  }
  const wanted = (receiver.bits & HAS_ACKED) !== 0 && receiver.acknowledged === sequence;
  const behind = (sequence - sender.base - 1) | 0;
  if (!wanted || (sender.bits & SENT_SYN) === 0 || behind < 0 || behind >= length) return;
  if (receiver.window === 0) return;
  const same = before !== null && before.sequence === sequence && before.length === length;
  // an empty segment that acknowledges nothing more: it answers one beyond a gap
  const repeats = receiver.duplicateAcks > 0 || (receiver.lastCodes & (DUPLICATE_ACK | WINDOW_UPDATE)) !== 0;
  const heard = repeats && receiver.lastAckAt > sender.nextSequenceAt;
  const made = focus.ensureExtras();
  made.stalls = withSide(made.stalls, side, {
    sequence,
    length,
    count: same ? before.count + 1 : 1,
    packet: same ? before.packet : number,
    heard: heard || (same && before.heard),
    smaller: 0,
  });
}

function noteSmaller(focus: Focus): void {
  const { packet, number, side } = focus;
  const extras = focus.extras;
  const before = extras?.stalls[side] ?? null;
  if (extras === null || before === null || before.smaller !== 0) return;
  if (packet.sequence !== before.sequence || packet.payloadLength >= before.length) return;
  extras.stalls = withSide(extras.stalls, side, { ...before, smaller: number });
}
