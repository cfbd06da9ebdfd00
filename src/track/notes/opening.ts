/** What is noted where an opening completes, or turns out not to be complete. */

import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import {
  BOTH_SYNS,
  FAST_OPEN_ACCEPTED,
  OPENED_BY_ANSWER,
  OPENING_ACK_MISSED,
  RST_ENDED,
  SENT_SYN,
  SENT_SYN_ACK,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { SYN_RECEIVED } from '../rfc9293/transition.js';
import { ANSWER_SLACK_NS } from './reset.js';

/**
 * The other end's data came before the repeated SYN-ACK in focus: with the third segment, or more than once, so that it
 * hardly was lost each time. A server that waits for data (TCP_DEFER_ACCEPT) would have taken it.
 */
export function dataWasSent({ extras, receiver }: Focus): boolean {
  if ((extras?.synData[0] ?? 0) + (extras?.synData[1] ?? 0) > 0) return false;
  const different = (receiver.nextSequence - receiver.base - 1) | 0;
  return extras?.found('handshake-data') === true || receiver.bytes > different;
}

/** The segment in focus completes the opening; `state` is that of its sender before it. */
export function noteOpening(focus: Focus, state: number): void {
  const { connection, sender, receiver, packet, number, at } = focus;
  connection.openedAt = at;
  connection.openedPacket = number;
  // an RST before it ended nothing
  const { extras } = focus;
  if (extras?.reset != null) {
    extras.earlyReset = extras.reset;
    extras.reset = null;
    connection.bits &= ~RST_ENDED;
  }
  if ((packet.flags & SYN) !== 0) return;
  if (state === SYN_RECEIVED && (connection.bits & BOTH_SYNS) === 0) {
    // what the end that sent the SYN-ACK says next proves that it has the ACK, or may have overtaken it
    const taken = (connection.bits & FAST_OPEN_ACCEPTED) !== 0;
    const more = !taken && ((packet.acknowledgement - receiver.base) | 0) > 1;
    connection.bits |= more ? OPENING_ACK_MISSED : OPENED_BY_ANSWER;
    return;
  }
  if (missedThird(focus)) connection.bits |= OPENING_ACK_MISSED;
  else if (packet.payloadLength > 0 && (sender.bits & SENT_SYN) !== 0) remark(focus, 'handshake-data');
}

/** The ACK of the SYN-ACK comes after the segment that seemed to prove it: the ACK completes the opening. */
export function noteLateThird(focus: Focus): void {
  const { connection, sender, packet, number, at } = focus;
  if ((packet.flags & (SYN | RST | ACK)) !== ACK || (sender.bits & SENT_SYN_ACK) !== 0) return;
  connection.bits &= ~OPENED_BY_ANSWER;
  if (missedThird(focus)) {
    connection.bits |= OPENING_ACK_MISSED;
    return;
  }
  connection.openedAt = at;
  connection.openedPacket = number;
}

/** Nanoseconds: a SYN or SYN-ACK that has no answer by then is sent again (RFC 6298 2.1). */
const FIRST_RTO_NS = 1e9;

/**
 * The segment that acknowledges the SYN-ACK is not the first of its sender after the SYN: bytes before it were not captured, or
 * it has data or FIN, and comes so late that the SYN or the SYN-ACK would have been sent again without an ACK before. Without the
 * SYN-ACK a FIN tells no time at all.
 */
function missedThird({ sender, receiver, side, extras, packet, gap, at }: Focus): boolean {
  if ((sender.bits & SENT_SYN) === 0) return false;
  if (gap > 0) return true;
  const closes = (packet.flags & FIN) !== 0;
  if (packet.payloadLength === 0 && !closes) return false;
  const answered = receiver.synPacket > 0;
  if (!answered && closes) return true;
  const other = side === 0 ? 1 : 0;
  const again = extras?.synTimes(answered ? other : side) ?? [];
  return at - Math.max(answered ? receiver.synAt : sender.synAt, ...again) > FIRST_RTO_NS;
}

/**
 * An RST without ACK, at the number of the third segment's acknowledgement, right after it (RFC 9293 3.5.2). The third
 * segment may bring data; data behind it may be what the RST answers.
 */
export function answersThird(focus: Focus): boolean {
  const { connection, sender, receiver, packet, at } = focus;
  if ((packet.flags & ACK) !== 0 || (sender.bits & SENT_SYN_ACK) === 0) return false;
  if ((connection.bits & FAST_OPEN_ACCEPTED) !== 0) return false;
  if (sender.packets !== sender.synCount || packet.sequence !== receiver.lastAcknowledgement) return false;
  const trip = focus.shortestTrip(receiver);
  return (
    receiver.lastNumber === connection.openedPacket && at - connection.openedAt <= 2 * trip + ANSWER_SLACK_NS
  );
}

/** A finding of the segment in focus, with its length. */
export function remark(focus: Focus, code: string): void {
  focus.ensureExtras().find(code, focus.number, focus.side, { length: focus.packet.payloadLength });
}
