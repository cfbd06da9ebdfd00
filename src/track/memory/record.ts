/**
 * Records in typed arrays, used like objects.
 *
 * A connection costs a few hundred bytes here and about four times as much as an object with fields, and a
 * million of them cost the garbage collector nothing. A cursor is pointed at a record (`cursor.ints`, `.at`…)
 * and then read and written by name; the engine turns each name into one array access.
 */

/** Where a cursor points: 32-bit integers from `at`, doubles from `atDoubles`. */
export interface Cursor {
  ints: Int32Array;
  at: number;
  doubles: Float64Array;
  atDoubles: number;
}

type Named<Names extends string> = { [Name in Names]: number };

/** The class of cursors over records with these fields, in this order. */
export function cursorClass<const Ints extends readonly string[], const Doubles extends readonly string[]>(
  ints: Ints,
  doubles: Doubles,
): new () => Cursor & Named<Ints[number] | Doubles[number]> {
  class RecordCursor implements Cursor {
    ints = new Int32Array(0);
    at = 0;
    doubles = new Float64Array(0);
    atDoubles = 0;
  }
  ints.forEach((name, offset) => {
    Object.defineProperty(RecordCursor.prototype, name, {
      get(this: RecordCursor) {
        return this.ints[this.at + offset];
      },
      set(this: RecordCursor, value: number) {
        this.ints[this.at + offset] = value;
      },
    });
  });
  doubles.forEach((name, offset) => {
    Object.defineProperty(RecordCursor.prototype, name, {
      get(this: RecordCursor) {
        return this.doubles[this.atDoubles + offset];
      },
      set(this: RecordCursor, value: number) {
        this.doubles[this.atDoubles + offset] = value;
      },
    });
  });
  return RecordCursor as new () => RecordCursor & Named<Ints[number] | Doubles[number]>;
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

  constructor(
    private readonly intsEach: number,
    private readonly doublesEach: number,
  ) {}

  ints(slot: number): Int32Array {
    const block = this.intBlocks[slot >>> BLOCK_BITS];
    if (block === undefined) throw new RangeError(`no record ${slot}`);
    return block;
  }

  doubles(slot: number): Float64Array {
    const block = this.doubleBlocks[slot >>> BLOCK_BITS];
    if (block === undefined) throw new RangeError(`no record ${slot}`);
    return block;
  }

  /** Makes room for a slot and sets all its fields to 0. */
  clear(slot: number): void {
    const block = slot >>> BLOCK_BITS;
    while (this.intBlocks.length <= block) {
      this.intBlocks.push(new Int32Array(this.intsEach << BLOCK_BITS));
      this.doubleBlocks.push(new Float64Array(this.doublesEach << BLOCK_BITS));
    }
    if (slot >= this.fresh) {
      this.fresh = slot + 1;
      return;
    }
    const within = slot & ((1 << BLOCK_BITS) - 1);
    this.intBlocks[block]?.fill(0, within * this.intsEach, (within + 1) * this.intsEach);
    this.doubleBlocks[block]?.fill(0, within * this.doublesEach, (within + 1) * this.doublesEach);
  }
}
