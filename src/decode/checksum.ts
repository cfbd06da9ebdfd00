/** TCP checksum. To read first: RFC 9293 3.1, RFC 1071 (ones' complement sums), RFC 8200 8.1. */
import { PROTOCOL_TCP } from './ip.js';
import type { Packet } from './packet.js';

/** Where the checksum is in the header. */
const CHECKSUM = 16;
const SMALLEST_HEADER = 20;
/** Segments with more payload are not checked: adding up their bytes takes longer than everything else. */
const MAX_PAYLOAD = 512;

/** Packet.checksum: not checked yet (0), or the result. */
export const CHECKSUM_HOLDS = 1;
export const CHECKSUM_WRONG = 2;
export const CHECKSUM_UNKNOWN = 3;
/**
 * Not filled in: it has the sum of the pseudo-header, which is what a system leaves for the network card to complete, or
 * nothing. The card may want the pseudo-header without the length (TSO).
 */
export const CHECKSUM_UNFILLED = 4;

/**
 * What the checksum is; unknown where the segment was cut, is long or malformed. Looks once, and notes it in the packet, of
 * a wrong one also the right one and how far it is off.
 */
export function lookAtChecksum(packet: Packet): number {
  if (packet.checksum === 0) packet.checksum = classOf(packet);
  return packet.checksum;
}

function classOf(packet: Packet): number {
  const { broken, headerLength, payloadLength } = packet;
  if (broken || headerLength < SMALLEST_HEADER || payloadLength > MAX_PAYLOAD) return CHECKSUM_UNKNOWN;
  const right = rightTcpChecksum(packet);
  if (right < 0) return CHECKSUM_UNKNOWN;
  const found = packet.view.getUint16(packet.transportOffset + CHECKSUM);
  const off = difference(found, right);
  if (off === 0) return CHECKSUM_HOLDS;
  const unfilled = pseudoHeaderSum(packet, headerLength + payloadLength);
  if (found === 0 || found === unfilled || found === pseudoHeaderSum(packet, 0)) return CHECKSUM_UNFILLED;
  packet.checksumRight = right;
  packet.checksumOff = off;
  packet.checksumOffUnfilled = difference(found, unfilled);
  return CHECKSUM_WRONG;
}

/** In ones' complement, where 0 and 0xffff are the same number. */
function difference(a: number, b: number): number {
  return (a - b + 0xffff) % 0xffff;
}

/** The checksum that the segment ought to have, -1 where not all of it was captured. */
export function rightTcpChecksum(packet: Packet): number {
  const length = packet.headerLength + packet.payloadLength;
  const { view, transportOffset } = packet;
  if (transportOffset + length > packet.captureEnd) return -1;
  let sum = addressSum(packet) + PROTOCOL_TCP + length - view.getUint16(transportOffset + CHECKSUM);
  // 2^32 is 1 modulo 0xffff, so that words of 32 bits add up to the same
  const end = transportOffset + length;
  let at = transportOffset;
  for (; at + 4 <= end; at += 4) sum += view.getUint32(at);
  if (at + 2 <= end) {
    sum += view.getUint16(at);
    at += 2;
  }
  if (at < end) sum += view.getUint8(at) << 8;
  return 0xffff - (sum % 0xffff);
}

/** Sum of the pseudo-header (RFC 9293 3.1): a checksum that is left to the network card begins with it. */
export function pseudoHeaderSum(packet: Packet, length: number): number {
  const sum = (addressSum(packet) + PROTOCOL_TCP + length) % 0xffff;
  return sum === 0 ? 0xffff : sum;
}

function addressSum(packet: Packet): number {
  const source = (packet.source0 >>> 0) + (packet.source1 >>> 0) + (packet.source2 >>> 0);
  const target = (packet.target0 >>> 0) + (packet.target1 >>> 0) + (packet.target2 >>> 0);
  return source + (packet.source3 >>> 0) + target + (packet.target3 >>> 0);
}
