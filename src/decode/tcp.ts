/** TCP header. To read first: RFC 9293 3.1; RFC 3168 6.1 and RFC 9768 for ECE, CWR and AE. */
import { has, OTHER, type Packet, stopAt, TCP } from './packet.js';

const TARGET_PORT = 2;
const SEQUENCE = 4;
const ACKNOWLEDGEMENT = 8;
const OFFSET_AND_FLAGS = 12;
const WINDOW = 14;
/** Up to and with the window: what has to be captured, though a header has at least 20 bytes. */
const NEEDED = 16;
const SMALLEST = 20;

/**
 * A header length that cannot be leaves a TCP packet all the same, `broken`: a receiver ignores it. Where the
 * length is below 20, no flags, window or acknowledgement are given, as those fields may be something else.
 */
export function decodeTcp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, NEEDED, 'TCP header cut short')) return OTHER;
  const view = packet.view;
  const offsetAndFlags = view.getUint16(offset + OFFSET_AND_FLAGS);
  const headerLength = (offsetAndFlags >>> 12) * 4;
  const length = end - offset;
  const malformed = headerLength < SMALLEST;
  if (malformed || headerLength > length) stopAt(packet, 'malformed TCP header length', true);
  packet.kind = TCP;
  packet.sourcePort = view.getUint16(offset);
  packet.targetPort = view.getUint16(offset + TARGET_PORT);
  packet.sequence = view.getInt32(offset + SEQUENCE);
  packet.acknowledgement = malformed ? 0 : view.getInt32(offset + ACKNOWLEDGEMENT);
  packet.flags = malformed ? 0 : offsetAndFlags & 0x0fff;
  packet.window = malformed ? 0 : view.getUint16(offset + WINDOW);
  packet.headerLength = headerLength;
  packet.checksum = 0;
  packet.transportOffset = offset;
  packet.payloadOffset = offset + headerLength;
  packet.payloadLength = Math.max(0, length - headerLength);
  return TCP;
}
