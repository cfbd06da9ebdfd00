/** Hands things on in the order of their packets, where the tracker holds some packets back. */
export class PacketOrder<Item> {
  /** By packet; those of one packet as they came. */
  #waiting: { packet: number; item: Item }[] = [];

  constructor(private readonly emit: (item: Item) => void) {}

  /** Things that wait for an earlier packet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** `held`: packets beyond this one are not all reported yet (`Analysis.heldPacket`). */
  put(packet: number, item: Item, held: number): void {
    const waiting = this.#waiting;
    if (packet <= held && packet < (waiting[0]?.packet ?? Number.POSITIVE_INFINITY)) {
      this.emit(item);
      return;
    }
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1]?.packet ?? 0) > packet) at--;
    waiting.splice(at, 0, { packet, item });
  }

  /**
   * The same for what sums up many packets, the last of which is given: what waits no longer goes first, so that
   * the order of such items does not depend on whether there are rows too.
   */
  putSum(lastPacket: number, item: Item, held: number): void {
    this.release(held);
    this.put(lastPacket, item, held);
  }

  /**
   * Hands on what no longer waits for an earlier packet. To be called after each packet, so that the order does not
   * depend on how many come at a time.
   */
  release(held: number): void {
    const waiting = this.#waiting;
    let count = 0;
    for (; count < waiting.length && (waiting[count]?.packet ?? 0) <= held; count++);
    if (count === 0) return;
    for (const { item } of waiting.splice(0, count)) this.emit(item);
  }
}

/** Holds things until all are there, and hands them on by their packets. */
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
