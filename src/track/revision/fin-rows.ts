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
import { CLOSE_WAIT } from '../rfc9293/transition.js';
import { Waiting } from './waiting.js';

/** Rows kept of a connection. */
const MAX_ROWS = 64;

/** The rows from a FIN on. */
interface RowsOfFin {
  at: number;
  number: number;
  rows: SegmentRow[];
}

export class FinRows extends Waiting<RowsOfFin> {
  constructor(private readonly give: (row: SegmentRow) => void) {
    super();
  }

  /** The next row of a connection. */
  row(slot: number, row: SegmentRow): void {
    const waiting = this.get(slot);
    if (waiting === undefined) {
      if (leavesOpen(row)) this.add(slot, { at: row.at, number: row.packet, rows: [row] });
      else this.give(row);
      return;
    }
    const { rows } = waiting;
    rows.push(row);
    const [fin] = rows;
    if (fin === undefined || (!answers(row, fin) && rows.length < MAX_ROWS)) return;
    if ((row.codes & SIMULTANEOUS_CLOSE) !== 0) for (const earlier of rows) withoutFin(earlier, fin);
    this.settle(slot);
  }

  /** The FIN of a packet was not accepted. */
  refute(slot: number, packet: number, proof: readonly number[]): void {
    for (const row of this.get(slot)?.rows ?? []) if (row.packet === packet) refuteFin(row, proof);
  }

  /** Nothing more is learned of the connection's FIN. */
  settle(slot: number): void {
    for (const row of this.take(slot)?.rows ?? []) this.give(row);
  }

  settleAll(): void {
    for (let slot = this.first(); slot >= 0; slot = this.first()) this.settle(slot);
  }

  /** Gives the rows that have waited for long enough at a time and a packet. */
  expire(at: number, number: number): void {
    for (let slot = this.expired(at, number); slot >= 0; slot = this.expired(at, number)) this.settle(slot);
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
