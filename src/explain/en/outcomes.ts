/** The outcome of a connection, as people say it. */
import type { OutcomeKind } from '../../verdict/catalogue.js';
import type { Outcome } from '../../verdict/outcome.js';

const WORDS: Readonly<Record<OutcomeKind, string>> = {
  closed: 'closed',
  reset: 'reset',
  refused: 'refused',
  'no-answer': 'no answer',
  'not-completed': 'not completed',
  'half-closed': 'half-closed',
  open: 'still open',
  'not-captured': 'not captured',
};

/** Kinds of which it is worth saying who caused them. */
const WITH_WHOM: ReadonlySet<OutcomeKind> = new Set(['closed', 'reset', 'half-closed']);

export function outcomeWords({ kind, by }: Pick<Outcome, 'kind' | 'by'>): string {
  return by === null || !WITH_WHOM.has(kind) ? WORDS[kind] : `${WORDS[kind]} by ${by}`;
}

/** The same in a column, where room is short. */
export function outcomeCell(outcome: Pick<Outcome, 'kind' | 'by'>): string {
  return outcomeWords(outcome);
}
