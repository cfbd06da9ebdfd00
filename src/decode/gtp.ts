/**
 * GTP-U, which carries a mobile phone's packets. To read first: 3GPP TS 29.281 5 (version 1), GSM 09.60 6 (version 0).
 */
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';
import { has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodePpp } from './ppp.js';

const TYPE = 1;
const LENGTH = 2;
const HEADER = 8;
const OPTIONAL = 4;
const HEADER_0 = 20;

/** Type of a message that carries a packet ("T-PDU"). */
const PACKET = 0xff;
const VERSION_AND_PROTOCOL = 0xf0;
const EXTENSION = 0x04;
/** Any of the flags E, S and PN brings all three fields. */
const ANY_OPTIONAL = 0x07;
const MAX_EXTENSIONS = 16;

/** Version 1: flags, type, length, tunnel id; sequence number, N-PDU number and extension headers where flagged. */
export function decodeGtp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'GTP header cut short')) return OTHER;
  const { view } = packet;
  const flags = view.getUint8(offset);
  // version 1, protocol type GTP
  if ((flags & VERSION_AND_PROTOCOL) !== 0x30) return stopAt(packet, 'other GTP version', false);
  if (view.getUint8(offset + TYPE) !== PACKET) return stopAt(packet, 'GTP control', false);
  const dataEnd = Math.min(end, offset + HEADER + view.getUint16(offset + LENGTH));
  narrow(packet, dataEnd);
  let at = offset + HEADER;
  if ((flags & ANY_OPTIONAL) !== 0) {
    if (!has(packet, at, OPTIONAL, 'GTP header cut short')) return OTHER;
    let next = (flags & EXTENSION) !== 0 ? view.getUint8(at + OPTIONAL - 1) : 0;
    at += OPTIONAL;
    // each begins with its length in words and ends with the type of the next one
    for (let count = 0; next !== 0; count++) {
      if (count === MAX_EXTENSIONS) return stopAt(packet, 'too many GTP extension headers', true);
      if (!has(packet, at, 4, 'GTP extension header cut short')) return OTHER;
      const length = view.getUint8(at) * 4;
      if (length === 0) return stopAt(packet, 'malformed GTP extension header', true);
      if (!has(packet, at, length, 'GTP extension header cut short')) return OTHER;
      at += length;
      next = view.getUint8(at - 1);
    }
  }
  return decodeCarried(packet, at, dataEnd);
}

/** Version 0: a header of 20 bytes. */
export function decodeGtp0(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER_0, 'GTP header cut short')) return OTHER;
  const { view } = packet;
  if ((view.getUint8(offset) & VERSION_AND_PROTOCOL) !== 0x10)
    return stopAt(packet, 'other GTP version', false);
  if (view.getUint8(offset + TYPE) !== PACKET) return stopAt(packet, 'GTP control', false);
  return decodeCarried(packet, offset + HEADER_0, end);
}

/** The protocol inside was agreed when the tunnel was made; here its first byte must show it. */
function decodeCarried(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 1, 'GTP without a packet')) return OTHER;
  const first = packet.view.getUint8(offset);
  if (first >>> 4 === 4) return decodeIpv4(packet, offset, end);
  if (first >>> 4 === 6) return decodeIpv6(packet, offset, end);
  return decodePpp(packet, offset, end);
}
