/** Prints watched connections, line by line. */
import type { SegmentRow, Step } from '../../track/results/sink.js';
import type { LocatedFacts } from '../../track/results/snapshot.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { Pace } from './pace.js';
import type { Screen } from './screen.js';
import type { Wanted } from './wanted.js';

export interface Printer {
  segment(row: SegmentRow): void;
  step(step: Step, judge: () => ConnectionReport): void;
  /** Whether a connection that is no longer followed is still to be printed. The facts are valid only during the call. */
  misses(facts: LocatedFacts): boolean;
  /** Prints it. */
  missed(report: ConnectionReport): void;
  forget(index: number): void;
  /** Prints what waits; `last`: nothing more comes. Never rejects. */
  flush(last: boolean): Promise<void>;
}

/** Where lines go, how many there may be, and of which connections; null for all. */
export interface Printing {
  screen: Screen;
  pace: Pace;
  wanted: Wanted | null;
}

export function isOverBy(step: Step): boolean {
  return step === 'closed' || step === 'failed';
}
