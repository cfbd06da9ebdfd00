/** Network service header. To read first: RFC 8300 2. */
import { decodeEthernet } from './ethernet.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { decodeMpls } from './mpls.js';
import { deeper, has, OTHER, type Packet, stopAt } from './packet.js';

const NEXT_PROTOCOL = 3;
const SMALLEST = 8;

/** The length in words is the last six bits of the first two bytes. */
export function decodeNsh(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SMALLEST, 'NSH cut short')) return OTHER;
  const length = (packet.view.getUint16(offset) & 0x3f) * 4;
  if (length < SMALLEST) return stopAt(packet, 'malformed NSH length', true);
  return decodeGenericNext(packet, packet.view.getUint8(offset + NEXT_PROTOCOL), offset + length, end);
}

/** The protocol numbers that NSH and VXLAN-GPE share (IANA "NSH Next Protocol"). */
export function decodeGenericNext(packet: Packet, next: number, offset: number, end: number): number {
  if (!deeper(packet)) return OTHER;
  switch (next) {
    case 1:
      return decodeIpv4(packet, offset, end);
    case 2:
      return decodeIpv6(packet, offset, end);
    case 3:
      return decodeEthernet(packet, offset, end);
    case 4:
      return decodeNsh(packet, offset, end);
    case 5:
      return decodeMpls(packet, offset, end);
    default:
      return stopAt(packet, 'other NSH protocol', false);
  }
}
