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

/** Memory for records, in blocks, so that growing copies nothing. */
export class RecordStore {
  private readonly intBlocks: Int32Array[] = [];
  private readonly doubleBlocks: Float64Array[] = [];

  constructor(
    private readonly intsEach: number,
    private readonly doublesEach: number,
  ) {}

  private static readonly BITS = 10;

  /** Points a cursor at a record; `intOffset` and `doubleOffset` choose a part of it. */
  point(cursor: Cursor, slot: number, intOffset: number, doubleOffset: number): void {
    const block = slot >>> RecordStore.BITS;
    const within = slot & ((1 << RecordStore.BITS) - 1);
    const ints = this.intBlocks[block];
    const doubles = this.doubleBlocks[block];
    if (ints === undefined || doubles === undefined) throw new RangeError(`no record ${slot}`);
    cursor.ints = ints;
    cursor.at = within * this.intsEach + intOffset;
    cursor.doubles = doubles;
    cursor.atDoubles = within * this.doublesEach + doubleOffset;
  }

  /** Makes room for a slot and sets all its fields to 0. */
  clear(slot: number): void {
    const block = slot >>> RecordStore.BITS;
    while (this.intBlocks.length <= block) {
      this.intBlocks.push(new Int32Array(this.intsEach << RecordStore.BITS));
      this.doubleBlocks.push(new Float64Array(this.doublesEach << RecordStore.BITS));
    }
    const within = slot & ((1 << RecordStore.BITS) - 1);
    this.intBlocks[block]?.fill(0, within * this.intsEach, (within + 1) * this.intsEach);
    this.doubleBlocks[block]?.fill(0, within * this.doublesEach, (within + 1) * this.doublesEach);
  }
}
