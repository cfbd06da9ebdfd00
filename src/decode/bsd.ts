/**
 * Link layers of the BSDs and Solaris: loopback, IPsec (enc), packet filter log (pflog), ipnet; each with an
 * address family.
 * To read first: https://www.tcpdump.org/linktypes.html, OpenBSD's enc(4) and pflog(4).
 */
import { decodeEtherType } from './ethernet.js';
import { decodeIp } from './ip.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';
import { decodePpp } from './ppp.js';

const LOOPBACK_HEADER = 4;
const ENC_HEADER = 12;
const PFLOG_SMALLEST = 40;
const OLD_PFLOG_HEADER = 28;

const IPNET_HEADER = 24;

const AF_INET = 2;
const AF_INET6_LINUX = 10;
const AF_INET6_NETBSD = 24;
const AF_INET6_FREEBSD = 28;
const AF_INET6_MACOS = 30;

/** BSD loopback: the address family in four bytes, in the byte order of the machine that captured. */
export function decodeNull(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, LOOPBACK_HEADER, 'loopback header cut short')) return OTHER;
  // written by some PPP drivers
  if (packet.view.getUint16(offset) === 0xff03) return decodePpp(packet, offset, end);
  const family = familyAt(packet, offset);
  if (family > 0x5ff) return decodeEtherType(packet, family, offset + LOOPBACK_HEADER, end);
  return decodeFamily(packet, family, offset + LOOPBACK_HEADER, end);
}

/** OpenBSD enc: address family, security parameter index, flags; then the packet as it was inside IPsec. */
export function decodeEnc(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, ENC_HEADER, 'enc header cut short')) return OTHER;
  return decodeFamily(packet, familyAt(packet, offset), offset + ENC_HEADER, end);
}

/** pflog: its length in the first byte (padded to four), the address family in the second. */
export function decodePflog(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, PFLOG_SMALLEST, 'pflog header cut short')) return OTHER;
  const length = (packet.view.getUint8(offset) + 3) & ~3;
  if (length < PFLOG_SMALLEST) return stopAt(packet, 'malformed pflog header', true);
  return decodeFamily(packet, packet.view.getUint8(offset + 1), offset + length, end);
}

/** pflog before OpenBSD 3.4: the address family in four bytes first, 28 bytes in all. */
export function decodeOldPflog(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, OLD_PFLOG_HEADER, 'pflog header cut short')) return OTHER;
  return decodeFamily(packet, familyAt(packet, offset), offset + OLD_PFLOG_HEADER, end);
}

/** Solaris ipnet: version, address family, hardware type, length, interfaces and zones, 24 bytes in all. */
export function decodeIpnet(packet: Packet, offset: number, end: number): number {
  return decodeIp(packet, offset + IPNET_HEADER, end);
}

function familyAt(packet: Packet, offset: number): number {
  const word = packet.view.getUint32(offset);
  return word > 0xffff ? packet.view.getUint32(offset, true) : word;
}

function decodeFamily(packet: Packet, family: number, offset: number, end: number): number {
  switch (family) {
    case AF_INET:
      return decodeIpv4(packet, offset, end);
    case AF_INET6_LINUX:
    case AF_INET6_NETBSD:
    case AF_INET6_FREEBSD:
    case AF_INET6_MACOS:
      return decodeIpv6(packet, offset, end);
    default:
      return stopAt(packet, 'other address family', false);
  }
}
