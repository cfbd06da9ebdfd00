/** The outcome of a connection, as people say it. */
import type { OutcomeKind } from '../../verdict/catalogue.js';
import type { Outcome } from '../../verdict/outcome.js';
import { endName } from './ends.js';

const WORDS: Readonly<Record<OutcomeKind, string>> = {
  closed: 'encerrada',
  reset: 'reset',
  refused: 'recusada',
  'no-answer': 'sem resposta',
  'not-completed': 'não concluída',
  'half-closed': 'encerrada só de um lado',
  open: 'ainda aberta',
  'not-captured': 'não capturada',
};

export function outcomeWords({ kind, by }: Pick<Outcome, 'kind' | 'by'>): string {
  if (by === null) return WORDS[kind];
  switch (kind) {
    case 'closed':
    case 'reset':
      return `${WORDS[kind]} ${by === 'both' ? 'pelos dois lados' : `pelo ${endName(by)}`}`;
    case 'half-closed':
      return by === 'both' ? WORDS[kind] : `só o ${endName(by)} encerrou`;
    default:
      return WORDS[kind];
  }
}

/** The same in a column, where room is short. */
export function outcomeCell({ kind, by }: Pick<Outcome, 'kind' | 'by'>): string {
  if (by === null || by === 'both') return outcomeWords({ kind, by });
  switch (kind) {
    case 'closed':
      return `${endName(by)} encerrou`;
    case 'reset':
      return `reset do ${endName(by)}`;
    case 'half-closed':
      return `só ${endName(by)} encerrou`;
    default:
      return outcomeWords({ kind, by });
  }
}
