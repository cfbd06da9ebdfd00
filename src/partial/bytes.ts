/** Numbers as bytes: seven bits a byte, lowest first, so that small ones are short (LEB128). */
import type { PartError } from '../errors.js';

export class ByteWriter {
  private buffer = new Uint8Array(1 << 16);
  private length = 0;

  /** What was written since the last call. */
  take(): Uint8Array {
    const taken = this.buffer.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) this.grow(1);
    this.buffer[this.length++] = value;
  }

  /** A whole number from 0 to 2^53 - 1. */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 0x8000_0000) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** A whole number of at most 2^52 in size, small ones of either sign short. */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  int32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  bytes(values: Uint8Array): void {
    this.unsigned(values.length);
    if (this.length + values.length > this.buffer.length) this.grow(values.length);
    this.buffer.set(values, this.length);
    this.length += values.length;
  }

  private grow(by: number): void {
    const larger = new Uint8Array((this.buffer.length + by) * 2);
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}

/** Bytes that cannot be what was written. */
export class LogError extends RangeError {
  constructor(readonly values: PartError) {
    super(values.kind);
  }
}

/** Reads what a ByteWriter wrote; throws LogError where the bytes end too soon or cannot be a number. */
export class ByteReader {
  private at = 0;

  constructor(private readonly buffer: Uint8Array) {}

  get atEnd(): boolean {
    return this.at >= this.buffer.length;
  }

  byte(): number {
    const value = this.buffer[this.at++];
    if (value === undefined) throw new LogError({ kind: 'bytes-end' });
    return value;
  }

  unsigned(): number {
    const first = this.byte();
    if (first < 128) return first;
    const second = this.byte();
    if (second < 128) return (first & 127) | (second << 7);
    const third = this.byte();
    if (third < 128) return (first & 127) | ((second & 127) << 7) | (third << 14);
    return this.long((first & 127) | ((second & 127) << 7) | ((third & 127) << 14));
  }

  /** A number of four bytes or more, of which these are the first three. */
  private long(low: number): number {
    let value = low;
    let scale = 0x20_0000;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (scale > 2 ** 49 || value > Number.MAX_SAFE_INTEGER)
        throw new LogError({ kind: 'number-too-large' });
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.unsigned();
    // the remainder of a number that may have a fraction is slow
    if (value <= 0x7fff_ffff) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  int32(): number {
    const a = this.byte();
    const b = this.byte();
    const c = this.byte();
    return a | (b << 8) | (c << 16) | (this.byte() << 24);
  }

  /** A number of at most `most`. */
  upTo(most: number): number {
    const value = this.unsigned();
    if (value > most) throw new LogError({ kind: 'number-out-of-range' });
    return value;
  }

  bytes(): Uint8Array {
    const length = this.unsigned();
    if (this.at + length > this.buffer.length) throw new LogError({ kind: 'bytes-end' });
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }
}
