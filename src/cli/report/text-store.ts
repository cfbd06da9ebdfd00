/** Many texts that are kept for a while, as bytes outside the heap: the garbage collector need not scan them. */

const BLOCK = 1 << 22;
/** Bytes that are worth writing by themselves. */
const PIECE = 1 << 16;
/** UTF-8 needs at most this many bytes for each UTF-16 unit. */
const MAX_BYTES = 3;

export interface StoredText {
  block: Buffer;
  start: number;
  end: number;
}

export class TextStore {
  private block: Buffer = Buffer.alloc(0);
  private used = 0;

  add(text: string): StoredText {
    if (this.used + text.length * MAX_BYTES > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, text.length * MAX_BYTES));
      this.used = 0;
    }
    const { block, used: start } = this;
    this.used += block.write(text, start);
    return { block, start, end: this.used };
  }

  /** Forgets all texts, which were written: their memory is used again. */
  reuse(): void {
    this.used = 0;
  }
}

export function storedText({ block, start, end }: StoredText): string {
  return block.toString('utf8', start, end);
}

/** The texts one after the other, in pieces that are worth writing: adjacent texts are written without a copy. */
export function* joined(texts: readonly StoredText[]): Generator<Uint8Array> {
  let piece = Buffer.alloc(0);
  let used = 0;
  for (const { block, start, end } of runs(texts)) {
    const needed = end - start;
    const whole = needed >= PIECE;
    if (used > 0 && (whole || used + needed > piece.length)) {
      yield piece.subarray(0, used);
      used = 0;
    }
    if (whole) yield block.subarray(start, end);
    else {
      if (piece.length === 0) piece = Buffer.allocUnsafe(PIECE);
      used += block.copy(piece, used, start, end);
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}

/** Adjacent texts, as one. */
function* runs(texts: readonly StoredText[]): Generator<StoredText> {
  let run: StoredText | null = null;
  for (const text of texts) {
    if (run !== null && run.block === text.block && run.end === text.start) run.end = text.end;
    else {
      if (run !== null) yield run;
      run = { ...text };
    }
  }
  if (run !== null) yield run;
}
