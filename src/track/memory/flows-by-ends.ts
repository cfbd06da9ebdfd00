/** Slots of flows in lists by a bucket, newest first: each is put in and taken out without a look at the others. */

const NONE = -1;

export class FlowsByEnds {
  private readonly heads: Int32Array;
  private readonly nextOf: Int32Array;
  private readonly beforeOf: Int32Array;

  /** `capacity`: slots and buckets. */
  constructor(capacity: number) {
    this.heads = new Int32Array(capacity).fill(NONE);
    this.nextOf = new Int32Array(capacity);
    this.beforeOf = new Int32Array(capacity);
  }

  /** The newest slot of a bucket, or -1. */
  first(bucket: number): number {
    return this.heads[bucket] ?? NONE;
  }

  /** The one before it in its bucket, or -1. */
  after(slot: number): number {
    return this.nextOf[slot] ?? NONE;
  }

  add(slot: number, bucket: number): void {
    const head = this.first(bucket);
    this.nextOf[slot] = head;
    this.beforeOf[slot] = NONE;
    if (head !== NONE) this.beforeOf[head] = slot;
    this.heads[bucket] = slot;
  }

  remove(slot: number, bucket: number): void {
    const next = this.after(slot);
    const before = this.beforeOf[slot] ?? NONE;
    if (before === NONE) this.heads[bucket] = next;
    else this.nextOf[before] = next;
    if (next !== NONE) this.beforeOf[next] = before;
  }
}
