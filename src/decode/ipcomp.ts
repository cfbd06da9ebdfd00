/**
 * IP payload compression. To read first: RFC 3173 2 and 3; RFC 2394 (deflate, without a header of its own).
 *
 * Inflated bytes are in a separate buffer, like a reassembled datagram.
 */
import { decodeTransport, PROTOCOL_IPCOMP } from './ip.js';
import { deeper, enterBuffer, has, OTHER, type Packet, stopAt } from './packet.js';

const HEADER = 4;
const INDEX = 2;

/** Well-known compression parameter indices (RFC 3173 3.3); from 256 on they are negotiated, for any algorithm. */
const LZS = 3;
const LZJH = 4;

/** No IP packet is longer, so that no more is inflated, whatever the compressed bytes claim. */
const LONGEST = 65_535;

/** Next header, flags, compression parameter index; the rest is compressed. */
export function decodeIpcomp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'IPComp cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  const next = view.getUint8(offset);
  const index = view.getUint16(offset + INDEX);
  // the length of the packet is known only where all of it was captured
  const whole = packet.captureEnd >= end;
  const inflated =
    index === LZS || index === LZJH || !whole || next === PROTOCOL_IPCOMP
      ? null
      : inflate(packet, offset + HEADER, end);
  if (inflated === null) return stopAt(packet, 'IPComp', false);
  enterBuffer(packet, inflated);
  return decodeTransport(packet, next, 0, inflated.byteLength);
}

/** Null for what is not deflate, or inflates to more than any IP packet may have. */
function inflate({ inflateRaw, view }: Packet, offset: number, end: number): DataView | null {
  if (inflateRaw === null) return null;
  const inflated = inflateRaw(new Uint8Array(view.buffer, view.byteOffset + offset, end - offset), LONGEST);
  return inflated === null ? null : new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength);
}
