/**
 * Overlay networks in UDP: VXLAN, VXLAN-GPE, Geneve, LISP.
 * To read first: RFC 7348 5, draft-ietf-nvo3-vxlan-gpe 3, RFC 8926 3.4, RFC 9300 5.
 */
import { decodeEthernet, decodeEtherType } from './ethernet.js';
import { decodeIp } from './ip.js';
import { decodeGenericNext } from './nsh.js';
import { enterPath, has, OTHER, type Packet, stopAt } from './packet.js';
import { GENEVE, VXLAN } from './path.js';

const HEADER = 8;
const NETWORK = 4;

const GPE_NEXT_PROTOCOL_VALID = 0x04;
const GPE_OAM = 0x01;
const GPE_NEXT_PROTOCOL = 3;

/** Flags, network identifier of 24 bits; then Ethernet. (The flag that the identifier is valid is not always set.) */
export function decodeVxlan(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'VXLAN header cut short')) return OTHER;
  const { view } = packet;
  enterPath(packet, VXLAN, view.getUint32(offset + NETWORK) >>> 8);
  return decodeEthernet(packet, offset + HEADER, end);
}

/** The same with a next protocol, where a flag says that there is one; Ethernet otherwise. */
export function decodeVxlanGpe(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'VXLAN-GPE header cut short')) return OTHER;
  const { view } = packet;
  const flags = view.getUint8(offset);
  if ((flags & GPE_OAM) !== 0) return stopAt(packet, 'VXLAN-GPE OAM', false);
  enterPath(packet, VXLAN, view.getUint32(offset + NETWORK) >>> 8);
  if ((flags & GPE_NEXT_PROTOCOL_VALID) === 0) return decodeEthernet(packet, offset + HEADER, end);
  return decodeGenericNext(packet, view.getUint8(offset + GPE_NEXT_PROTOCOL), offset + HEADER, end);
}

const GENEVE_TYPE = 2;

/** Version and length of the options in words, flags, EtherType, network identifier; options. */
export function decodeGeneve(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'Geneve header cut short')) return OTHER;
  const { view } = packet;
  const first = view.getUint8(offset);
  if (first >>> 6 !== 0) return stopAt(packet, 'other Geneve version', false);
  enterPath(packet, GENEVE, view.getUint32(offset + NETWORK) >>> 8);
  const payload = offset + HEADER + (first & 0x3f) * 4;
  return decodeEtherType(packet, view.getUint16(offset + GENEVE_TYPE), payload, end);
}

/** Flags, nonce or map version, instance or locator status; then IP. */
export function decodeLisp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'LISP header cut short')) return OTHER;
  return decodeIp(packet, offset + HEADER, end);
}
