/**
 * ICMP and ICMPv6 errors: which packet they answer.
 * To read first: RFC 792, RFC 1122 3.2.2, RFC 4443 2.1 and 3; RFC 4884 4 (how long the quote is).
 *
 * An error quotes the beginning of the packet that caused it: addresses, ports, and for TCP at least the
 * sequence number. The quoted packet is never taken for a real one.
 */
import { PROTOCOL_AH, PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from './ip.js';
import {
  DESTINATION_OPTIONS,
  FRAGMENT,
  HEADER as HEADER_IPV6,
  HOP_BY_HOP,
  MAX_HEADERS,
  ROUTING,
  setSource,
  setTarget,
} from './ipv6.js';
import { has, ICMP_ERROR, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { homeAddress, routeEnd, routingEnd } from './source-route.js';

const HEADER = 8;
/** Length of the quote, in words of four bytes (ICMP) or eight (ICMPv6); 0 where it ends with the message. */
const QUOTE_WORDS = 5;
const QUOTE_WORDS_6 = 4;
/** The MTU in "fragmentation needed" (RFC 1191 4) and in "packet too big" (RFC 4443 3.2). */
const MTU = 6;
const MTU_6 = 4;
const FRAGMENTATION_NEEDED = (3 << 8) | 4;
const PACKET_TOO_BIG = 2;

/** Whether an ICMP error says that a packet is too big for the path (RFC 1191, RFC 8201); `icmp`: as in Packet. */
export function isTooBig(version: number, icmp: number): boolean {
  return version === 6 ? icmp >>> 8 === PACKET_TOO_BIG : icmp === FRAGMENTATION_NEEDED;
}

const HEADER_IPV4 = 20;
const FRAGMENT_OFFSET = 0x1fff;
/** Bytes of the quoted transport header that every error carries. */
const QUOTED = 8;

export function decodeIcmp(packet: Packet, protocol: number, offset: number): number {
  if (!has(packet, offset, HEADER, 'ICMP header cut short')) return OTHER;
  const { view } = packet;
  const type = view.getUint8(offset);
  const quote = offset + HEADER;
  packet.icmp = (type << 8) | view.getUint8(offset + 1);
  packet.icmpMtu = 0;
  if (protocol === PROTOCOL_ICMP) {
    // unreachable, source quench, time exceeded, parameter problem
    if (type !== 3 && type !== 4 && type !== 11 && type !== 12) return stopAt(packet, 'ICMP', false);
    if (isTooBig(4, packet.icmp)) packet.icmpMtu = view.getUint16(offset + MTU);
    const words = view.getUint8(offset + QUOTE_WORDS);
    // source quench has no such field; elsewhere a quote with a length fills at least 128 bytes (RFC 4884 4.5)
    if (type !== 4 && words >= 32) narrow(packet, quote + words * 4);
    return quotedIpv4(packet, quote);
  }
  // types below 128 are errors; unreachable and time exceeded have the length
  if (type >= 128) return stopAt(packet, 'ICMPv6', false);
  if (isTooBig(6, packet.icmp)) packet.icmpMtu = view.getUint32(offset + MTU_6);
  const words = view.getUint8(offset + QUOTE_WORDS_6);
  if ((type === 1 || type === 3) && words >= 16) narrow(packet, quote + words * 8);
  return quotedIpv6(packet, quote);
}

function quotedIpv4(packet: Packet, offset: number): number {
  if (!has(packet, offset, HEADER_IPV4, 'ICMP error cut short')) return OTHER;
  const { view } = packet;
  const first = view.getUint8(offset);
  // a later fragment has no ports
  const fragment = view.getUint16(offset + 6) & FRAGMENT_OFFSET;
  if (first >>> 4 !== 4 || (first & 0x0f) < 5 || fragment !== 0) return stopAt(packet, 'ICMP', false);
  const transport = offset + (first & 0x0f) * 4;
  if (!quotedTransport(packet, view.getUint8(offset + 9), transport)) return OTHER;
  packet.source0 = packet.source1 = packet.source2 = 0;
  packet.source3 = view.getInt32(offset + 12);
  packet.target0 = packet.target1 = packet.target2 = 0;
  const route = routeEnd(packet, offset + HEADER_IPV4, transport);
  packet.target3 = view.getInt32(route < 0 ? offset + 16 : route);
  return ICMP_ERROR;
}

function quotedIpv6(packet: Packet, offset: number): number {
  if (!has(packet, offset, HEADER_IPV6, 'ICMPv6 error cut short')) return OTHER;
  const { view } = packet;
  if (view.getUint8(offset) >>> 4 !== 6) return stopAt(packet, 'ICMPv6', false);
  let header = view.getUint8(offset + 6);
  let at = offset + HEADER_IPV6;
  let source = offset + 8;
  let target = offset + 24;
  for (let count = 0; count < MAX_HEADERS && isExtension(header); count++) {
    if (!has(packet, at, 8, 'ICMPv6 error cut short')) return OTHER;
    const length = view.getUint8(at + 1);
    if (header === FRAGMENT && view.getUint16(at + 2) >>> 3 !== 0) return stopAt(packet, 'ICMPv6', false);
    const size = header === FRAGMENT ? 8 : header === PROTOCOL_AH ? (length + 2) * 4 : (length + 1) * 8;
    if (header === ROUTING) target = orElse(routingEnd(packet, at, size), target);
    else if (header === DESTINATION_OPTIONS) source = orElse(homeAddress(packet, at, size), source);
    header = view.getUint8(at);
    at += size;
  }
  if (!quotedTransport(packet, header, at)) return OTHER;
  setSource(packet, source);
  setTarget(packet, target);
  return ICMP_ERROR;
}

/** An offset, or another one where it is -1. */
function orElse(offset: number, other: number): number {
  return offset < 0 ? other : offset;
}

function isExtension(header: number): boolean {
  return (
    header === HOP_BY_HOP ||
    header === ROUTING ||
    header === FRAGMENT ||
    header === PROTOCOL_AH ||
    header === DESTINATION_OPTIONS
  );
}

/** Reads the quoted ports; the sender of the error moves to `icmpSource`, as the addresses become the quoted. */
function quotedTransport(packet: Packet, protocol: number, offset: number): boolean {
  if (protocol !== PROTOCOL_TCP && protocol !== PROTOCOL_UDP) {
    stopAt(packet, packet.ipVersion === 4 ? 'ICMP' : 'ICMPv6', false);
    return false;
  }
  if (!has(packet, offset, QUOTED, 'ICMP error cut short')) return false;
  const { view } = packet;
  packet.kind = ICMP_ERROR;
  packet.icmpSource0 = packet.source0;
  packet.icmpSource1 = packet.source1;
  packet.icmpSource2 = packet.source2;
  packet.icmpSource3 = packet.source3;
  packet.sourcePort = view.getUint16(offset);
  packet.targetPort = view.getUint16(offset + 2);
  packet.sequence = protocol === PROTOCOL_TCP ? view.getInt32(offset + 4) : 0;
  packet.quotedProtocol = protocol;
  packet.transportOffset = offset;
  return true;
}
