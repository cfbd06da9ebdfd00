/** CAPWAP data channel, between access points and their controller. To read first: RFC 5415 4.3, RFC 5416. */
import { decodeEthernet } from './ethernet.js';
import { has, OTHER, type Packet, stopAt } from './packet.js';
import { decodeSwapped } from './wifi.js';

const HEADER = 8;
/** In the header's second and third byte. */
const NATIVE_FRAME = 0x0100;
const FRAGMENT = 0x0080;

/** Preamble (0: not encrypted), header length in words, radio, binding, flags, fragment; options. */
export function decodeCapwap(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'CAPWAP header cut short')) return OTHER;
  const { view } = packet;
  if (view.getUint8(offset) !== 0) return stopAt(packet, 'encrypted CAPWAP', false);
  const length = (view.getUint8(offset + 1) >>> 3) * 4;
  if (length < HEADER) return stopAt(packet, 'malformed CAPWAP header', true);
  const flags = view.getUint16(offset + 2);
  if ((flags & FRAGMENT) !== 0) return stopAt(packet, 'CAPWAP fragment', false);
  if ((flags & NATIVE_FRAME) === 0) return decodeEthernet(packet, offset + length, end);
  return decodeSwapped(packet, offset + length, end);
}
