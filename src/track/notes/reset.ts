/**
 * RSTs: the state of things when one was seen, so that its cause can be judged later (verdict/reset.ts), and what
 * followed, since later packets show whether it was taken.
 */

import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { HAS_TIMESTAMPS } from '../../decode/tcp-options.js';
import { KEEP_ALIVE, RETRANSMISSION, ZERO_WINDOW_PROBE } from '../memory/codes.js';
import {
  type EndpointCursor,
  FIN_ACKED,
  LAST_HAD_ACK,
  NEXT_KNOWN,
  RST_ENDED,
  RST_REFUSED,
  RST_SENT,
} from '../memory/connection.js';
import { type Extras, type IgnoredBecause, type Reset, withSide, ZEROS } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { resetBeyond } from '../rfc9293/acceptance.js';
import { hasAcknowledged } from '../rfc9293/sequence.js';
import { CLOSED, synchronised, TIME_WAIT } from '../rfc9293/transition.js';

/** Packets that were captured within this time may be in the wrong order. */
const REORDER_TOLERANCE_NS = 1e6;

/** How much longer than the shortest round trip an answer may take. */
export const ANSWER_SLACK_NS = 2e6;

/** No timer of an end that gives up is shorter (Linux: 200 ms). */
const TIMER_NS = 150e6;

/** Its sender's last segments were repeated without an answer for as long as a timer takes. */
export function givesUp(reset: Reset): boolean {
  const { previous } = reset;
  if (!reset.unanswered || previous === null || previous.side !== reset.side) return false;
  if (previous.earlier > TIMER_NS) return true;
  return reset.hasAck && reset.window === 0 && reset.senderRetransmissions > 0;
}

/** The segment before the one at hand, over both directions. */
export interface Previous {
  packet: number;
  side: 0 | 1;
  length: number;
  codes: number;
  at: number;
}

/** Describes an RST and the connection before it takes effect. */
function describeReset(focus: Focus, ignored: IgnoredBecause | null, previous: Previous | null): Reset {
  const { sender, receiver, packet, options, number, side, at } = focus;
  const states: [number, number] =
    side === 0 ? [sender.state, receiver.state] : [receiver.state, sender.state];
  return {
    side,
    packet: number,
    at,
    accepted: ignored === null,
    ignoredBecause: ignored,
    hasAck: (packet.flags & ACK) !== 0,
    window: packet.window,
    timestamps: (options.bits & HAS_TIMESTAMPS) !== 0,
    ipId: packet.ipId,
    ttl: packet.ttl,
    usualTtl: sender.mssScaleTtl >>> 24 === 0 ? packet.ttl : sender.mssScaleTtl >>> 24,
    payload: packet.payloadLength,
    rawSequence: packet.sequence,
    highest: highestReset(focus),
    before: states,
    atNext: (sender.bits & NEXT_KNOWN) !== 0 && packet.sequence === sender.nextSequence,
    atAcknowledged: isAtAcknowledged(focus, previous),
    beyond: resetBeyond(sender, receiver, packet),
    own: lastOf(sender, at),
    // also what was ignored may be answered
    other:
      previous !== null && previous.side !== side
        ? { packet: previous.packet, earlier: at - previous.at }
        : lastOf(receiver, at),
    previous:
      previous === null
        ? null
        : {
            packet: previous.packet,
            side: previous.side,
            length: previous.length,
            codes: previous.codes,
            earlier: at - previous.at,
          },
    acknowledgedAll: (receiver.bits & NEXT_KNOWN) !== 0 && hasAcknowledged(sender, receiver.nextSequence),
    roundTrip: focus.shortestTrip(receiver),
    senderFinPacket: sender.finPacket,
    senderFinAcked: (sender.bits & FIN_ACKED) !== 0,
    receiverFinPacket: receiver.finPacket,
    acknowledgesFin:
      (packet.flags & ACK) !== 0 &&
      receiver.finPacket > 0 &&
      ((packet.acknowledgement - receiver.nextSequence) | 0) >= 0,
    dataAfterFin: dataAfterFin(focus),
    senderReceivedBytes: receiver.bytes,
    senderOnlySyns: sender.packets === sender.synCount,
    dataUnanswered:
      receiver.bytes > 0 && (sender.bytes === 0 || receiver.nextSequenceAt > sender.nextSequenceAt),
    senderRetransmissions: sender.retransmissions,
    unanswered: (sender.lastCodes & (RETRANSMISSION | KEEP_ALIVE | ZERO_WINDOW_PROBE)) !== 0,
    forgeryEvidence: 0,
    dataTaken: false,
    later: ZEROS,
  };
}

/** Whether the RST has the number that the segment before it acknowledged, were that one accepted or not. */
function isAtAcknowledged({ extras, receiver, packet, side }: Focus, previous: Previous | null): boolean {
  const ignored = extras?.ignoredAck ?? null;
  if (ignored !== null && ignored.side !== side && ignored.packet === previous?.packet)
    return packet.sequence === ignored.acknowledgement;
  return (receiver.bits & LAST_HAD_ACK) !== 0 && packet.sequence === receiver.lastAcknowledgement;
}

function dataAfterFin({ extras, sender, side, at }: Focus): Reset['dataAfterFin'] {
  const data = extras?.dataAfterFin ?? null;
  if (data === null || data.side === side || hasAcknowledged(sender, data.end)) return null;
  return { packet: data.packet, earlier: at - data.at };
}

/** The highest number that RSTs of the side have had: what lies below it was sent before them. */
export function highestReset({ extras, packet, side }: Focus): number {
  const before = extras?.reset;
  if (before == null || before.side !== side) return packet.sequence;
  return ((before.highest - packet.sequence) | 0) > 0 ? before.highest : packet.sequence;
}

function lastOf(end: EndpointCursor, at: number): { packet: number; earlier: number } {
  return { packet: end.lastNumber, earlier: end.lastNumber === 0 ? 0 : at - end.lastAckAt };
}

/** Counts what either side sent after the RST that counts so far. */
function noteAfterReset(extras: Extras, packet: Packet, side: 0 | 1): void {
  const { reset } = extras;
  if (reset !== null && (packet.flags & RST) === 0)
    reset.later = withSide(reset.later, side, reset.later[side] + 1);
}

/**
 * True where this segment shows that the supposed sender of an accepted RST goes on beyond it, which an end that
 * has aborted cannot do: then the RST was not its own.
 */
function senderContinues(
  reset: Reset,
  sender: EndpointCursor,
  packet: Packet,
  side: 0 | 1,
  at: number,
): boolean {
  if (!reset.accepted || reset.side !== side || (packet.flags & (RST | SYN)) !== 0) return false;
  if (sender.state !== CLOSED || (packet.flags & ACK) === 0) return false;
  // segments that were merely overtaken by the RST lie before it
  if (((packet.sequence - sender.nextSequence) | 0) < 0) return false;
  if (((packet.sequence - reset.highest) | 0) < 0) return false;
  // and a bare ACK may have changed places with it in the capture
  return packet.payloadLength > 0 || (packet.flags & FIN) !== 0 || at - reset.at > REORDER_TOLERANCE_NS;
}

/** No segment is in flight for longer than this: by RFC 6298 2 nothing is retransmitted sooner. */
const MAX_TRANSIT_NS = 1e9;

/** True where the receiver of an accepted RST goes on long after it: the RST was lost beyond the capture point. */
function receiverContinues(
  reset: Reset,
  sender: EndpointCursor,
  packet: Packet,
  side: 0 | 1,
  at: number,
): boolean {
  if (!reset.accepted || reset.side === side || (packet.flags & (RST | SYN | ACK)) !== ACK) return false;
  if (sender.state !== CLOSED || reset.before[side] === CLOSED) return false;
  // in TIME-WAIT it answers segments after the RST
  const answers = reset.before[side] === TIME_WAIT && reset.later[reset.side] > 0;
  return answers || at - reset.at > MAX_TRANSIT_NS;
}

/** The newest segment before the current one. */
export function previousSegment(focus: Focus): Previous | null {
  const { sender, receiver, connection } = focus;
  const packet = Math.max(sender.lastNumber, receiver.lastNumber);
  if (packet === 0) return null;
  const { segmentSent: sent } = connection;
  const side = (sent & 1) === 0 ? 0 : 1;
  const { lastCodes: codes } = side === focus.side ? sender : receiver;
  return { packet, side, length: sent >>> 1, codes, at: connection.lastAt };
}

/** Notes an RST before it takes effect. */
export function noteReset(focus: Focus, ignored: IgnoredBecause | null, previous: Previous | null): void {
  const { receiver, number, side } = focus;
  const extras = focus.ensureExtras();
  const reset = describeReset(focus, ignored, previous);
  extras.resets++;
  // one that refused a SYN is past once a later SYN was answered
  const past = (focus.connection.bits & RST_REFUSED) !== 0 && synchronised(receiver.state);
  const first = past ? null : extras.reset;
  if (first?.accepted === true && first.side !== side && extras.crossedReset === 0 && crosses(first, reset)) {
    extras.crossedReset = number;
    extras.find('both-reset', number, side, { first: first.packet });
  }
  if (reset.accepted && extras.ignoredSyn !== null && previous !== null && !reset.hasAck) {
    extras.find('half-open-discovered', previous.packet, previous.side);
  }
  // the RST that ended the connection is the one to explain; until there is one, the newest
  if (first === null || !first.accepted) extras.reset = reset;
}

/** Sent before its sender had received the other one: within a round trip of it. */
function crosses(first: Reset, second: Reset): boolean {
  if (!second.hasAck || !second.atNext) return false;
  const trip = first.roundTrip + second.roundTrip;
  return second.at - first.at <= Math.max(2 * trip, REORDER_TOLERANCE_NS);
}

/** Its supposed sender acknowledges the data right before the RST, which nobody had acknowledged or sent again by then. */
function takesData(reset: Reset, { receiver, packet, side }: Focus): boolean {
  if (side !== reset.side || (packet.flags & (RST | SYN | ACK)) !== ACK || reset.acknowledgedAll)
    return false;
  const answered = reset.previous?.packet === reset.other.packet && reset.previous.length > 0;
  const other = side === 0 ? 1 : 0;
  if (!answered || reset.later[other] > 0) return false;
  return packet.acknowledgement === receiver.nextSequence;
}

/** Compares an earlier RST with the current segment: what both ends do later shows who sent the RST and who accepted it. */
export function reconsiderReset(focus: Focus): void {
  const { sender, receiver, packet, number, side, at } = focus;
  const extras = focus.extras;
  const reset = extras?.reset ?? null;
  if (extras === null || reset === null) return;
  noteAfterReset(extras, packet, side);
  if (takesData(reset, focus)) reset.dataTaken = true;
  const other = side === 0 ? 1 : 0;
  if (
    reset.forgeryEvidence > 0 &&
    reset.accepted &&
    side !== reset.side &&
    (packet.flags & (RST | SYN | ACK)) === ACK
  ) {
    // the end that seemed to have accepted the forged RST goes on as well
    retractReset(focus, reset);
    if (sender.state === CLOSED) sender.state = reset.before[side];
    return;
  }
  if (receiverContinues(reset, sender, packet, side, at)) {
    sender.state = reset.before[side];
    sender.bits &= ~RST_SENT;
    extras.find('rst-lost', number, side, {
      rst: reset.packet,
      held: reset.before[side] === TIME_WAIT ? 1 : 0,
    });
    return;
  }
  if (!senderContinues(reset, sender, packet, side, at)) return;
  if (sender.state === CLOSED) sender.state = reset.before[side];
  if (reset.later[other] === 0) {
    // what the receiver does next shows whether it accepted the RST
    reset.forgeryEvidence = number;
    return;
  }
  retractReset(focus, reset);
  if (receiver.state === CLOSED) receiver.state = reset.before[other];
}

function retractReset(focus: Focus, reset: Reset): void {
  reset.accepted = false;
  reset.ignoredBecause = null;
  focus.connection.bits &= ~(RST_ENDED | RST_REFUSED);
  focus.sender.bits &= ~RST_SENT;
  focus.receiver.bits &= ~RST_SENT;
}
