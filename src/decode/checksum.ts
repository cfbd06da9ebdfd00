/** TCP checksum. To read first: RFC 9293 3.1, RFC 1071, RFC 8200 8.1. */
import { PROTOCOL_TCP } from './ip.js';
import type { Packet } from './packet.js';

/** Packet.checksum: not looked at yet, or what came of it. */
export const CHECKSUM_HOLDS = 1;
export const CHECKSUM_WRONG = 2;
export const CHECKSUM_UNKNOWN = 3;

/** True or false where the whole segment was captured, null where it cannot be told. Looks once, and notes it. */
export function tcpChecksumHolds(packet: Packet): boolean | null {
  if (packet.checksum === 0) {
    const holds = sumHolds(packet);
    packet.checksum = holds === null ? CHECKSUM_UNKNOWN : holds ? CHECKSUM_HOLDS : CHECKSUM_WRONG;
  }
  return packet.checksum === CHECKSUM_UNKNOWN ? null : packet.checksum === CHECKSUM_HOLDS;
}

function sumHolds(packet: Packet): boolean | null {
  const length = packet.headerLength + packet.payloadLength;
  if (packet.transportOffset + length > packet.captureEnd) return null;
  let sum = addressSum(packet) + PROTOCOL_TCP + (length & 0xffff) + (length >>> 16);
  const view = packet.view;
  const end = packet.transportOffset + (length & ~1);
  for (let at = packet.transportOffset; at < end; at += 2) sum += view.getUint16(at);
  if ((length & 1) !== 0) sum += view.getUint8(end) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum === 0xffff;
}

function addressSum(packet: Packet): number {
  return (
    halves(packet.source0) +
    halves(packet.source1) +
    halves(packet.source2) +
    halves(packet.source3) +
    halves(packet.target0) +
    halves(packet.target1) +
    halves(packet.target2) +
    halves(packet.target3)
  );
}

function halves(word: number): number {
  return (word >>> 16) + (word & 0xffff);
}
