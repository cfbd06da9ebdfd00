/**
 * Records in typed arrays, used like objects.
 *
 * A connection costs a few hundred bytes here and about four times as much as an object with fields, and a
 * million of them cost the garbage collector nothing. A cursor is pointed at a record (`cursor.ints`, `.at`…)
 * and then read and written by name; the engine turns each name into one array access.
 */

/** Where a cursor points: the word of 32 bits at which its record begins, an even one, in two views of one memory. */
export interface Cursor {
  ints: Int32Array;
  doubles: Float64Array;
  at: number;
}

/** Names of fields, and the word of the record that each has; a double has that and the next. */
type Words = Readonly<Record<string, number>>;
type Named<Fields extends Words> = { -readonly [Name in keyof Fields]: number };

/** The class of cursors over records with these fields. Doubles have even words. */
export function cursorClass<const Ints extends Words, const Doubles extends Words>(
  ints: Ints,
  doubles: Doubles,
): new () => Cursor & Named<Ints> & Named<Doubles> {
  class RecordCursor implements Cursor {
    ints = new Int32Array(0);
    doubles = new Float64Array(0);
    at = 0;
  }
  for (const [name, word] of Object.entries(ints)) {
    Object.defineProperty(RecordCursor.prototype, name, {
      get(this: RecordCursor) {
        return this.ints[this.at + word];
      },
      set(this: RecordCursor, value: number) {
        this.ints[this.at + word] = value;
      },
    });
  }
  for (const [name, word] of Object.entries(doubles)) {
    const offset = word >> 1;
    Object.defineProperty(RecordCursor.prototype, name, {
      get(this: RecordCursor) {
        return this.doubles[(this.at >> 1) + offset];
      },
      set(this: RecordCursor, value: number) {
        this.doubles[(this.at >> 1) + offset] = value;
      },
    });
  }
  return RecordCursor as new () => RecordCursor & Named<Ints> & Named<Doubles>;
}

/**
 * Records in a block. Memory grows by blocks, so that growing copies nothing; the system hands out their pages
 * only when they are first written to.
 */
export const BLOCK_BITS = 13;

/** Memory for records. */
export class RecordStore {
  private readonly intBlocks: Int32Array[] = [];
  private readonly doubleBlocks: Float64Array[] = [];
  /** Slots from here on were never used, and are still zero. */
  private fresh = 0;

  /** `words`: of 32 bits, that each record has; an even number. */
  constructor(private readonly words: number) {}

  ints(slot: number): Int32Array {
    const block = this.intBlocks[slot >>> BLOCK_BITS];
    if (block === undefined) throw new RangeError(`no record ${slot}`);
    return block;
  }

  /** Another view of the same memory. */
  doubles(slot: number): Float64Array {
    const block = this.doubleBlocks[slot >>> BLOCK_BITS];
    if (block === undefined) throw new RangeError(`no record ${slot}`);
    return block;
  }

  /** Makes room for a slot and sets all its fields to 0. */
  clear(slot: number): void {
    const block = slot >>> BLOCK_BITS;
    while (this.intBlocks.length <= block) {
      const ints = new Int32Array(this.words << BLOCK_BITS);
      this.intBlocks.push(ints);
      this.doubleBlocks.push(new Float64Array(ints.buffer));
    }
    if (slot >= this.fresh) {
      this.fresh = slot + 1;
      return;
    }
    const within = slot & ((1 << BLOCK_BITS) - 1);
    this.intBlocks[block]?.fill(0, within * this.words, (within + 1) * this.words);
  }
}
