/** The bits of EndpointCursor.zeek, and the letter that an ordinary segment leaves. */
import type { Packet } from '../../decode/packet.js';
import { type ConnectionCursor, type EndpointCursor, ZEEK_FLIPPED } from '../memory/connection.js';
import { A, D, type Histories } from './zeek-histories.js';

/** The state, and the one before it (zeek-states.ts). */
export const STATE = 7;
export const PREVIOUS_SHIFT = 3;
/** Neither INACTIVE nor RESET: in these Zeek takes numbers for something else. */
export const LIVE = 1 << 6;
/** Of a responder: it acknowledged a SYN before it sent its own. */
export const EARLY_ACK = 1 << 7;
/** Letters that its role has left: where the roles are turned over, they stay with the role. */
export const SAW_SYN = 1 << 8;
export const SAW_FIN = 1 << 9;
export const SAW_RST = 1 << 10;
export const SAW_BOTH = 1 << 11;
export const SAW_DATA = 1 << 12;
export const SAW_ACK = 1 << 13;
export const SAW_OTHER = 1 << 14;
export const LETTERS = SAW_SYN | SAW_FIN | SAW_RST | SAW_BOTH | SAW_DATA | SAW_ACK | SAW_OTHER;
/** It sent a FIN, whatever other flags the segment had. */
export const SENT_FIN = 1 << 15;
/** What EndpointCursor.zeekControl is: the relative number of its last plain FIN, or of its last plain RST. */
export const CONTROL_IS_FIN = 1 << 16;
export const CONTROL_IS_RST = 1 << 17;
/** It has ZeekNumbers. */
export const NOTED = 1 << 18;
/** Its last number, or how far its data was seen, is there: for Zeek these do not follow from `nextSequence`. */
export const APART = 1 << 19;
/** Something is missing of what the other end sent. */
export const PEER_HAS_HOLES = 1 << 20;

/** All that it sent since its last hole began is missing: that ends at `nextSequence`. */
export const HOLE_IS_OPEN = 1 << 21;

/**
 * A segment in order of this end leaves at most the letter of plainLetter, except for what it says of a loss. Where Zeek
 * has other numbers for the other end, its acknowledgement may be of what Zeek did not see.
 */
export function zeekIsOrdinary(sender: EndpointCursor, receiver: EndpointCursor): boolean {
  return (sender.zeek & (LIVE | APART)) === LIVE && (receiver.zeek & APART) === 0;
}

/** Zeek.ordinaryLoss can judge a loss by our numbers. */
export function lossIsOrdinary(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): boolean {
  const apart = (receiver.zeek & APART) | ((sender.zeek | receiver.zeek) & (SENT_FIN | EARLY_ACK));
  return apart === 0 && !headerIsCut(packet);
}

/** The capture does not have all of the segment. For a held SYN (held-syns.ts) this is no longer known. */
export function isCut(packet: Packet): boolean {
  return packet.payloadOffset + packet.payloadLength > packet.captureEnd && packet.captureEnd !== 0;
}

/** Not even all of its TCP header. */
export function headerIsCut(packet: Packet): boolean {
  return packet.payloadOffset > packet.captureEnd && packet.captureEnd !== 0;
}

/** The letter of data that advances, or of a bare ACK. */
export function plainLetter(
  histories: Histories,
  connection: ConnectionCursor,
  sender: EndpointCursor,
  side: number,
  length: number,
): void {
  const saw = length > 0 ? SAW_DATA : SAW_ACK;
  if ((sender.zeek & saw) !== 0) return;
  sender.zeek |= saw;
  connection.history = histories.add(connection.history, length > 0 ? D : A, isOriginator(connection, side));
}

export function isOriginator(connection: ConnectionCursor, side: number): boolean {
  return (side === 1) === ((connection.bits & ZEEK_FLIPPED) !== 0);
}
