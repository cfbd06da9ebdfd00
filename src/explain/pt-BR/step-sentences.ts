/** What happened to a watched connection, step by step. */
import type { Step } from '../../track/results/sink.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { endName, otherOf } from './ends.js';
import { closingSentence, openingSentence } from './sentences.js';

export function stepSentence(step: Step, report: ConnectionReport): string {
  switch (step) {
    case 'opening':
      return 'SYN';
    case 'opened':
      return openingSentence(report);
    case 'closing':
      return finSentence(report);
    case 'closed':
      return closingSentence(report);
    case 'failed':
      return report.opening.complete ? closingSentence(report) : openingSentence(report);
  }
}

/** A FIN: the first or the second one. */
function finSentence({ closing }: Pick<ConnectionReport, 'closing'>): string {
  const { initiator, kind } = closing;
  if (initiator === null) return 'FIN';
  if (kind === 'half-closed') return `o ${endName(initiator)} encerra (FIN)`;
  return `o ${endName(otherOf(initiator))} também encerra (FIN)`;
}
