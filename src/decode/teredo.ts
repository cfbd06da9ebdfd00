/** Teredo: IPv6 in UDP through NAT. To read first: RFC 4380 5.1.1. */
import { decodeIpv6 } from './ipv6.js';
import { has, OTHER, type Packet } from './packet.js';

const AUTHENTICATION = 1;
const ORIGIN = 0;
const ORIGIN_LENGTH = 8;
/** Indicator, two lengths, nonce of eight bytes, confirmation byte; besides, client id and authentication value. */
const AUTHENTICATION_LENGTH = 13;

/** An authentication and an origin indication may come first, in this order. */
export function decodeTeredo(packet: Packet, offset: number, end: number): number {
  const { view } = packet;
  let at = offset;
  if (!has(packet, at, 4, 'Teredo cut short')) return OTHER;
  if (view.getUint16(at) === AUTHENTICATION) {
    at += AUTHENTICATION_LENGTH + view.getUint8(at + 2) + view.getUint8(at + 3);
    if (!has(packet, at, 2, 'Teredo cut short')) return OTHER;
  }
  if (view.getUint16(at) === ORIGIN) at += ORIGIN_LENGTH;
  return decodeIpv6(packet, at, end);
}
