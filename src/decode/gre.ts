/**
 * GRE, and what it carries: IP, Ethernet, ERSPAN, PPP.
 * To read first: RFC 2784 2, RFC 2890 2 (key, sequence), RFC 1701 (routing), RFC 2637 4.1 (version 1, PPTP),
 * RFC 7637 3.2 (NVGRE), draft-foschiano-erspan (ERSPAN I, II and III).
 */
import { decodeEthernet, decodeEtherType, ETHERTYPE_BRIDGING } from './ethernet.js';
import { decodeIp } from './ip.js';
import { deeper, enterPath, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { ERSPAN, GRE, GRE_KEY, NVGRE, PPTP } from './path.js';
import { decodePpp } from './ppp.js';
import { decodeWifi } from './wifi.js';

const CHECKSUM_PRESENT = 0x8000;
const ROUTING_PRESENT = 0x4000;
const KEY_PRESENT = 0x2000;
const SEQUENCE_PRESENT = 0x1000;
const ACKNOWLEDGEMENT_PRESENT = 0x0080;
const VERSION = 0x0007;

const PROTOCOL_ERSPAN_3 = 0x22eb;
const PROTOCOL_EOIP = 0x6400;
const PROTOCOL_ARUBA_FIRST = 0x8200;
const PROTOCOL_ARUBA_LAST = 0x8370;
const PROTOCOL_PPP = 0x880b;
const PROTOCOL_WCCP = 0x883e;
const PROTOCOL_ERSPAN = 0x88be;
const PROTOCOL_CDMA_PPP = 0x88d2;

/** Smaller virtual subnet ids are reserved (RFC 7637 3.2), so that a smaller key is plain GRE's. */
const SMALLEST_NVGRE_KEY = 0x100000;
const MAX_ROUTES = 16;

export function decodeGre(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 4, 'GRE header cut short') || !deeper(packet)) return OTHER;
  const flags = packet.view.getUint16(offset);
  const protocol = packet.view.getUint16(offset + 2);
  // version 1 is for PPP alone (and what Mikrotik made of it); any other is read like version 0
  const pptp = (flags & VERSION) === 1 && (protocol === PROTOCOL_PPP || protocol === PROTOCOL_EOIP);
  if (pptp) return decodeVersion1(packet, flags, protocol, offset + 4, end);
  return decodeVersion0(packet, flags, protocol, offset + 4, end);
}

function decodeVersion0(
  packet: Packet,
  flags: number,
  protocol: number,
  offset: number,
  end: number,
): number {
  const keyed = (flags & KEY_PRESENT) !== 0;
  const sequenced = (flags & SEQUENCE_PRESENT) !== 0;
  let at = offset + ((flags & (CHECKSUM_PRESENT | ROUTING_PRESENT)) !== 0 ? 4 : 0);
  const options = at - offset + (keyed ? 4 : 0) + (sequenced ? 4 : 0);
  if (!has(packet, offset, options, 'GRE header cut short')) return OTHER;
  const key = keyed ? packet.view.getUint32(at) : 0;
  at = offset + options;
  if ((flags & ROUTING_PRESENT) !== 0) {
    at = skipRoutes(packet, at);
    if (at < 0) return OTHER;
  }
  if (protocol === PROTOCOL_ERSPAN || protocol === PROTOCOL_ERSPAN_3) {
    enterPath(packet, ERSPAN, 0);
    return decodeErspan(packet, protocol, sequenced, at, end);
  }
  if (!keyed) enterPath(packet, GRE, 0);
  else if (protocol === ETHERTYPE_BRIDGING && key >= SMALLEST_NVGRE_KEY) {
    // the last byte of an NVGRE key differs from flow to flow
    enterPath(packet, NVGRE, key >>> 8);
  } else enterPath(packet, GRE_KEY, key);
  return decodeGreProtocol(packet, protocol, at, end);
}

/** Source routes: address family, offset, length; the last has length 0. Negative where they are cut short. */
function skipRoutes(packet: Packet, offset: number): number {
  let at = offset;
  for (let count = 0; count < MAX_ROUTES; count++) {
    if (!has(packet, at, 4, 'GRE routing cut short')) return -1;
    const length = packet.view.getUint8(at + 3);
    at += 4 + length;
    if (length === 0) return at;
  }
  stopAt(packet, 'too many GRE routes', true);
  return -1;
}

/** PPTP: payload length and call id replace the key. The call id differs by direction. */
function decodeVersion1(
  packet: Packet,
  flags: number,
  protocol: number,
  offset: number,
  end: number,
): number {
  const sequenced = (flags & SEQUENCE_PRESENT) !== 0 && protocol !== PROTOCOL_EOIP;
  const acknowledged = (flags & ACKNOWLEDGEMENT_PRESENT) !== 0;
  const options = 4 + (sequenced ? 4 : 0) + (acknowledged ? 4 : 0);
  if (!has(packet, offset, options, 'GRE header cut short')) return OTHER;
  const start = offset + options;
  const dataEnd = Math.min(end, start + packet.view.getUint16(offset));
  if (dataEnd === start) return stopAt(packet, 'GRE acknowledgement', false);
  narrow(packet, dataEnd);
  enterPath(packet, protocol === PROTOCOL_EOIP ? GRE : PPTP, 0);
  return decodeGreProtocol(packet, protocol, start, dataEnd);
}

/** The protocol type is an EtherType, except for some of GRE's own. */
export function decodeGreProtocol(packet: Packet, protocol: number, offset: number, end: number): number {
  switch (protocol) {
    case PROTOCOL_EOIP: // Mikrotik's Ethernet over IP
      return decodeEthernet(packet, offset, end);
    case PROTOCOL_CDMA_PPP:
      return decodePpp(packet, offset, end);
    case PROTOCOL_WCCP: // version 2 has four bytes of redirect header before IP, version 1 none
      if (!has(packet, offset, 4, 'WCCP cut short')) return OTHER;
      return decodeIp(packet, packet.view.getUint8(offset) >>> 4 === 4 ? offset : offset + 4, end);
  }
  if (protocol >= PROTOCOL_ARUBA_FIRST && protocol <= PROTOCOL_ARUBA_LAST && (protocol & 0x0f) === 0) {
    return decodeWifi(packet, offset, end);
  }
  return decodeEtherType(packet, protocol, offset, end);
}

/** ERSPAN: type I has no header (and GRE no sequence number), type II one of 8 bytes, type III of 12 or 20. */
function decodeErspan(
  packet: Packet,
  protocol: number,
  sequenced: boolean,
  offset: number,
  end: number,
): number {
  if (protocol === PROTOCOL_ERSPAN && !sequenced) return decodeEthernet(packet, offset, end);
  if (!has(packet, offset, 12, 'ERSPAN header cut short')) return OTHER;
  const { view } = packet;
  const version = view.getUint8(offset) >>> 4;
  if (version === 1) return decodeEthernet(packet, offset + 8, end);
  if (version !== 2) return stopAt(packet, 'other ERSPAN version', false);
  const frameType = (view.getUint16(offset + 10) >>> 10) & 0x1f;
  const start = offset + ((view.getUint8(offset + 11) & 1) === 1 ? 20 : 12);
  if (frameType === 2) return decodeIp(packet, start, end);
  return decodeEthernet(packet, start, end);
}
