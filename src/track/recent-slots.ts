/**
 * The newest connections by a number that several may share, four for each: bounded and without a key, so that what is
 * put in costs nothing to forget. Whoever finds a slot here looks whether it still is what it was.
 */

export const WAYS = 4;

export class RecentSlots {
  /** Of each place: the number, the slot + 1, and what was noted with it. */
  private readonly numbers: Int32Array;
  private readonly slots: Int32Array;
  private readonly marks: Int32Array;

  /** `sets`: a power of two; so many times four connections are kept. */
  constructor(private readonly sets: number) {
    this.numbers = new Int32Array(sets * WAYS);
    this.slots = new Int32Array(sets * WAYS);
    this.marks = new Int32Array(sets * WAYS);
  }

  /** Puts a slot before the others of its number; the oldest goes. */
  add(number: number, slot: number, mark: number): void {
    const { numbers, slots, marks } = this;
    const first = this.place(number);
    for (let at = first + WAYS - 1; at > first; at--) {
      numbers[at] = numbers[at - 1] ?? 0;
      slots[at] = slots[at - 1] ?? 0;
      marks[at] = marks[at - 1] ?? 0;
    }
    numbers[first] = number;
    slots[first] = slot + 1;
    marks[first] = mark;
  }

  /** Where those of a number are: four places from here. */
  place(number: number): number {
    return ((Math.imul(number, 0x9e3779b1) >>> 8) & (this.sets - 1)) * WAYS;
  }

  /** The slot in a place, -1 where it holds none of that number. */
  slot(place: number, number: number): number {
    return this.numbers[place] === number ? (this.slots[place] ?? 0) - 1 : -1;
  }

  mark(place: number): number {
    return this.marks[place] ?? 0;
  }
}
