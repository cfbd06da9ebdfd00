/** The TCP header of a packet and the first bytes of its data, copied from the buffer that the next packets overwrite. */
import type { Packet } from '../decode/packet.js';

/** Payload bytes kept of a segment. */
const FIRST_BYTES = 16;
/** Of the longest header (RFC 9293 3.1). */
const LONGEST_HEADER = 60;

/** As far as they were captured. */
export function headerBytes(packet: Packet): Uint8Array {
  const { view, transportOffset: from } = packet;
  const end = Math.max(from, Math.min(packet.payloadOffset + FIRST_BYTES, packet.captureEnd));
  const kept = Math.min(end - from, LONGEST_HEADER + FIRST_BYTES);
  return new Uint8Array(view.buffer, view.byteOffset + from, kept).slice();
}

/** In hexadecimal, as the page has them. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
