/**
 * The newest connections by a number that several may share, four for each: bounded and without a key, so that what is
 * put in costs nothing to forget. Whoever finds a slot here looks whether it still is what it was. All four lie side by
 * side, as a connection that begins finds none of it in the processor's cache.
 */

/** A number, the slot + 1 of its connection, and what was noted with it. */
export const ENTRY = 3;
const SLOT = 1;
const MARK = 2;
const WAYS = 4;
export const SET = WAYS * ENTRY;

export class RecentSlots {
  private readonly entries: Int32Array;
  private turn = 0;

  /** `sets`: a power of two; so many times four connections are kept. */
  constructor(private readonly sets: number) {
    this.entries = new Int32Array(sets * SET);
  }

  /** Puts a slot in the place of another of its set, by turns. */
  add(number: number, slot: number, mark: number): void {
    const { entries } = this;
    const at = this.first(number) + (this.turn++ & (WAYS - 1)) * ENTRY;
    entries[at] = number;
    entries[at + SLOT] = slot + 1;
    entries[at + MARK] = mark;
  }

  /** The first of the four places of a number; each is an ENTRY long, together they are a SET. */
  first(number: number): number {
    return ((Math.imul(number, 0x9e3779b1) >>> 8) & (this.sets - 1)) * SET;
  }

  /** The slot in a place, -1 where it has none of that number. */
  slot(place: number, number: number): number {
    return this.entries[place] === number ? (this.entries[place + SLOT] ?? 0) - 1 : -1;
  }

  mark(place: number): number {
    return this.entries[place + MARK] ?? 0;
  }
}
