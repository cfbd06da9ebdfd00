/** What waits for later packets, one item a connection, oldest first: each for as long at most as one that is over lingers. */
import { NO_TIME } from '../memory/focus.js';
import { LINGER_NS } from '../rfc9293/lifecycle.js';

/** Connections that wait at a time. */
const MAX_WAITING = 4096;
/** How long, in packets of the capture, whatever their times. */
const HOLD_LIMIT_PACKETS = 1 << 18;

/** Waits since this time and packet. */
interface Waits {
  readonly at: number;
  readonly number: number;
}

export class Waiting<Item extends Waits> {
  /** The packet since which the oldest waits, or Infinity. */
  oldestPacket = Number.POSITIVE_INFINITY;
  private oldestAt = NO_TIME;
  private readonly bySlot = new Map<number, Item>();

  /** Whether `expired` finds one: asked for each packet, so that the map is not. */
  isDue(at: number, number: number): boolean {
    const { size } = this.bySlot;
    if (size === 0) return false;
    const waited = at - this.oldestAt > LINGER_NS || number - this.oldestPacket > HOLD_LIMIT_PACKETS;
    return waited || size > MAX_WAITING;
  }

  get(slot: number): Item | undefined {
    return this.bySlot.get(slot);
  }

  add(slot: number, item: Item): void {
    this.bySlot.set(slot, item);
    if (this.bySlot.size === 1) this.noteOldest();
  }

  take(slot: number): Item | undefined {
    const item = this.bySlot.get(slot);
    if (item === undefined) return undefined;
    this.bySlot.delete(slot);
    if (item.number === this.oldestPacket) this.noteOldest();
    return item;
  }

  /** Slot of one that has waited for long enough at a time and a packet, or -1. */
  expired(at: number, number: number): number {
    return this.isDue(at, number) ? this.first() : -1;
  }

  /** Slot of the oldest, or -1. */
  first(): number {
    for (const slot of this.bySlot.keys()) return slot;
    return -1;
  }

  private noteOldest(): void {
    const oldest = this.bySlot.get(this.first());
    this.oldestPacket = oldest?.number ?? Number.POSITIVE_INFINITY;
    this.oldestAt = oldest?.at ?? NO_TIME;
  }
}
