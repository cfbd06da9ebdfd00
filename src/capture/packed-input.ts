import type { ErrorValues } from '../errors.js';

/** Compressed bytes that come in pieces of any length, read in the lengths that their format needs. */
export type ByteChunks = AsyncGenerator<Uint8Array, void, undefined>;

/** Compressed bytes that cannot be inflated on. */
export class InflateFailure extends Error {
  constructor(
    readonly why: ErrorValues,
    /** How many had been taken; null where that is not known here. */
    readonly taken: number | null = null,
  ) {
    super(why.kind);
  }
}

/** What an error says, of this code or of a library that inflates. */
export function whyOf(error: unknown): ErrorValues {
  if (error instanceof InflateFailure) return error.why;
  return { kind: 'words', text: error instanceof Error ? error.message : String(error) };
}

/** A frame that begins with another number than its format has. */
export function frameMagic(magic: number, expected: number): ErrorValues {
  return { kind: 'frame-magic', magic: magic.toString(16), expected: expected.toString(16) };
}

export class PackedInput {
  /** Bytes taken so far. */
  taken = 0;
  private part: Uint8Array = new Uint8Array(0);
  private used = 0;

  constructor(private readonly parts: ByteChunks) {}

  async atEnd(): Promise<boolean> {
    while (this.used === this.part.length) {
      const next = await this.parts.next();
      if (next.done === true) return true;
      this.part = next.value;
      this.used = 0;
    }
    return false;
  }

  async take(length: number): Promise<Uint8Array> {
    this.taken += length;
    if (this.part.length - this.used >= length) {
      this.used += length;
      return this.part.subarray(this.used - length, this.used);
    }
    const whole = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (await this.atEnd()) throw new InflateFailure({ kind: 'packed-end' });
      const piece = this.part.subarray(this.used, this.used + length - at);
      whole.set(piece, at);
      at += piece.length;
      this.used += piece.length;
    }
    return whole;
  }

  async number(): Promise<number> {
    const bytes = await this.take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      const step = Math.min(left, 1 << 16);
      await this.take(step);
      left -= step;
    }
  }
}
