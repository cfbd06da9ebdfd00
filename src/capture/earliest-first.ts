/**
 * A heap: the earliest of many at once, in steps that grow with the logarithm of their number. Thousands of files that begin
 * together are read together.
 */
export class EarliestFirst<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly isEarlier: (one: Item, other: Item) => boolean) {}

  get first(): Item | null {
    return this.items[0] ?? null;
  }

  /** The earliest but for the first. */
  get second(): Item | null {
    const [, left, right] = this.items;
    if (left === undefined) return null;
    return right !== undefined && this.isEarlier(right, left) ? right : left;
  }

  push(item: Item): void {
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = items[parent];
      if (above === undefined || !this.isEarlier(item, above)) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  removeFirst(): void {
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return;
    this.items[0] = last;
    this.moveFirst();
  }

  /** Puts the first in its place, which has become later. */
  moveFirst(): void {
    const { items } = this;
    const [item] = items;
    if (item === undefined) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      const [left, right] = [items[child], items[child + 1]];
      if (left === undefined) break;
      let below = left;
      if (right !== undefined && this.isEarlier(right, left)) {
        below = right;
        child++;
      }
      if (!this.isEarlier(below, item)) break;
      items[at] = below;
      at = child;
    }
    items[at] = item;
  }
}
