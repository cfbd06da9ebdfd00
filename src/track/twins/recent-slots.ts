/**
 * The newest connections by a number that several may share, four for each: bounded and without a key, so that what is
 * inserted need not be removed. The caller checks that a slot found here is still the same connection.
 */

export const WAYS = 4;

export class RecentSlots {
  /** By themselves, as they are looked at for each connection, and fit into the processor's cache. */
  private readonly numbers: Int32Array;
  /** The slot + 1 of the connection, and the value noted with it. */
  private readonly noted: Int32Array;
  private turn = 0;

  /** `sets`: a power of two; four connections are kept in each. */
  constructor(private readonly sets: number) {
    this.numbers = new Int32Array(sets * WAYS);
    this.noted = new Int32Array(sets * WAYS * 2);
  }

  /** Puts a slot in the place of another of its set, round robin. */
  add(number: number, slot: number, mark: number): void {
    const at = this.first(number) + (this.turn++ & (WAYS - 1));
    this.numbers[at] = number;
    this.noted[at * 2] = slot + 1;
    this.noted[at * 2 + 1] = mark;
  }

  /** The first of the four places of a number. */
  first(number: number): number {
    return ((Math.imul(number, 0x9e3779b1) >>> 8) & (this.sets - 1)) * WAYS;
  }

  /** The slot in a place, -1 where it has none of that number. */
  slot(place: number, number: number): number {
    return this.numbers[place] === number ? (this.noted[place * 2] ?? 0) - 1 : -1;
  }

  mark(place: number): number {
    return this.noted[place * 2 + 1] ?? 0;
  }
}
