/** Why a connection came to what it did, in a few words: for a table. Sentences are in reset-sentences.ts. */
import type { ResetCause } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { timesText } from './noun-forms.js';
import { count } from './quantities.js';

const RESET_WORDS: Readonly<Record<ResetCause, string>> = {
  refused: 'porta fechada',
  firewall: 'firewall',
  'rejected-syn-ack': 'SYN-ACK não pedido',
  scan: 'SYN de varredura de portas',
  'connect-cancelled': 'tentativa cancelada',
  'accept-queue-overflow': 'fila de accept cheia',
  'listener-closed': 'socket em escuta fechado',
  'no-such-connection': 'conexão inexistente',
  'state-lost': 'NAT ou firewall perdeu o estado',
  'half-open-discovered': 'conexão esquecida',
  'data-after-close': 'dados com o socket já fechado',
  'gone-after-close': 'socket extinto após fechar',
  'unread-data': 'dados não lidos',
  'gave-up': 'desistiu',
  aborted: 'programa abortou',
  'not-translated': 'endereço não traduzido',
  injected: 'RST forjado',
  'time-wait-assassination': 'RST em TIME-WAIT',
  ignored: 'RST ignorado',
  'cannot-tell': 'os pacotes não dizem',
};

export function resetCauseWords(cause: ResetCause): string {
  return RESET_WORDS[cause];
}

/** Those that the packets do not exclude. */
export function resetCausesWords(causes: readonly ResetCause[]): string {
  return causes.map(resetCauseWords).join(' ou ');
}

/** The likely cause of a failure, or of a slow opening; empty where there is nothing to say. */
export function causeWords({ outcome, opening, closing }: ConnectionReport): string {
  const retries =
    opening.synCount > 1 && opening.kind !== 'simultaneous'
      ? `SYN enviado ${timesText(opening.synCount)}`
      : '';
  switch (outcome.kind) {
    case 'refused':
    case 'reset': {
      const { reset } = closing;
      if (reset === null) return outcome.kind === 'refused' ? 'erro ICMP' : '';
      return resetCausesWords([reset.cause, ...reset.alternatives]);
    }
    case 'no-answer':
      return `${count(opening.synCount, 'SYN')}, sem resposta`;
    case 'not-completed':
      return closing.reset === null ? 'SYN-ACK não confirmado' : resetCauseWords(closing.reset.cause);
    default:
      return retries;
  }
}
