/**
 * What follows an IP header, by its protocol number (IANA "Assigned Internet Protocol Numbers").
 * To read first: RFC 2003 (IP in IP), RFC 4213 (6in4), RFC 2473 (in IPv6), RFC 3378 (EtherIP), RFC 4302 (AH).
 */
import { decodeEthernet } from './ethernet.js';
import { decodeGre } from './gre.js';
import { decodeIcmp } from './icmp.js';
import { decodeIpcomp } from './ipcomp.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { decodeMpls } from './mpls.js';
import { enterPath, has, OTHER, type Packet, stopAt } from './packet.js';
import { ETHERIP, IP_IN_IP, IPV4_IN_IPV6, IPV6_IN_IPV4, IPV6_IN_IPV6, MPLS_IN_IP } from './path.js';
import { decodeTcp } from './tcp.js';
import { decodeUdp } from './udp.js';

export const PROTOCOL_ICMP = 1;
const PROTOCOL_IPV4 = 4;
export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;
const PROTOCOL_IPV6 = 41;
const PROTOCOL_GRE = 47;
const PROTOCOL_ESP = 50;
export const PROTOCOL_AH = 51;
export const PROTOCOL_ICMPV6 = 58;
const PROTOCOL_NONE = 59;
const PROTOCOL_ETHERIP = 97;
export const PROTOCOL_IPCOMP = 108;
const PROTOCOL_SCTP = 132;
const PROTOCOL_MPLS = 137;
const PROTOCOL_ETHERNET = 143;

/** `end`: where the IP packet ends on the wire. */
export function decodeTransport(packet: Packet, protocol: number, offset: number, end: number): number {
  switch (protocol) {
    case PROTOCOL_TCP:
      return decodeTcp(packet, offset, end);
    case PROTOCOL_UDP:
      return decodeUdp(packet, offset, end);
    case PROTOCOL_ICMP:
    case PROTOCOL_ICMPV6:
      return decodeIcmp(packet, protocol, offset);
    default:
      return decodeInner(packet, protocol, offset, end);
  }
}

/** Tunnels, and what is not followed further. */
function decodeInner(packet: Packet, protocol: number, offset: number, end: number): number {
  switch (protocol) {
    case PROTOCOL_IPV4:
      enterPath(packet, packet.ipVersion === 4 ? IP_IN_IP : IPV4_IN_IPV6, 0);
      return decodeIpv4(packet, offset, end);
    case PROTOCOL_IPV6:
      enterPath(packet, packet.ipVersion === 4 ? IPV6_IN_IPV4 : IPV6_IN_IPV6, 0);
      return decodeIpv6(packet, offset, end);
    case PROTOCOL_GRE:
      return decodeGre(packet, offset, end);
    case PROTOCOL_AH:
      return decodeAuthentication(packet, offset, end);
    case PROTOCOL_ETHERIP:
      return decodeEtherIp(packet, offset, end);
    case PROTOCOL_IPCOMP:
      return decodeIpcomp(packet, offset, end);
    case PROTOCOL_MPLS:
      enterPath(packet, MPLS_IN_IP, 0);
      return decodeMpls(packet, offset, end);
    case PROTOCOL_ETHERNET: // in SRv6, RFC 8986 4.9
      return decodeEthernet(packet, offset, end);
    case PROTOCOL_ESP:
      return stopAt(packet, 'ESP', false);
    case PROTOCOL_SCTP:
      return stopAt(packet, 'SCTP', false);
    case PROTOCOL_NONE:
      return stopAt(packet, 'IPv6 without a payload', false);
    default:
      return stopAt(packet, 'other IP protocol', false);
  }
}

/** IP authentication header: its length in words, minus two, is in the second byte. */
function decodeAuthentication(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 12, 'AH cut short')) return OTHER;
  const next = packet.view.getUint8(offset);
  // one AH behind another is never sent, and must not cost a stack of calls
  if (next === PROTOCOL_AH) return stopAt(packet, 'AH within AH', true);
  return decodeTransport(packet, next, offset + (packet.view.getUint8(offset + 1) + 2) * 4, end);
}

/** Two bytes, version 3 in the first nibble; then an Ethernet frame without its FCS. */
function decodeEtherIp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 2, 'EtherIP cut short')) return OTHER;
  if (packet.view.getUint8(offset) >>> 4 !== 3) return stopAt(packet, 'malformed EtherIP header', true);
  enterPath(packet, ETHERIP, 0);
  return decodeEthernet(packet, offset + 2, end);
}

/** IP with no link layer, known by its version nibble. */
export function decodeIp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 1, 'IP cut short')) return OTHER;
  const version = packet.view.getUint8(offset) >>> 4;
  if (version === 4) return decodeIpv4(packet, offset, end);
  if (version === 6) return decodeIpv6(packet, offset, end);
  return stopAt(packet, 'neither IPv4 nor IPv6', true);
}
