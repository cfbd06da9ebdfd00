/** Hands things on in the order of their packets, where the tracker holds some packets back. */
export class InOrder<Item> {
  #waiting: { packet: number; item: Item }[] = [];

  constructor(private readonly emit: (item: Item) => void) {}

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
