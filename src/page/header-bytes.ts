/** The TCP header of a packet and the first bytes of its data, copied from the buffer that the next packets overwrite. */
import type { Packet } from '../decode/packet.js';

/** Payload bytes kept of a segment. */
const FIRST_BYTES = 16;
/** Of the longest header (RFC 9293 3.1). */
const LONGEST_HEADER = 60;

/** Where in the packet's buffer they begin, and how many were captured. */
function extent({
  view,
  transportOffset: from,
  payloadOffset,
  captureEnd,
}: Packet): [from: number, count: number] {
  const end = Math.max(from, Math.min(payloadOffset + FIRST_BYTES, captureEnd));
  return [view.byteOffset + from, Math.min(end - from, LONGEST_HEADER + FIRST_BYTES)];
}

export function headerBytes(packet: Packet): Uint8Array {
  return new Uint8Array(packet.view.buffer, ...extent(packet)).slice();
}

/** In hexadecimal, as the page has them. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Header bytes of many packets, by packet number, in one buffer: an array each would be ten times their size. */
export class HeaderStore {
  private bytes = new Uint8Array(1 << 16);
  private end = 0;
  /** Where the bytes of a packet begin; the first one is how many follow. */
  private readonly starts = new Map<number, number>();

  get size(): number {
    return this.starts.size;
  }

  has(number: number): boolean {
    return this.starts.has(number);
  }

  add(number: number, packet: Packet): void {
    const [from, count] = extent(packet);
    if (this.end + 1 + count > this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.starts.set(number, this.end);
    this.bytes[this.end++] = count;
    this.bytes.set(new Uint8Array(packet.view.buffer, from, count), this.end);
    this.end += count;
  }

  /** In hexadecimal; undefined for a packet that was not added. */
  hexText(number: number): string | undefined {
    const start = this.starts.get(number);
    if (start === undefined) return undefined;
    const count = this.bytes[start] ?? 0;
    return hexText(this.bytes.subarray(start + 1, start + 1 + count));
  }
}
