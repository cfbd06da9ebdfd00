/** TCP checksum. To read first: RFC 9293 3.1, RFC 1071, RFC 8200 8.1. */
import { PROTOCOL_TCP } from './ip.js';
import type { Packet } from './packet.js';

/** True or false where the whole segment was captured, null where it cannot be told. */
export function tcpChecksumHolds(packet: Packet): boolean | null {
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
