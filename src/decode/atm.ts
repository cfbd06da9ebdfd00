/** ATM adaptation layer 5, and SunATM's header before it. To read first: RFC 2684 5 and 6, RFC 2225. */
import { decodeEthernet } from './ethernet.js';
import { decodeIp } from './ip.js';
import { decodeLlc } from './llc.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';
import { decodePpp } from './ppp.js';

const LLC_SNAP = 0xaaaa;
const LLC_OSI = 0xfefe;

/** RFC 2684: LLC, or, where the virtual circuit carries one protocol only, that itself: IP or PPP by its look. */
export function decodeAtm(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 3, 'ATM payload cut short')) return OTHER;
  const first = packet.view.getUint16(offset);
  if (first === LLC_SNAP || first === LLC_OSI) return decodeLlc(packet, offset, end);
  // PPP: protocols of IPv4, IPv6, LCP, IPCP and IPV6CP
  if (first === 0x0021 || first === 0x0057 || (first & 0xff00) === 0xc000 || (first & 0xff00) === 0x8000) {
    return decodePpp(packet, offset, end);
  }
  return decodeIp(packet, offset, end);
}

const SUN_HEADER = 4;
const SUN_LANE = 1;
const SUN_LLC = 2;

/** SunATM: direction and kind in one byte, virtual path, virtual circuit. */
export function decodeSunAtm(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SUN_HEADER, 'SunATM header cut short')) return OTHER;
  const kind = packet.view.getUint8(offset) & 0x0f;
  if (kind === SUN_LLC) return decodeAtm(packet, offset + SUN_HEADER, end);
  // LAN emulation: two bytes of client id before the Ethernet frame
  if (kind === SUN_LANE) return decodeEthernet(packet, offset + SUN_HEADER + 2, end);
  return stopAt(packet, 'other ATM traffic', false);
}
