/** Wireshark's tcp.completeness: which segments of a connection were captured. */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import type { ConnectionCursor } from '../memory/connection.js';

const COMPLETE_SYN = 1;
const COMPLETE_SYN_ACK = 2;
const COMPLETE_ACK = 4;
const COMPLETE_DATA = 8;
const COMPLETE_FIN = 16;
const COMPLETE_RST = 32;

/**
 * Wireshark's tcp.completeness. `begins`: the segment made Wireshark begin a conversation. On its first pass
 * Wireshark notes only the SYN of such a segment, on its second pass the rest, which therefore shows from the
 * second segment on: until then it waits in the upper bits.
 */
export function noteCompleteness(connection: ConnectionCursor, packet: Packet, begins: boolean): void {
  const flags = packet.flags;
  const data = packet.payloadLength > 0;
  let bits = 0;
  if ((flags & (SYN | ACK)) === (SYN | ACK)) bits |= COMPLETE_SYN_ACK;
  if ((flags & (SYN | ACK)) === ACK) bits |= data ? COMPLETE_DATA : COMPLETE_ACK;
  if ((flags & (FIN | ACK)) === (FIN | ACK)) bits |= COMPLETE_FIN;
  if ((flags & RST) !== 0) bits |= COMPLETE_RST;
  if (!begins) {
    connection.completeness |= (connection.completeness >>> LATER) | bits;
    return;
  }
  const syn = (flags & (SYN | ACK)) === SYN ? COMPLETE_SYN | (data ? COMPLETE_DATA : 0) : 0;
  connection.completeness = syn | (bits << LATER);
}

/** The same for data or a bare ACK that does not begin the connection. */
export function notePlain(connection: ConnectionCursor, length: number): void {
  const before = connection.completeness;
  const after = before | (before >>> LATER) | (length > 0 ? COMPLETE_DATA : COMPLETE_ACK);
  if (after !== before) connection.completeness = after;
}

/** The number as Wireshark shows it for a connection that was read to its end. */
export function finalCompleteness(connection: ConnectionCursor): number {
  return connection.completeness & ((1 << LATER) - 1);
}

const LATER = 6;
