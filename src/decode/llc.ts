/**
 * IEEE 802.2 LLC and SNAP. To read first: RFC 1042 (IP over 802 networks), RFC 2684 5 and 6 (bridged and routed
 * over ATM), RFC 2427 (NLPID).
 */
import { decodeEthernet, decodeEtherType } from './ethernet.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { deeper, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodePpp } from './ppp.js';

const DSAP_IP = 0x06;
const SNAP = 0xaaaa;
const DSAP_OSI = 0xfe;
const UNNUMBERED_INFORMATION = 0x03;

const SNAP_HEADER = 8;
const OUI = 3;
const PROTOCOL_ID = 6;

/** Ethernet's own types; 0x0000f8 where 802.1H bridges translated. */
const OUI_ETHERNET = 0x000000;
const OUI_BRIDGE_TUNNEL = 0x0000f8;
const OUI_BRIDGED = 0x0080c2;
/** Of OUI_BRIDGED: Ethernet with and without its FCS. */
const BRIDGED_ETHERNET_FCS = 1;
const BRIDGED_ETHERNET = 7;

const NLPID_SNAP = 0x80;
const NLPID_IPV6 = 0x8e;
const NLPID_IPV4 = 0xcc;
const NLPID_PPP = 0xcf;

/** Destination and source service access point, control; with SNAP an organisation and its protocol. */
export function decodeLlc(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 3, 'LLC cut short')) return OTHER;
  const { view } = packet;
  const control = view.getUint8(offset + 2);
  if (control !== UNNUMBERED_INFORMATION) return stopAt(packet, 'IEEE 802.2 LLC', false);
  if (view.getUint16(offset) === SNAP) return decodeSnap(packet, offset, end);
  switch (view.getUint8(offset)) {
    case DSAP_IP:
      return decodeIpv4(packet, offset + 3, end);
    case DSAP_OSI:
      return decodeNlpid(packet, offset + 3, end);
    default:
      return stopAt(packet, 'IEEE 802.2 LLC', false);
  }
}

/** True where `offset` has the LLC header that all of IP over 802.11 begins with. */
export function beginsWithSnap(packet: Packet, offset: number): boolean {
  const { view } = packet;
  return (
    offset + 3 <= packet.captureEnd &&
    view.getUint16(offset) === SNAP &&
    view.getUint8(offset + 2) === UNNUMBERED_INFORMATION
  );
}

function decodeSnap(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SNAP_HEADER, 'SNAP cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  const oui = view.getUint32(offset + OUI) >>> 8;
  const protocol = view.getUint16(offset + PROTOCOL_ID);
  return snapPayload(packet, oui, protocol, offset + SNAP_HEADER, end);
}

function snapPayload(packet: Packet, oui: number, protocol: number, offset: number, end: number): number {
  if (oui === OUI_ETHERNET || oui === OUI_BRIDGE_TUNNEL)
    return decodeEtherType(packet, protocol, offset, end);
  // two bytes of padding before a bridged frame
  if (oui === OUI_BRIDGED && protocol === BRIDGED_ETHERNET) return decodeEthernet(packet, offset + 2, end);
  if (oui === OUI_BRIDGED && protocol === BRIDGED_ETHERNET_FCS) {
    narrow(packet, end - 4);
    return decodeEthernet(packet, offset + 2, end - 4);
  }
  return stopAt(packet, 'other SNAP protocol', false);
}

/** One byte that names the network layer (ISO/IEC TR 9577), as in frame relay and behind LLC FE-FE-03. */
export function decodeNlpid(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 1, 'NLPID cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  switch (view.getUint8(offset)) {
    case NLPID_IPV4:
      return decodeIpv4(packet, offset + 1, end);
    case NLPID_IPV6:
      return decodeIpv6(packet, offset + 1, end);
    case NLPID_PPP:
      return decodePpp(packet, offset + 1, end);
    case NLPID_SNAP: {
      if (!has(packet, offset, 6, 'SNAP cut short')) return OTHER;
      const oui = view.getUint32(offset) & 0xffffff;
      // no padding here before a bridged frame (RFC 2427 4.2)
      const bridged = oui === OUI_BRIDGED ? 2 : 0;
      return snapPayload(packet, oui, view.getUint16(offset + 4), offset + 6 - bridged, end);
    }
    default:
      return stopAt(packet, 'other NLPID', false);
  }
}
