/** Keeps items until all are there, and then returns them by their packets. */
export class HoldUntilEnd<Item> {
  #held: { packet: number; item: Item }[] = [];

  put(packet: number, item: Item): void {
    this.#held.push({ packet, item });
  }

  /** Each is released as it is taken. Those of the same packet come as they were put. */
  *take(): Generator<Item> {
    // from the end, which costs nothing to cut off
    const held = this.#held.sort((a, b) => a.packet - b.packet).reverse();
    for (let last = held.pop(); last !== undefined; last = held.pop()) yield last.item;
  }
}
