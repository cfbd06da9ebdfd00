/**
 * Headers that Juniper routers put before a captured packet.
 * To read first: https://www.tcpdump.org/linktypes.html (130 to 137, 167, 178 to 183, 194, 200).
 *
 * A magic number, flags, extensions where a flag says so; then the packet, after a cookie that depends on
 * the line card. Where the header says that the link layer was left out, there is a protocol number instead.
 */
import { decodeAtm } from './atm.js';
import { decodeEthernet } from './ethernet.js';
import { decodeIp } from './ip.js';
import { decodeLlc } from './llc.js';
import { decodeMpls } from './mpls.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';
import { decodeCiscoHdlc, decodeFrameRelay, decodeSerial } from './ppp.js';

const HEADER = 4;
const MAGIC = 0x4d4743;
const NO_LINK_LAYER = 0x02;
const EXTENSIONS = 0x80;

const PROTOCOL_PPP = 200;
const PROTOCOL_LLC = 202;
const PROTOCOL_SNAP = 203;
const PROTOCOL_ETHERNET = 204;
const PROTOCOL_FRAME_RELAY = 207;
const PROTOCOL_CISCO_HDLC = 208;

export const LINKTYPE_JUNIPER_GGSN = 133;
export const LINKTYPE_JUNIPER_ATM2 = 135;
export const LINKTYPE_JUNIPER_ATM1 = 137;
export const LINKTYPE_JUNIPER_PPPOE = 167;
export const LINKTYPE_JUNIPER_ETHER = 178;
export const LINKTYPE_JUNIPER_PPP = 179;
export const LINKTYPE_JUNIPER_FRELAY = 180;
export const LINKTYPE_JUNIPER_CHDLC = 181;
export const LINKTYPE_JUNIPER_VP = 183;

export function decodeJuniper(packet: Packet, linkType: number, offset: number, end: number): number {
  if (!has(packet, offset, HEADER + 2, 'Juniper header cut short')) return OTHER;
  const { view } = packet;
  if (view.getUint32(offset) >>> 8 !== MAGIC) return stopAt(packet, 'malformed Juniper header', true);
  const flags = view.getUint8(offset + 3);
  let at = offset + HEADER;
  if ((flags & EXTENSIONS) !== 0) at += 2 + view.getUint16(at);
  if ((flags & NO_LINK_LAYER) !== 0) {
    if (!has(packet, at, 4, 'Juniper header cut short')) return OTHER;
    return juniperProtocol(packet, view.getUint32(at, true), at + 4, end);
  }
  switch (linkType) {
    case LINKTYPE_JUNIPER_ETHER:
    case LINKTYPE_JUNIPER_PPPOE:
      return decodeEthernet(packet, at, end);
    case LINKTYPE_JUNIPER_PPP: // behind its own address and control
      return decodeSerial(packet, at + 2, end);
    case LINKTYPE_JUNIPER_FRELAY:
      return decodeFrameRelay(packet, at, end);
    case LINKTYPE_JUNIPER_CHDLC:
      return decodeCiscoHdlc(packet, at, end);
    case LINKTYPE_JUNIPER_ATM1:
      return decodeAtm(packet, at + 4, end);
    case LINKTYPE_JUNIPER_ATM2:
      return decodeAtm(packet, at + 8, end);
    case LINKTYPE_JUNIPER_VP:
      return decodeIp(packet, at + 18, end);
    case LINKTYPE_JUNIPER_GGSN:
      if (!has(packet, at, 4, 'Juniper header cut short')) return OTHER;
      return juniperProtocol(packet, view.getUint16(at, true), at + 4, end);
    default:
      return stopAt(packet, 'other Juniper header', false);
  }
}

function juniperProtocol(packet: Packet, protocol: number, offset: number, end: number): number {
  switch (protocol) {
    case 2:
    case 3:
    case 6:
    case 7:
      return decodeIp(packet, offset, end);
    case 4:
    case 5:
    case 8:
      return decodeMpls(packet, offset, end);
    case PROTOCOL_PPP:
      return decodeSerial(packet, offset, end);
    case PROTOCOL_LLC:
    case PROTOCOL_SNAP:
      return decodeLlc(packet, offset, end);
    case PROTOCOL_ETHERNET:
      return decodeEthernet(packet, offset, end);
    case PROTOCOL_FRAME_RELAY:
      return decodeFrameRelay(packet, offset, end);
    case PROTOCOL_CISCO_HDLC:
      return decodeCiscoHdlc(packet, offset, end);
    default:
      return stopAt(packet, 'other Juniper protocol', false);
  }
}
