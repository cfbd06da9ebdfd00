/**
 * Slots by the hash of their flow: open addressing, hash and slot next to each other, so that most searches touch one
 * line of the cache and no slot of another flow.
 */

const NONE = -1;

export class FlowIndex {
  /** Pairs: a hash, and 1 + the slot; 0 where no slot is. At most half of them are taken. */
  private readonly pairs: Int32Array;
  /** The last place of a pair. */
  private readonly last: number;

  /** `slots`: the most that are in it at a time, a power of two. */
  constructor(slots: number) {
    this.pairs = new Int32Array(slots * 4);
    this.last = this.pairs.length - 2;
  }

  /** Where the first slot with this hash is, or -1. */
  first(hash: number): number {
    return this.search(hash, (hash << 1) & this.last);
  }

  /** Where the next slot with the hash of this place is, or -1. */
  after(at: number): number {
    return this.search(this.pairs[at] ?? 0, (at + 2) & this.last);
  }

  slot(at: number): number {
    return (this.pairs[at + 1] ?? 0) - 1;
  }

  private search(hash: number, from: number): number {
    const { pairs, last } = this;
    for (let at = from; ; at = (at + 2) & last) {
      if ((pairs[at + 1] ?? 0) === 0) return NONE;
      if (pairs[at] === hash) return at;
    }
  }

  add(slot: number, hash: number): void {
    const { pairs, last } = this;
    let at = (hash << 1) & last;
    while ((pairs[at + 1] ?? 0) !== 0) at = (at + 2) & last;
    pairs[at] = hash;
    pairs[at + 1] = slot + 1;
  }

  /** `hash`: the one that it was put in by. */
  remove(slot: number, hash: number): void {
    const { pairs, last } = this;
    let free = (hash << 1) & last;
    while (pairs[free + 1] !== slot + 1) {
      if ((pairs[free + 1] ?? 0) === 0) return;
      free = (free + 2) & last;
    }
    // those behind it move up, but not before the place of their own hash
    for (let at = (free + 2) & last; (pairs[at + 1] ?? 0) !== 0; at = (at + 2) & last) {
      const home = ((pairs[at] ?? 0) << 1) & last;
      if (((at - home) & last) < ((at - free) & last)) continue;
      pairs[free] = pairs[at] ?? 0;
      pairs[free + 1] = pairs[at + 1] ?? 0;
      free = at;
    }
    pairs[free + 1] = 0;
  }
}
