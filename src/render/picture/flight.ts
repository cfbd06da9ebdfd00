/** Series of one direction of a connection: bytes in flight against the window, closed windows, throughput. */
import { isSentAgain } from '../sent-again.js';
import { type Allowance, type GraphSegment, takesNumbers } from './graph-data.js';
import { roundStep } from './round-step.js';

export interface Flight {
  /** Time, and bytes sent and not acknowledged. */
  inFlight: (readonly [number, number])[];
  /** Time, and bytes that the receiver had room for; empty where that is not known. */
  window: (readonly [number, number])[];
}

export function flightOf(sent: readonly GraphSegment[], allowances: readonly Allowance[]): Flight {
  const inFlight: (readonly [number, number])[] = [];
  const window: (readonly [number, number])[] = [];
  let highest = 0;
  let acknowledged = 0;
  const events = [
    ...sent.filter(takesNumbers).map((segment) => ({
      packet: segment.packet,
      time: segment.time,
      next: segment.sequence + segment.length,
      ack: null,
    })),
    ...allowances.map((allowance) => ({
      packet: allowance.packet,
      time: allowance.time,
      next: null,
      ack: allowance,
    })),
  ].sort((a, b) => a.packet - b.packet);
  for (const { time, next, ack } of events) {
    if (next !== null) highest = Math.max(highest, next);
    if (ack !== null) {
      acknowledged = Math.max(acknowledged, ack.acknowledged);
      if (ack.edge !== null) window.push([time, Math.max(0, ack.edge - acknowledged)]);
    }
    inFlight.push([time, Math.max(0, highest - acknowledged)]);
  }
  return { inFlight, window };
}

/** A closed window: seconds, and the number at which nothing more may be sent. */
export interface Closed {
  from: number;
  to: number;
  at: number;
}

/** From the segment that closed it to the one that opened it again, or to the end. */
export function closedWindows(allowances: readonly Allowance[], end: number): Closed[] {
  const found: Closed[] = [];
  let open: Allowance | null = null;
  for (const allowance of allowances) {
    if (allowance.closed) open ??= allowance;
    else if (open !== null) {
      found.push({ from: open.time, to: allowance.time, at: open.acknowledged });
      open = null;
    }
  }
  if (open !== null) found.push({ from: open.time, to: end, at: open.acknowledged });
  return found;
}

/** Bytes by bin: sent for the first time, and again. */
export interface Throughput {
  bin: number;
  first: number[];
  again: number[];
}

/** Bins of 1, 2 or 5 times a power of ten seconds, about sixty of them. */
export function throughputOf(sent: readonly GraphSegment[], duration: number): Throughput {
  const least = Math.max(duration, 1e-6) / 60;
  const bin = roundStep(least);
  const bins = Math.floor(duration / bin) + 1;
  const first = new Array<number>(bins).fill(0);
  const again = new Array<number>(bins).fill(0);
  for (const segment of sent) {
    const at = Math.min(bins - 1, Math.max(0, Math.floor(segment.time / bin)));
    const repeated = isSentAgain(segment) ? segment.repeated || segment.length : segment.repeated;
    first[at] = (first[at] ?? 0) + Math.max(0, segment.length - repeated);
    again[at] = (again[at] ?? 0) + repeated;
  }
  return { bin, first, again };
}
