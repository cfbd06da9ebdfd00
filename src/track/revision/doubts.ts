/** The connections in doubt (revision.ts), oldest first. A doubt lasts at most as long as a closed connection is kept. */

import { type Focus, NO_TIME } from '../memory/focus.js';
import type { SavedZeek } from '../peers/zeek-ends.js';
import { LINGER_NS } from '../rfc9293/lifecycle.js';
import { Doubt } from './revision.js';

/** Connections in doubt at a time: each keeps a copy of a record and its segments since. */
const MAX_DOUBTS = 4096;
/** How long, in packets of the capture, whatever their times. */
const HOLD_LIMIT_PACKETS = 1 << 18;

export class Doubts {
  private readonly bySlot = new Map<number, Doubt>();

  /** Before this time and packet no doubt is over: looked at for each packet, so that the map is not. */
  private dueAt = NO_TIME;
  private dueNumber = 0;

  /** Whether a doubt may be over at a time and a packet. */
  isDue(at: number, number: number): boolean {
    const { size } = this.bySlot;
    return size > 0 && (at > this.dueAt || number > this.dueNumber || size > MAX_DOUBTS);
  }

  /** The lowest packet number whose row waits, or Infinity. */
  get oldestPacket(): number {
    for (const { number } of this.bySlot.values()) return number;
    return Number.POSITIVE_INFINITY;
  }

  get(slot: number): Doubt | undefined {
    return this.bySlot.get(slot);
  }

  /** Begins a doubt about the connection in focus, before the current segment takes effect. */
  open(focus: Focus, zeek: SavedZeek | null): Doubt {
    const doubt = new Doubt(focus.save(), zeek, focus.at, focus.number);
    if (this.bySlot.size === 0) this.setDue(doubt);
    this.bySlot.set(focus.slot, doubt);
    return doubt;
  }

  close(slot: number): Doubt | undefined {
    const doubt = this.bySlot.get(slot);
    this.bySlot.delete(slot);
    return doubt;
  }

  /** Slot of a connection that has been in doubt for long enough at a time and a packet, or -1. */
  expired(at: number, number: number): number {
    for (const [slot, doubt] of this.bySlot) {
      const waited = at - doubt.at > LINGER_NS || number - doubt.number > HOLD_LIMIT_PACKETS;
      if (waited || this.bySlot.size > MAX_DOUBTS) return slot;
      this.setDue(doubt);
      return -1;
    }
    return -1;
  }

  private setDue(oldest: Doubt): void {
    this.dueAt = oldest.at + LINGER_NS;
    this.dueNumber = oldest.number + HOLD_LIMIT_PACKETS;
  }

  /** Slot of the oldest, or -1. */
  first(): number {
    for (const slot of this.bySlot.keys()) return slot;
    return -1;
  }
}
