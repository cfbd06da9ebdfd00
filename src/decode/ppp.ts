/**
 * PPP and what it travels in: PPPoE, HDLC framing, Cisco's own HDLC, frame relay.
 * To read first: RFC 1661 2 and 6.5 (protocol field compression), RFC 1662 3 (HDLC-like framing), RFC 2516 4
 * (PPPoE), RFC 1990 3 (multilink), RFC 2427 3 (frame relay).
 */
import { decodeEthernet, decodeEtherType } from './ethernet.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { decodeNlpid } from './llc.js';
import { decodeMpls } from './mpls.js';
import { deeper, has, narrow, OTHER, type Packet, stopAt } from './packet.js';

/** Address "all stations" of HDLC-like framing, which a control byte follows. */
const ALL_STATIONS = 0xff;
const CISCO_UNICAST = 0x0f;
const CISCO_MULTICAST = 0x8f;

const PROTOCOL_IPV4 = 0x0021;
const PROTOCOL_VJ_COMPRESSED = 0x002d;
const PROTOCOL_VJ_UNCOMPRESSED = 0x002f;
const PROTOCOL_BRIDGING = 0x0031;
const PROTOCOL_MULTILINK = 0x003d;
const PROTOCOL_IPV6 = 0x0057;
const PROTOCOL_COMPRESSED = 0x00fd;
const PROTOCOL_MPLS = 0x0281;
const PROTOCOL_MPLS_MULTICAST = 0x0283;

const PPPOE_HEADER = 6;
const PPPOE_LENGTH = 4;

/** The protocol field, of one byte where it is compressed; HDLC's address and control before it or not. */
export function decodePpp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 2, 'PPP cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  const at = view.getUint8(offset) === ALL_STATIONS ? offset + 2 : offset;
  if (!has(packet, at, 2, 'PPP cut short')) return OTHER;
  const first = view.getUint8(at);
  if ((first & 1) === 1) return decodePppProtocol(packet, first, at + 1, end);
  return decodePppProtocol(packet, view.getUint16(at), at + 2, end);
}

function decodePppProtocol(packet: Packet, protocol: number, offset: number, end: number): number {
  switch (protocol) {
    case PROTOCOL_IPV4:
      return decodeIpv4(packet, offset, end);
    case PROTOCOL_IPV6:
      return decodeIpv6(packet, offset, end);
    case PROTOCOL_MPLS:
    case PROTOCOL_MPLS_MULTICAST:
      return decodeMpls(packet, offset, end);
    case PROTOCOL_MULTILINK:
      return decodeMultilink(packet, offset, end);
    case PROTOCOL_BRIDGING:
      return decodeBridging(packet, offset, end);
    case PROTOCOL_VJ_COMPRESSED:
    case PROTOCOL_VJ_UNCOMPRESSED:
      return stopAt(packet, 'PPP with compressed TCP headers', false);
    case PROTOCOL_COMPRESSED:
      return stopAt(packet, 'compressed PPP', false);
    default:
      return stopAt(packet, 'other PPP protocol', false);
  }
}

/** Multilink with long sequence numbers: only a frame that is both first and last of its packet is followed. */
function decodeMultilink(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 4, 'PPP multilink cut short')) return OTHER;
  if ((packet.view.getUint8(offset) & 0xc0) !== 0xc0) return stopAt(packet, 'PPP multilink fragment', false);
  return decodePpp(packet, offset + 4, end);
}

/** Bridged frame (RFC 3518 4.2): flags and padding count, MAC type 1 for Ethernet, the frame, perhaps its FCS. */
function decodeBridging(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 2, 'PPP bridging cut short')) return OTHER;
  const flags = packet.view.getUint8(offset);
  if (packet.view.getUint8(offset + 1) !== 1) return stopAt(packet, 'other bridged PPP frame', false);
  const frameEnd = end - (flags & 0x0f) - ((flags & 0x80) !== 0 ? 4 : 0);
  narrow(packet, frameEnd);
  return decodeEthernet(packet, offset + 2, frameEnd);
}

/** PPPoE session: version and type, code, session, length. */
export function decodePppoe(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, PPPOE_HEADER, 'PPPoE cut short')) return OTHER;
  const { view } = packet;
  const dataEnd = Math.min(end, offset + PPPOE_HEADER + view.getUint16(offset + PPPOE_LENGTH));
  narrow(packet, dataEnd);
  return decodePpp(packet, offset + PPPOE_HEADER, dataEnd);
}

/** A serial line: PPP or Cisco HDLC, by the address. */
export function decodeSerial(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 1, 'PPP cut short')) return OTHER;
  const address = packet.view.getUint8(offset);
  if (address === CISCO_UNICAST || address === CISCO_MULTICAST) return decodeCiscoHdlc(packet, offset, end);
  return decodePpp(packet, offset, end);
}

/** Cisco HDLC: address, control 0, EtherType. */
export function decodeCiscoHdlc(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 4, 'Cisco HDLC cut short')) return OTHER;
  return decodeEtherType(packet, packet.view.getUint16(offset + 2), offset + 4, end);
}

/** Frame relay: an address of 2 to 4 bytes, whose last has bit 0 set; then RFC 2427, or Cisco's EtherType. */
export function decodeFrameRelay(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 4, 'frame relay cut short')) return OTHER;
  const { view } = packet;
  let at = offset;
  while ((view.getUint8(at) & 1) === 0) {
    if (++at === offset + 4) return stopAt(packet, 'malformed frame relay address', true);
  }
  at++;
  if (!has(packet, at, 3, 'frame relay cut short')) return OTHER;
  if (view.getUint8(at) !== 3) return decodeEtherType(packet, view.getUint16(at), at + 2, end);
  // a byte of padding may follow the control byte
  return decodeNlpid(packet, at + (view.getUint8(at + 1) === 0 ? 2 : 1), end);
}
