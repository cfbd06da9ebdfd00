/**
 * MPLS: a stack of labels, then a protocol that only the routers know. To read first: RFC 3032 2.1; RFC 4385 3
 * and RFC 4448 (pseudo-wires, the control word, Ethernet in them); RFC 4928 (what the first nibble shows).
 */
import { decodeEthernet } from './ethernet.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { deeper, has, OTHER, type Packet, stopAt } from './packet.js';

const LABEL = 4;
const BOTTOM_OF_STACK = 0x100;
const MAX_LABELS = 16;
const CONTROL_WORD = 4;
const ETHERNET_HEADER = 14;

export function decodeMpls(packet: Packet, offset: number, end: number): number {
  if (!deeper(packet)) return OTHER;
  let at = offset;
  for (let labels = 0; ; labels++) {
    if (labels === MAX_LABELS) return stopAt(packet, 'MPLS label stack too deep', true);
    if (!has(packet, at, LABEL, 'MPLS label cut short')) return OTHER;
    const entry = packet.view.getInt32(at);
    at += LABEL;
    if ((entry & BOTTOM_OF_STACK) !== 0) break;
  }
  if (!has(packet, at, 1, 'MPLS payload cut short')) return OTHER;
  switch (packet.view.getUint8(at) >>> 4) {
    case 4:
      return decodeIpv4(packet, at, end);
    case 6:
      return decodeIpv6(packet, at, end);
    case 0:
      // a control word, unless the destination of a frame without one begins with these bits
      if (looksLikeEthernet(packet, at + CONTROL_WORD)) return decodeEthernet(packet, at + CONTROL_WORD, end);
      break;
    case 1:
      return stopAt(packet, 'MPLS pseudo-wire channel', false);
  }
  if (looksLikeEthernet(packet, at)) return decodeEthernet(packet, at, end);
  return stopAt(packet, 'MPLS payload', false);
}

/** True where an Ethernet header at `offset` would have a type that is common. */
function looksLikeEthernet(packet: Packet, offset: number): boolean {
  if (offset + ETHERNET_HEADER > packet.captureEnd) return false;
  switch (packet.view.getUint16(offset + ETHERNET_HEADER - 2)) {
    case 0x0800:
    case 0x0806:
    case 0x8100:
    case 0x86dd:
    case 0x8847:
    case 0x8863:
    case 0x8864:
    case 0x88a8:
      return true;
    default:
      return false;
  }
}
