/**
 * The outcome of a connection, in one word: the overview, the table, filters, groups and live output count by it.
 * Its closing decides where there is one, else its opening.
 */
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import type { ClosingKind, OpeningKind, OutcomeKind, ResetCause } from './catalogue.js';
import { type Closing, judgeClosing, type Role } from './closing.js';
import { openingKind } from './opening.js';

export interface Outcome {
  kind: OutcomeKind;
  /** Who closed, reset or refused it; null where that was nobody, or cannot be known. */
  by: Role | 'both' | null;
  /** Refused, no answer, not completed or reset. */
  failed: boolean;
}

const BY_CLOSING: Readonly<Record<ClosingKind, OutcomeKind | null>> = {
  'four-step': 'closed',
  'three-step': 'closed',
  simultaneous: 'closed',
  reset: 'reset',
  'half-closed': 'half-closed',
  open: null,
  none: null,
};

const BY_OPENING: Readonly<Record<OpeningKind, OutcomeKind>> = {
  'three-way': 'open',
  simultaneous: 'open',
  'fast-open': 'open',
  refused: 'refused',
  'no-answer': 'no-answer',
  'not-completed': 'not-completed',
  'not-captured': 'not-captured',
};

/** The kind alone: cheap, for counting. */
export function outcomeKind(opening: OpeningKind, closing: ClosingKind): OutcomeKind {
  return BY_CLOSING[closing] ?? BY_OPENING[opening];
}

const FAILURES: ReadonlySet<OutcomeKind> = new Set(['refused', 'no-answer', 'not-completed', 'reset']);

export function isFailure(kind: OutcomeKind): boolean {
  return FAILURES.has(kind);
}

export function judgeOutcome(opening: OpeningKind, closing: Closing): Outcome {
  const kind = outcomeKind(opening, closing.kind);
  return { kind, by: endedBy(closing), failed: isFailure(kind) };
}

/** The outcome of a connection, and why its RST was sent where there was one: for counting failures. */
export function judgeEnd(
  connection: ConnectionSnapshot,
): Outcome & { cause: ResetCause | null; causes: string } {
  const closing = judgeClosing(connection);
  const { reset } = closing;
  const outcome = judgeOutcome(openingKind(connection), closing);
  return { ...outcome, cause: reset?.cause ?? null, causes: causesOf(reset) };
}

/** The cause, then those that the packets do not exclude, with spaces between; empty without an RST. */
export function causesOf(reset: Closing['reset']): string {
  return reset === null ? '' : [reset.cause, ...reset.alternatives].join(' ');
}

/**
 * Whose RST ended or refused it, else whose FIN came first. An RST that was ignored ended nothing, and one that was
 * injected came from neither side.
 */
function endedBy({ kind, initiator, reset }: Closing): Outcome['by'] {
  if (kind === 'simultaneous') return 'both';
  if (kind !== 'reset' && kind !== 'none') return initiator;
  return reset?.accepted === true && reset.cause !== 'injected' ? reset.by : null;
}
