/** How connections opened and closed, counted over a whole capture, with what only shows over many of them. */
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { ClosingKind, OpeningKind } from './catalogue.js';
import { closingKind } from './closing-kind.js';
import { openingKind } from './opening.js';
import { type Pattern, Patterns } from './patterns.js';

export class KindTally {
  readonly openings: Partial<Record<OpeningKind, number>> = {};
  readonly closings: Partial<Record<ClosingKind, number>> = {};
  private readonly found = new Patterns();

  /** Counts a connection; how it opened. */
  add(facts: LocatedFacts): OpeningKind {
    const opening = openingKind(facts);
    const closing = closingKind(facts);
    this.openings[opening] = (this.openings[opening] ?? 0) + 1;
    this.closings[closing] = (this.closings[closing] ?? 0) + 1;
    this.found.add(facts, opening);
    return opening;
  }

  patterns(): Pattern[] {
    return this.found.result();
  }
}
