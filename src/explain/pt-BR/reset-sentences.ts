/** Why a connection was reset, as a sentence. */
import type { ResetCause } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { ResetVerdict } from '../../verdict/reset.js';
import { endName, otherOf } from './ends.js';
import { twinResetCause } from './twin-sentences.js';

/** Why an RST was sent, with how sure that is, what else it may be, and the packets that it rests on. */
export function resetSentence(reset: ResetVerdict, report: ConnectionReport): string {
  const packets = `${reset.evidence.length > 1 ? 'pacotes' : 'pacote'} ${reset.evidence.join(', ')}`;
  const by = endName(reset.by);
  const name = reset.cause === 'injected' ? `em nome do ${by}` : `pelo ${by}`;
  const others = reset.alternatives.map((cause) => `, ou ${causeText(cause, reset, report)}`).join('');
  return `reset ${name}: ${sureness(reset)}${causeText(reset.cause, reset, report)}${others} (${packets})`;
}

/** Where another cause looks the same, neither is called likely, except a cause that others rarely resemble. */
function sureness(reset: ResetVerdict): string {
  const { cause, confidence, alternatives } = reset;
  if (confidence === 'high' || cause === 'cannot-tell' || cause === 'ignored') return '';
  if (cause === 'injected' && confidence === 'low') return 'talvez ';
  return alternatives.length === 0 || cause === 'gave-up' ? 'provavelmente ' : '';
}

/** A cause as a clause that follows "ou" as well. */
function causeText(cause: ResetCause, reset: ResetVerdict, report: ConnectionReport): string {
  const by = endName(reset.by);
  const other = endName(otherOf(reset.by));
  const { twin } = report;
  if (twin?.second === true && (cause === 'not-translated' || cause === 'rejected-syn-ack'))
    return twinResetCause(cause, reset.by, twin);
  switch (cause) {
    case 'refused':
      return `nenhum socket aceitou o SYN neste endereço e nesta porta (${report.server.port})`;
    case 'firewall':
      return `um firewall respondeu em nome do ${by}`;
    case 'rejected-syn-ack':
      if (report.findingCounts['two-syn-acks'] !== undefined)
        return `o ${by} recusou um de dois SYN-ACKs com números diferentes`;
      return `o ${by} não pediu esta conexão: o SYN-ACK não responde ao SYN dele`;
    case 'scan':
      return `o sistema do ${by} nada sabe do SYN, como de um que um programa de varredura de portas escreveu por conta própria`;
    case 'connect-cancelled':
      return `o ${by} havia desistido de conectar antes de chegar o SYN-ACK`;
    case 'accept-queue-overflow':
      return `o ${by} não aceitou a conexão porque sua fila de accept (backlog) ou seu cache de SYN não tinha mais espaço`;
    case 'listener-closed':
      return `o programa do ${by} parou de escutar ou terminou antes de aceitar a conexão`;
    case 'no-such-connection':
      return `o sistema do ${by} não tem (mais) essa conexão`;
    case 'state-lost':
      return `o segmento não chegou à conexão que o ${by} tinha um instante antes: uma tradução de endereços (NAT, conntrack) ou um firewall não o reconheceu`;
    case 'half-open-discovered':
      return `o ${by} havia esquecido esta conexão e soube dela pelo challenge ACK`;
    case 'data-after-close':
      return `o ${by} já havia fechado o socket quando chegaram mais dados do ${other}`;
    case 'gone-after-close':
      return `o socket do ${by} já não existia depois do seu FIN: a resposta é a um segmento sem dados`;
    case 'unread-data':
      return `o ${by} fechou o socket sem ler tudo o que o ${other} havia enviado`;
    case 'gave-up':
      return `o ${by} desistiu: seus últimos segmentos ficaram sem resposta`;
    case 'aborted':
      return `o programa do ${by} abortou a conexão${reset.cause === 'aborted' ? '' : ' (SO_LINGER 0)'}`;
    case 'injected':
      return injectedText(by, reset);
    case 'time-wait-assassination':
      return `encerrou antes do prazo o TIME-WAIT do ${other}, a menos que ele siga a RFC 1337 e ignore o RST`;
    case 'ignored':
      return 'seu número não serve, por isso o receptor o ignorou';
    case 'not-translated':
      return 'não passou pela tradução de endereços';
    case 'cannot-tell':
      return 'os pacotes não dizem o motivo';
  }
}

/** After "talvez" the verb is another. */
function injectedText(by: string, { cause, confidence }: ResetVerdict): string {
  if (cause === 'injected' && confidence === 'low')
    return `não tenha sido enviado pelo ${by}, pois o TTL não é o habitual dele`;
  const why =
    cause === 'injected' || cause === 'state-lost' ? 'que seguiu em frente' : 'pois não tem timestamps';
  return `não foi enviado pelo ${by}, ${why}`;
}
