/** The first of many rows in an order, with memory only for those: a heap whose root is the last of them. */

export interface Ranked<Row> {
  /** Smaller comes first; rows of the same rank as they came. */
  rank: number;
  sequence: number;
  row: Row;
}

export class TopRows<Row> {
  /** How many were offered. */
  offered = 0;
  private readonly heap: Ranked<Row>[] = [];

  /** `most`: infinite to keep all. */
  constructor(private readonly most: number) {}

  /** Whether a row of that rank would be kept: saves making it. */
  wants(rank: number): boolean {
    const last = this.heap[0];
    return this.heap.length < this.most || (last !== undefined && rank < last.rank);
  }

  add(rank: number, row: Row): void {
    const entry = { rank, sequence: this.offered++, row };
    const { heap, most } = this;
    if (heap.length < most) {
      heap.push(entry);
      if (most !== Number.POSITIVE_INFINITY) this.raise(heap.length - 1);
      return;
    }
    const last = heap[0];
    if (last === undefined || !comesBefore(entry, last)) return;
    heap[0] = entry;
    this.sink(0);
  }

  /** Those that were kept, in order. */
  take(): Row[] {
    return this.heap.sort((a, b) => (comesBefore(a, b) ? -1 : 1)).map(({ row }) => row);
  }

  private raise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfAfter(at, parent)) return;
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const child = this.isAfter(right, left) ? right : left;
      if (!this.swapIfAfter(child, at)) return;
      at = child;
    }
  }

  /** Whether an entry of the heap comes after another; false for an entry that does not exist. */
  private isAfter(a: number, b: number): boolean {
    const first = this.heap[a];
    const second = this.heap[b];
    return first !== undefined && second !== undefined && comesBefore(second, first);
  }

  private swapIfAfter(below: number, above: number): boolean {
    if (!this.isAfter(below, above)) return false;
    const { heap } = this;
    const entry = heap[below];
    const other = heap[above];
    if (entry === undefined || other === undefined) return false;
    heap[below] = other;
    heap[above] = entry;
    return true;
  }
}

function comesBefore<Row>(a: Ranked<Row>, b: Ranked<Row>): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.sequence < b.sequence);
}
