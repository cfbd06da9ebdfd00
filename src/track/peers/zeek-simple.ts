/**
 * The usual segments of a connection, as Zeek sees them, except those of fast-path.ts: the first SYN of an
 * end, data and ACKs, its FIN, all where they were expected. They leave a letter and a state at most, and numbers
 * that are ours.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { type EndpointCursor, SELF } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import {
  APART,
  CONTROL_IS_FIN,
  CONTROL_IS_RST,
  HOLE_IS_OPEN,
  isCut,
  isOriginator,
  LIVE,
  PEER_HAS_HOLES,
  plainLetter,
  SAW_FIN,
  SAW_SYN,
  SENT_FIN,
  STATE,
} from './zeek-bits.js';
import { knownAcknowledgement, type ZeekEnds } from './zeek-ends.js';
import { F, H, type Histories, S, SYN_ACK_ALONE } from './zeek-histories.js';
import {
  enter,
  INACTIVE,
  PARTIAL,
  RESET,
  SYN_ACK_SENT,
  ZEEK_CLOSED,
  ZEEK_ESTABLISHED,
  ZEEK_SYN_SENT,
} from './zeek-states.js';

/** What keeps a FIN from being simple. */
const FIN_LEFT = SENT_FIN | SAW_FIN | CONTROL_IS_FIN | CONTROL_IS_RST | HOLE_IS_OPEN;

/** Processes the segment in focus if it is one of these; else returns false and changes nothing. */
export function takeSimple(histories: Histories, ends: ZeekEnds, focus: Focus): boolean {
  const { connection, sender, receiver, packet } = focus;
  const mine = sender.zeek;
  const its = receiver.zeek;
  if ((mine & (APART | PEER_HAS_HOLES)) !== 0 || (its & APART) !== 0 || packet.window === 0) return false;
  if (packet.broken || isCut(packet) || (connection.bits & SELF) !== 0) return false;
  // acknowledges something unseen
  const next = receiver.nextSequence;
  const answers = (packet.flags & ACK) !== 0 && (its & STATE) !== INACTIVE;
  if (answers && ((packet.acknowledgement - next) | 0) > 0) return false;
  ends.peerLast = next;
  switch (packet.flags & (SYN | FIN | RST)) {
    case 0:
      return takePlain(histories, ends, focus, mine, its);
    case SYN:
      return takeSyn(histories, ends, focus, mine, its & STATE);
    case FIN:
      return takeFin(histories, ends, focus, mine, its & STATE);
    default:
      return false;
  }
}

function takePlain(histories: Histories, ends: ZeekEnds, focus: Focus, mine: number, its: number): boolean {
  const { connection, sender, packet, side } = focus;
  const { payloadLength: length } = packet;
  if ((mine & LIVE) === 0 || connection.history === SYN_ACK_ALONE) return false;
  if (length > 0 ? (mine & SENT_FIN) !== 0 : (packet.flags & ACK) === 0) return false;
  const last = sender.nextSequence;
  const beyond = (packet.sequence - last) | 0;
  // a hole, or data sent again
  if (beyond > 0 || (length > 0 && beyond + length <= 0)) return false;
  // data that fills a hole, or ends one
  if (length > 0 && ((mine & HOLE_IS_OPEN) !== 0 || (beyond < 0 && (its & PEER_HAS_HOLES) !== 0)))
    return false;
  ends.last = length > 0 ? (packet.sequence + length) | 0 : last;
  plainLetter(histories, connection, sender, side, length);
  return true;
}

/** The first segment of its end: a SYN, or the answer to one. */
function takeSyn(histories: Histories, ends: ZeekEnds, focus: Focus, mine: number, peer: number): boolean {
  const { connection, sender, receiver, packet, side } = focus;
  if (mine !== 0 || packet.payloadLength > 0) return false;
  const hasAck = (packet.flags & ACK) !== 0;
  const originator = isOriginator(connection, side);
  if (peer !== INACTIVE && !(peer === ZEEK_SYN_SENT && hasAck && !originator)) return false;
  // acknowledged before its first segment
  if (((knownAcknowledgement(receiver, packet.sequence) - packet.sequence) | 0) > 1) return false;
  if (peer === ZEEK_SYN_SENT) enter(receiver, ZEEK_ESTABLISHED);
  sender.zeek = SAW_SYN;
  enter(sender, originator ? (hasAck ? SYN_ACK_SENT : ZEEK_SYN_SENT) : ZEEK_ESTABLISHED);
  connection.history = histories.add(connection.history, hasAck ? H : S, originator);
  ends.last = (packet.sequence + 1) | 0;
  return true;
}

function takeFin(histories: Histories, ends: ZeekEnds, focus: Focus, mine: number, peer: number): boolean {
  const { connection, sender, packet, slot, side } = focus;
  const state = mine & STATE;
  if ((state !== ZEEK_ESTABLISHED && state !== PARTIAL) || (mine & FIN_LEFT) !== 0) return false;
  if (peer === RESET || packet.sequence !== sender.nextSequence) return false;
  const end = (packet.sequence + packet.payloadLength) | 0;
  sender.zeek = mine | SENT_FIN | SAW_FIN | CONTROL_IS_FIN;
  const start = ends.notesOf(sender, slot, side)?.start ?? sender.base;
  sender.zeekControl = (end - start) | 0;
  enter(sender, ZEEK_CLOSED);
  connection.history = histories.add(connection.history, F, isOriginator(connection, side));
  ends.last = (end + 1) | 0;
  return true;
}

/** After all is noted of a segment that counts: whether our numbers are still Zeek's. */
export function stillAgrees(
  ends: ZeekEnds,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
): boolean {
  if (sender.nextSequence !== ends.last || receiver.nextSequence !== ends.peerLast) return false;
  return (packet.flags & SYN) === 0 || sender.base === packet.sequence;
}
