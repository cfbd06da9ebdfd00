/**
 * Bits of zstd's entropy coding, which are read from the end of a piece of bytes to its beginning. To read first: RFC 8878,
 * section 4.1 (FSE).
 */
import { InflateFailure } from './packed-input.js';

export class BackwardBits {
  private bytes: Uint8Array = new Uint8Array(0);
  private from = 0;
  /** Bits that are left; below 0 where more were read than there are. */
  left = 0;

  /** The last byte ends with a 1 bit that only marks the end. */
  begin(bytes: Uint8Array, from: number, to: number): void {
    const last = to > from ? (bytes[to - 1] ?? 0) : 0;
    if (last === 0) throw new InflateFailure({ kind: 'bits' });
    this.bytes = bytes;
    this.from = from;
    this.left = (to - from) * 8 - 1 - Math.clz32(last << 24);
  }

  /** The next `count` bits, 24 at most; zeros where there are no more. */
  peek(count: number): number {
    const at = this.left - count;
    if (at < 0) return this.left <= 0 ? 0 : this.bitsAt(0, this.left) << -at;
    return this.bitsAt(at, count);
  }

  read(count: number): number {
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  private bitsAt(bit: number, count: number): number {
    const { bytes } = this;
    const at = this.from + (bit >>> 3);
    const four =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    return (four >>> (bit & 7)) & ((1 << count) - 1);
  }
}
