/**
 * SYNs that came on a live connection. Whether such a SYN begins a new connection (the other end had forgotten
 * the old one) or triggers a challenge ACK (RFC 5961 4) shows only in the next segment, so it waits here.
 */
import { copyArrival } from './arrival.js';
import type { Arrival } from './focus.js';

/** How long an answer may take; then the SYN counts as the beginning of a new connection. */
const HOLD_LIMIT_NS = 3e9;
/** The same in packets of the capture, whatever their times. */
const HOLD_LIMIT_PACKETS = 1 << 18;
/** SYNs held at a time; with more, each further one counts as ignored, which its answer may refute. */
const MAX_HELD = 1 << 14;

export interface HeldSyn extends Arrival {
  /** Index reserved for the connection that it may begin. */
  index: number;
  side: number;
  /** Copies of it that were captured. */
  copies: Pick<Arrival, 'number' | 'seconds' | 'nanoseconds' | 'at'>[];
}

export class HeldSyns {
  private readonly bySlot = new Map<number, HeldSyn>();

  get isFull(): boolean {
    return this.bySlot.size >= MAX_HELD;
  }

  get size(): number {
    return this.bySlot.size;
  }

  /** The lowest packet number held, or Infinity. */
  get oldestPacket(): number {
    for (const { number } of this.bySlot.values()) return number;
    return Number.POSITIVE_INFINITY;
  }

  hold(slot: number, arrival: Arrival, index: number, side: number): void {
    this.bySlot.set(slot, { ...copyArrival(arrival), index, side, copies: [] });
  }

  get(slot: number): HeldSyn | undefined {
    return this.bySlot.get(slot);
  }

  take(slot: number): HeldSyn | undefined {
    const syn = this.bySlot.get(slot);
    this.bySlot.delete(slot);
    return syn;
  }

  /**
   * Slot of a SYN that has waited long enough at a time and a packet, or -1. They are held in the order of their
   * packets; rows behind them wait too, so that a clock that stands still must not hold them for good.
   */
  expired(at: number, number: number): number {
    for (const [slot, syn] of this.bySlot) {
      const waited = at - syn.at > HOLD_LIMIT_NS || number - syn.number > HOLD_LIMIT_PACKETS;
      return waited ? slot : -1;
    }
    return -1;
  }

  /** Slot of the SYN held longest, or -1. */
  first(): number {
    for (const slot of this.bySlot.keys()) return slot;
    return -1;
  }
}
