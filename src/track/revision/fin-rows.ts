/**
 * Rows from a FIN on, until what its receiver sends next shows how it found that end. To read first: RFC 9293 Figure 13.
 *
 * The capture shows a FIN pass before its receiver has it. One that has sent its own by then is never in CLOSE-WAIT, and
 * one that acknowledges what lies beyond the FIN had not taken it: then the rows are put right before they are given.
 */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import { CAPTURE_DUPLICATE, IGNORED_SEGMENT, SIMULTANEOUS_CLOSE } from '../memory/codes.js';
import type { LadderSegment } from '../memory/extras.js';
import type { SegmentRow } from '../results/sink.js';
import { LINGER_NS } from '../rfc9293/lifecycle.js';
import { CLOSE_WAIT } from '../rfc9293/transition.js';

/** Rows kept of a connection, connections whose rows wait, and how long they do, in packets of the capture. */
const MAX_ROWS = 64;
const MAX_WAITING = 4096;
const HOLD_LIMIT_PACKETS = 1 << 18;

export class FinRows {
  private readonly bySlot = new Map<number, SegmentRow[]>();

  constructor(private readonly give: (row: SegmentRow) => void) {}

  /** The lowest packet number whose row waits, or Infinity. */
  get oldestPacket(): number {
    return this.oldest()?.packet ?? Number.POSITIVE_INFINITY;
  }

  /** The next row of a connection. */
  add(slot: number, row: SegmentRow): void {
    const rows = this.bySlot.get(slot);
    if (rows === undefined) {
      if (leavesOpen(row)) this.bySlot.set(slot, [row]);
      else this.give(row);
      return;
    }
    rows.push(row);
    const [fin] = rows;
    if (fin === undefined || (!answers(row, fin) && rows.length < MAX_ROWS)) return;
    if ((row.codes & SIMULTANEOUS_CLOSE) !== 0) for (const earlier of rows) withoutFin(earlier, fin);
    this.settle(slot);
  }

  /** The FIN of a packet had not been taken. */
  refute(slot: number, packet: number, proof: readonly number[]): void {
    const rows = this.bySlot.get(slot) ?? [];
    for (const row of rows) if (row.packet === packet) refuteFin(row, proof);
  }

  /** Nothing more is learned of the connection's FIN. */
  settle(slot: number): void {
    const rows = this.bySlot.get(slot) ?? [];
    this.bySlot.delete(slot);
    for (const row of rows) this.give(row);
  }

  settleAll(): void {
    for (const slot of [...this.bySlot.keys()]) this.settle(slot);
  }

  /** Gives the rows that have waited for long enough at a time and a packet. */
  expire(at: number, number: number): void {
    for (let fin = this.oldest(); fin !== undefined; fin = this.oldest()) {
      const waited = at - fin.at > LINGER_NS || number - fin.packet > HOLD_LIMIT_PACKETS;
      if (!waited && this.bySlot.size <= MAX_WAITING) return;
      const [slot = 0] = this.bySlot.keys();
      this.settle(slot);
    }
  }

  get size(): number {
    return this.bySlot.size;
  }

  private oldest(): SegmentRow | undefined {
    for (const [fin] of this.bySlot.values()) return fin;
    return undefined;
  }
}

/** A FIN that its receiver seems to have taken, and has not acknowledged. */
function leavesOpen(row: SegmentRow): boolean {
  if ((row.flags & (FIN | RST)) !== FIN || row.ignored !== null || (row.codes & CAPTURE_DUPLICATE) !== 0)
    return false;
  return row.states[row.side === 0 ? 1 : 0] === CLOSE_WAIT;
}

/** Tells what the receiver of the FIN had of it. */
function answers(row: SegmentRow, fin: SegmentRow): boolean {
  if (row.side === fin.side || row.ignored !== null || (row.codes & CAPTURE_DUPLICATE) !== 0) return false;
  if ((row.flags & (FIN | RST | SYN)) !== 0) return true;
  const end = fin.sequence + fin.length + ((fin.flags & SYN) !== 0 ? 1 : 0);
  return (row.flags & ACK) !== 0 && (((row.acknowledgement ?? 0) - end) | 0) > 0;
}

/** Its receiver had not had the FIN by then. */
function withoutFin(row: LadderSegment, fin: LadderSegment): void {
  const receiver = fin.side === 0 ? 1 : 0;
  if (row.states[receiver] === CLOSE_WAIT) row.states[receiver] = fin.before[receiver];
}

/** The row of a FIN that had not been taken. */
export function refuteFin(row: LadderSegment, proof: readonly number[]): void {
  row.proof = proof;
  row.ignored = 'fin-refuted';
  row.codes |= IGNORED_SEGMENT;
  row.states = [...row.before];
}
