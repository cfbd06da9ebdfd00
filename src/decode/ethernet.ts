/**
 * Ethernet and its EtherTypes: Ethernet II, IEEE 802.3, VLAN tags, and tags of other kinds in front of the type.
 * To read first: IEEE 802.3 3.2, IEEE 802.1Q 9 (VLAN, QinQ, backbone bridging), RFC 7042 (EtherTypes).
 */
import { decodeFabricPath } from './fabricpath.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { decodeLlc } from './llc.js';
import { decodeMpls } from './mpls.js';
import { decodeNsh } from './nsh.js';
import { deeper, enterPath, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { PBB, VLAN } from './path.js';
import { decodePpp, decodePppoe } from './ppp.js';

const TYPE = 12;
const HEADER = 14;

export const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_ARP = 0x0806;
/** Ethernet within something else: GRE, Geneve (RFC 1701 "transparent Ethernet bridging"). */
export const ETHERTYPE_BRIDGING = 0x6558;
const ETHERTYPE_VLAN = 0x8100;
export const ETHERTYPE_IPV6 = 0x86dd;
const ETHERTYPE_PPP = 0x880b;
const ETHERTYPE_MPLS = 0x8847;
const ETHERTYPE_MPLS_UPSTREAM = 0x8848;
const ETHERTYPE_PPPOE_DISCOVERY = 0x8863;
const ETHERTYPE_PPPOE_SESSION = 0x8864;
const ETHERTYPE_QINQ = 0x88a8;
const ETHERTYPE_QINQ_OLD = 0x9100;
const ETHERTYPE_QINQ_OLDER = 0x9200;
const ETHERTYPE_MACSEC = 0x88e5;
const ETHERTYPE_BACKBONE = 0x88e7;
const ETHERTYPE_FABRICPATH = 0x8903;
const ETHERTYPE_CISCO_METADATA = 0x8909;
const ETHERTYPE_VNTAG = 0x8926;
const ETHERTYPE_ETAG = 0x893f;
export const ETHERTYPE_NSH = 0x894f;
const ETHERTYPE_REDUNDANCY = 0xf1c1;
/** Values up to this one are lengths (IEEE 802.3 3.2.6). */
const LONGEST_802_3 = 1500;
const MAX_TAGS = 8;

/** Two addresses of six bytes, then the type, or the length of an IEEE 802.3 frame. */
export function decodeEthernet(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'Ethernet cut short')) return OTHER;
  packet.ethernetOffset = offset;
  return decodeEtherType(packet, packet.view.getUint16(offset + TYPE), offset + HEADER, end);
}

/** What follows an EtherType field; tags are walked through. */
export function decodeEtherType(packet: Packet, type: number, offset: number, end: number): number {
  if (type === ETHERTYPE_IPV4) return decodeIpv4(packet, offset, end);
  if (type === ETHERTYPE_IPV6) return decodeIpv6(packet, offset, end);
  let etherType = type;
  let at = offset;
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const length = tagLength(etherType);
    if (length === 0) return decodePayload(packet, etherType, at, end);
    if (!has(packet, at, length, 'tag cut short')) return OTHER;
    if (length === 4) enterVlan(packet, packet.view.getUint16(at));
    // whatever a tag contains, the next type is its last field
    etherType = packet.view.getUint16(at + length - 2);
    at += length;
  }
  return stopAt(packet, 'VLAN tags nested too deep', true);
}

/** Bytes of a tag after its EtherType, the following EtherType included; 0 where it is not a tag. */
function tagLength(etherType: number): number {
  switch (etherType) {
    case ETHERTYPE_VLAN:
    case ETHERTYPE_QINQ:
    case ETHERTYPE_QINQ_OLD:
    case ETHERTYPE_QINQ_OLDER:
      return 4;
    case ETHERTYPE_REDUNDANCY: // IEEE 802.1CB: reserved, sequence number
    case ETHERTYPE_VNTAG: // IEEE 802.1Qbh: destination and source virtual interface
      return 6;
    case ETHERTYPE_ETAG: // IEEE 802.1BR: priority, extended port ids of ingress and target
    case ETHERTYPE_CISCO_METADATA: // version, length, option, security group tag
      return 8;
    default:
      return 0;
  }
}

/** VLAN 0 is no VLAN, only a priority (IEEE 802.1Q 9.6). */
export function enterVlan(packet: Packet, tag: number): void {
  const vlan = tag & 0x0fff;
  if (vlan !== 0) enterPath(packet, VLAN, vlan);
}

function decodePayload(packet: Packet, etherType: number, offset: number, end: number): number {
  if (!deeper(packet)) return OTHER;
  switch (etherType) {
    case ETHERTYPE_IPV4:
      return decodeIpv4(packet, offset, end);
    case ETHERTYPE_IPV6:
      return decodeIpv6(packet, offset, end);
    case ETHERTYPE_ARP:
      return stopAt(packet, 'ARP', false);
    case ETHERTYPE_MPLS:
    case ETHERTYPE_MPLS_UPSTREAM:
      return decodeMpls(packet, offset, end);
    case ETHERTYPE_PPPOE_SESSION:
      return decodePppoe(packet, offset, end);
    case ETHERTYPE_PPPOE_DISCOVERY:
      return stopAt(packet, 'PPPoE discovery', false);
    case ETHERTYPE_PPP:
      return decodePpp(packet, offset, end);
    case ETHERTYPE_BRIDGING:
      return decodeEthernet(packet, offset, end);
    case ETHERTYPE_FABRICPATH:
      return decodeFabricPath(packet, offset, end);
    case ETHERTYPE_BACKBONE:
      return decodeBackbone(packet, offset, end);
    case ETHERTYPE_NSH:
      return decodeNsh(packet, offset, end);
    case ETHERTYPE_MACSEC:
      return stopAt(packet, 'MACsec', false);
    default:
      if (etherType > LONGEST_802_3) return stopAt(packet, 'other EtherType', false);
      return decode8023(packet, etherType, offset, end);
  }
}

/** IEEE 802.3: the length, without padding; then LLC. */
function decode8023(packet: Packet, length: number, offset: number, end: number): number {
  const dataEnd = Math.min(offset + length, end);
  narrow(packet, dataEnd);
  return decodeLlc(packet, offset, dataEnd);
}

/** Provider backbone bridging (IEEE 802.1ah): a 24-bit service id in four bytes, then the inner frame. */
function decodeBackbone(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 4, 'backbone tag cut short')) return OTHER;
  enterPath(packet, PBB, packet.view.getUint32(offset) & 0xffffff);
  return decodeEthernet(packet, offset + 4, end);
}
