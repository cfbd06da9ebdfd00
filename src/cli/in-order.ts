/** Hands things on in the order of their packets, where the tracker holds some packets back. */
export class InOrder<Item> {
  #waiting: { packet: number; item: Item }[] = [];

  constructor(private readonly emit: (item: Item) => void) {}

  /** Things that wait for an earlier packet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** `held`: packets beyond this one are not all told yet (`Analysis.heldPacket`). */
  put(packet: number, item: Item, held: number): void {
    if (this.#waiting.length === 0 && packet <= held) this.emit(item);
    else this.#waiting.push({ packet, item });
  }

  /** Hands on what no longer waits for an earlier packet. */
  release(held: number): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting.sort((a, b) => a.packet - b.packet);
    const split = waiting.findIndex(({ packet }) => packet > held);
    this.#waiting = split < 0 ? [] : waiting.slice(split);
    for (const { item } of split < 0 ? waiting : waiting.slice(0, split)) this.emit(item);
  }
}

/** Holds things until all are there, and hands them on by their packets. */
export class UntilEnd<Item> {
  #held: { packet: number; item: Item }[] = [];

  put(packet: number, item: Item): void {
    this.#held.push({ packet, item });
  }

  /** Each is let go of as it is taken. Those of the same packet come as they were put. */
  *take(): Generator<Item> {
    // from the end, which costs nothing to cut off
    const held = this.#held.sort((a, b) => a.packet - b.packet).reverse();
    for (let last = held.pop(); last !== undefined; last = held.pop()) yield last.item;
  }
}
