/** Slots in lists, one for each bucket, newest first: inserting and removing one does not look at the others. */

const NONE = -1;

export class SlotLists {
  /** Newest slot of each bucket. */
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly before: Int32Array;

  /** `buckets`: a power of two. */
  constructor(buckets: number, slots: number) {
    this.heads = new Int32Array(buckets).fill(NONE);
    this.next = new Int32Array(slots);
    this.before = new Int32Array(slots);
  }

  /** The newest slot in the bucket of a hash, or -1. */
  first(hash: number): number {
    return this.heads[hash & (this.heads.length - 1)] ?? NONE;
  }

  /** The one before it in its bucket, or -1. */
  after(slot: number): number {
    return this.next[slot] ?? NONE;
  }

  add(slot: number, hash: number): void {
    const head = this.first(hash);
    this.next[slot] = head;
    this.before[slot] = NONE;
    if (head !== NONE) this.before[head] = slot;
    this.heads[hash & (this.heads.length - 1)] = slot;
  }

  /** `hash`: the one that it was put in by. */
  remove(slot: number, hash: number): void {
    const next = this.after(slot);
    const before = this.before[slot] ?? NONE;
    if (before === NONE) this.heads[hash & (this.heads.length - 1)] = next;
    else this.next[before] = next;
    if (next !== NONE) this.before[next] = before;
  }
}
