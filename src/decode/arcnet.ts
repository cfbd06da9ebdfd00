/**
 * ARCNET, as BSD and Linux capture it.
 * To read first: RFC 1201 (IP over ARCNET, packets split into fragments), RFC 1051 (the older way),
 * https://www.tcpdump.org/linktypes.html (7 and 129).
 */
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';

const ADDRESSES = 2;
/** Where in the buffer of the network card the frame begins. */
const LINUX_OFFSET = 2;
/** Split flag and sequence number; they are missing in the older protocols. */
const SPLIT = 3;
/** A split flag that means: two bytes of padding follow, then system code, split flag and sequence number again. */
const EXCEPTION = 0xff;
const EXCEPTION_LENGTH = 4;

const IP_1051 = 0xf0;
const ARP_1051 = 0xf1;
const IPV6 = 0xc4;
const IP = 0xd4;
const ARP = 0xd5;
const REVERSE_ARP = 0xd6;

/** Longer than any IP packet. */
const ANY_LENGTH = 0x10000;

/** Source, destination, system code; `linux`: with an offset before the code, and exceptions resolved. */
export function decodeArcnet(packet: Packet, offset: number, end: number, linux: boolean): number {
  let at = offset + ADDRESSES + (linux ? LINUX_OFFSET : 0);
  if (!has(packet, at, 1, 'ARCNET header cut short')) return OTHER;
  const { view } = packet;
  const code = view.getUint8(at++);
  if (code === IP_1051) return decodeIpv4(packet, at, end);
  if (code === ARP_1051 || code === ARP || code === REVERSE_ARP) return stopAt(packet, 'ARP', false);
  if (code !== IP && code !== IPV6) return stopAt(packet, 'other ARCNET protocol', false);
  if (!has(packet, at, SPLIT, 'ARCNET header cut short')) return OTHER;
  if (!linux && view.getUint8(at) === EXCEPTION) {
    at += EXCEPTION_LENGTH;
    if (!has(packet, at, SPLIT, 'ARCNET header cut short')) return OTHER;
  }
  const split = view.getUint8(at);
  at += SPLIT;
  // 0 where it is whole; odd for the first fragment, which has all headers: what it lacks counts as not captured
  if (split !== 0 && split % 2 === 0) return stopAt(packet, 'ARCNET fragment', false);
  const wireEnd = split === 0 ? end : offset + ANY_LENGTH;
  return code === IPV6 ? decodeIpv6(packet, at, wireEnd) : decodeIpv4(packet, at, wireEnd);
}
