/**
 * What Linux puts in place of a link layer: cooked v1 and v2 (`tcpdump -i any`), NFLOG.
 * To read first: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html, …SLL2.html, …NFLOG.html.
 */
import { decodeEtherType } from './ethernet.js';
import { decodeGreProtocol } from './gre.js';
import { decodeIp } from './ip.js';
import { decodeLlc } from './llc.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';
import { decodeRadiotap } from './radio.js';
import { decodeWifi } from './wifi.js';

const SLL_HEADER = 16;
const SLL2_HEADER = 20;
/** Protocol field of frames that begin with LLC. */
const PROTOCOL_802_2 = 4;
const ARPHRD_IPGRE = 778;
const ARPHRD_IEEE80211 = 801;
const ARPHRD_RADIOTAP = 803;
const ARPHRD_NETLINK = 824;

const NFLOG_HEADER = 4;
const NFULA_PAYLOAD = 9;
const MAX_NFLOG_ATTRIBUTES = 64;

/** Cooked v1: packet type, hardware type, address, and last the EtherType. */
export function decodeCooked(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SLL_HEADER, 'Linux cooked header cut short')) return OTHER;
  const { view } = packet;
  packet.cookedType = view.getUint16(offset);
  return cookedPayload(
    packet,
    view.getUint16(offset + 2),
    view.getUint16(offset + 14),
    offset + SLL_HEADER,
    end,
  );
}

/** Cooked v2: EtherType first, then interface index, hardware type, packet type, address. */
export function decodeCooked2(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SLL2_HEADER, 'Linux cooked header cut short')) return OTHER;
  const { view } = packet;
  packet.interfaceIndex = view.getInt32(offset + 4);
  packet.cookedType = view.getUint8(offset + 10);
  return cookedPayload(packet, view.getUint16(offset + 8), view.getUint16(offset), offset + SLL2_HEADER, end);
}

function cookedPayload(
  packet: Packet,
  hardware: number,
  protocol: number,
  offset: number,
  end: number,
): number {
  switch (hardware) {
    case ARPHRD_IPGRE:
      return decodeGreProtocol(packet, protocol, offset, end);
    case ARPHRD_IEEE80211:
      return decodeWifi(packet, offset, end);
    case ARPHRD_RADIOTAP:
      return decodeRadiotap(packet, offset, end);
    case ARPHRD_NETLINK:
      return stopAt(packet, 'netlink', false);
  }
  if (protocol === PROTOCOL_802_2) return decodeLlc(packet, offset, end);
  if (protocol < 0x0600) return stopAt(packet, 'other Linux cooked protocol', false);
  return decodeEtherType(packet, protocol, offset, end);
}

/** NFLOG: family, version, group; then attributes in the capturing machine's byte order, one the IP packet. */
export function decodeNflog(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, NFLOG_HEADER, 'NFLOG header cut short')) return OTHER;
  const { view } = packet;
  if (view.getUint8(offset + 1) !== 0) return stopAt(packet, 'other NFLOG version', false);
  let at = offset + NFLOG_HEADER;
  for (let count = 0; count < MAX_NFLOG_ATTRIBUTES; count++) {
    if (!has(packet, at, 4, 'NFLOG attribute cut short')) return OTHER;
    // an attribute is short: the smaller of the two readings is the right one, except for the payload
    const type = Math.min(view.getUint16(at + 2), view.getUint16(at + 2, true)) & 0x7fff;
    const littleEndian = view.getUint16(at + 2, true) === type;
    const length = view.getUint16(at, littleEndian);
    if (length < 4) return stopAt(packet, 'malformed NFLOG attribute', true);
    if (type === NFULA_PAYLOAD) return decodeIp(packet, at + 4, Math.min(end, at + length));
    at += (length + 3) & ~3;
  }
  return stopAt(packet, 'NFLOG without a packet', false);
}
