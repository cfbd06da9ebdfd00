/**
 * Connections that can go: those that have been over for long enough, and the one that makes room where there are too
 * many.
 */
import { OPENED, SYN_HELD } from './memory/connection.js';
import type { FlowTable } from './memory/flow-table.js';
import type { Focus } from './memory/focus.js';
import { isOver, LINGER_NS } from './rfc9293/lifecycle.js';

/** How far from the oldest one that never opened is looked for. */
const SCAN_LIMIT = 64;

export class Expiry {
  /** The next connection to look at, -1 for the oldest. */
  private slot = -1;

  constructor(
    private readonly table: FlowTable,
    private readonly focus: Focus,
  ) {}

  /** Whether the connection in focus has been over for so long that nothing belongs to it any more. */
  isExpired(at: number): boolean {
    const { connection, sender, receiver } = this.focus;
    // a held SYN has no connection yet
    if ((connection.bits & SYN_HELD) !== 0) return false;
    return at - connection.lastAt >= LINGER_NS && isOver(sender, receiver);
  }

  /** The same of any connection; points at it where it may be so. */
  isExpiredAt(slot: number, at: number): boolean {
    this.focus.pointAtConnection(slot);
    if (at - this.focus.connection.lastAt < LINGER_NS) return false;
    this.focus.pointAt(slot, 0);
    return this.isExpired(at);
  }

  /** Looks at the next connection; returns its slot where it has expired, else -1. Moves the focus. */
  nextExpired(at: number): number {
    const slot = this.slot < 0 ? this.table.oldest() : this.slot;
    if (slot < 0) return -1;
    this.slot = this.table.after(slot);
    return this.isExpiredAt(slot, at) ? slot : -1;
  }

  /** To be called before a connection is removed. */
  beforeRemove(slot: number): void {
    if (this.slot === slot) this.slot = this.table.after(slot);
  }

  /** The slot of the oldest connection that never opened, within reach, or else of the oldest. Points at it. */
  evictionCandidate(): number {
    const oldest = this.table.oldest();
    for (let tries = 0, slot = oldest; tries < SCAN_LIMIT && slot >= 0; tries++) {
      if ((this.focus.pointAtConnection(slot).bits & OPENED) === 0) return slot;
      slot = this.table.after(slot);
    }
    this.focus.pointAtConnection(oldest);
    return oldest;
  }
}
