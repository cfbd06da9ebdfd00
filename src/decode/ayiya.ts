/** AYIYA: IPv6, mostly, in UDP through NAT, signed. To read first: draft-massar-v6ops-ayiya 3. */
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';

const HEADER = 8;
const SIGNATURE = 1;
const OPERATION = 2;
const NEXT_HEADER = 3;

const FORWARD = 1;
const IPV4 = 4;
const IPV6 = 41;

/**
 * Length of the identity as a power of two, its type, length of the signature in words, its method, authentication,
 * operation, next header, time; identity, signature.
 */
export function decodeAyiya(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'AYIYA header cut short')) return OTHER;
  const { view } = packet;
  if ((view.getUint8(offset + OPERATION) & 0x0f) !== FORWARD)
    return stopAt(packet, 'AYIYA without a packet', false);
  const identity = 1 << (view.getUint8(offset) >>> 4);
  const signature = (view.getUint8(offset + SIGNATURE) >>> 4) * 4;
  const at = offset + HEADER + identity + signature;
  switch (view.getUint8(offset + NEXT_HEADER)) {
    case IPV4:
      return decodeIpv4(packet, at, end);
    case IPV6:
      return decodeIpv6(packet, at, end);
    default:
      return stopAt(packet, 'other AYIYA protocol', false);
  }
}
