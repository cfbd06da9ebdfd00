/** Many texts that are held for a while, as bytes outside the heap: the collector need not look at them again. */

const BLOCK = 1 << 22;
/** Bytes written at a time. */
const PIECE = 1 << 20;
/** UTF-8 needs at most so many for each UTF-16 unit. */
const MOST_BYTES = 3;

export interface StoredText {
  block: Buffer;
  start: number;
  end: number;
}

export class TextStore {
  private block: Buffer = Buffer.alloc(0);
  private used = 0;

  add(text: string): StoredText {
    if (this.used + text.length * MOST_BYTES > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, text.length * MOST_BYTES));
      this.used = 0;
    }
    const { block, used: start } = this;
    this.used += block.write(text, start);
    return { block, start, end: this.used };
  }

  /** Forgets all texts: their memory is used again. */
  reuse(): void {
    this.used = 0;
  }
}

export function storedText({ block, start, end }: StoredText): string {
  return block.toString('utf8', start, end);
}

/** The texts one after the other, with a separator between them, in pieces that are worth writing. */
export function* joined(texts: readonly StoredText[], separator: string): Generator<Uint8Array> {
  const between = Buffer.from(separator);
  let left = 0;
  for (const { start, end } of texts) left += between.length + end - start;
  let piece = Buffer.alloc(0);
  let used = 0;
  for (const [index, { block, start, end }] of texts.entries()) {
    const needed = between.length + end - start;
    if (used + needed > piece.length) {
      if (used > 0) yield piece.subarray(0, used);
      // a new one: the one before may still be on its way
      piece = Buffer.allocUnsafe(Math.max(Math.min(PIECE, left), needed));
      used = 0;
    }
    if (index > 0) used += between.copy(piece, used);
    used += block.copy(piece, used, start, end);
    left -= needed;
  }
  if (used > 0) yield piece.subarray(0, used);
}
