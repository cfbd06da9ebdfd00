/** Outcomes of several connections, which are feminine. */
import type { OutcomeKind } from '../../verdict/catalogue.js';

export const OUTCOME_PLURALS: Readonly<Record<OutcomeKind, string>> = {
  closed: 'encerradas',
  reset: 'com reset',
  refused: 'recusadas',
  'no-answer': 'sem resposta',
  'not-completed': 'não concluídas',
  'half-closed': 'encerradas só de um lado',
  open: 'ainda abertas',
  'not-captured': 'não capturadas',
};
