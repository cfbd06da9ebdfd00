/** A line for the outcome of each connection: when its end is seen, and again where later packets show another outcome. */
import { phrases } from '../../explain/phrases.js';
import type { Step } from '../../track/results/sink.js';
import type { LocatedFacts } from '../../track/results/snapshot.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import { closingKind } from '../../verdict/closing-kind.js';
import { openingKind } from '../../verdict/opening.js';
import { isFailure, outcomeKind } from '../../verdict/outcome.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { TimeHow } from '../options/options.js';
import { OutcomeLines } from './outcome-lines.js';
import { isOverBy, type Printer, type Printing } from './printer.js';
import { isSlow } from './wanted.js';

export class OutcomePrinter implements Printer {
  readonly #lines: OutcomeLines;
  /** What was printed of connections that are still followed. */
  readonly #printed = new Map<number, OutcomeKind>();

  /** `whole`: lines for programs, as a pipe gets them. */
  constructor(
    private readonly printing: Printing,
    look: { time: TimeHow; whole: boolean },
  ) {
    this.#lines = new OutcomeLines({ ...look, style: printing.screen.style });
  }

  segment(): void {}

  step(step: Step, judge: () => ConnectionReport): void {
    if (isOverBy(step)) this.missed(judge());
  }

  /** What is still open when the capture ends has no outcome, unless it failed by then. */
  misses(facts: LocatedFacts): boolean {
    const kind = outcomeKind(openingKind(facts), closingKind(facts));
    const printed = this.#printed.get(facts.index);
    return printed === undefined ? isFailure(kind) : printed !== kind;
  }

  missed(report: ConnectionReport): void {
    const { index, outcome } = report;
    const before = this.#printed.get(index);
    if (before === outcome.kind) return;
    this.#printed.set(index, outcome.kind);
    const { wanted, pace, screen } = this.printing;
    if (wanted !== null && !wanted(report, true)) return;
    if (!pace.admits(outcome.failed || isSlow(report) ? 'other' : 'fine')) return;
    const correction = before === undefined ? null : phrases.correctionText(before);
    for (const line of this.#lines.lines(report, correction)) screen.show(line);
  }

  forget(index: number): void {
    this.#printed.delete(index);
  }

  async flush(): Promise<void> {}
}
