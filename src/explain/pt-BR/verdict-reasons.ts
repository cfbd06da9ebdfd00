/** The reasons of a verdict: which packets show it. */
import type { ConnectionReport } from '../../verdict/report.js';
import type { ResetVerdict } from '../../verdict/reset.js';
import { endName } from './ends.js';
import { resetSentence } from './reset-sentences.js';
import { closingSentence, openingSentence } from './sentences.js';
import { capitalized } from './words.js';

/** Sentences, the opening first. */
export function verdictReasons(report: ConnectionReport): string[] {
  return [openingReason(report), closingReason(report)].filter((reason) => reason !== '').map(capitalized);
}

function openingReason(report: ConnectionReport): string {
  const { kind, packets, complete } = report.opening;
  if (kind === 'three-way' && complete && packets.length === 3)
    return `os pacotes ${listed(packets)} (SYN, SYN-ACK, ACK) completam o handshake.`;
  if (kind === 'simultaneous') return `os pacotes ${listed(packets)} são os dois SYNs e suas confirmações.`;
  // the closing says it
  if (kind === 'refused' && report.closing.reset !== null) return '';
  return `abertura: ${openingSentence(report)}.`;
}

function closingReason(report: ConnectionReport): string {
  const { closing } = report;
  const [first, second, third, fourth] = closing.packets;
  const holds =
    closing.timeWait === closing.initiator && closing.initiator !== null
      ? ` O ${endName(closing.initiator)} enviou o primeiro FIN, por isso termina em TIME-WAIT.`
      : '';
  switch (closing.kind) {
    case 'four-step':
      if (!closing.complete || fourth === undefined || closing.packets.length > 4) break;
      return `o pacote ${first} é o primeiro FIN, ${second} o ACK dele, ${third} o segundo FIN, ${fourth} o ACK dele.${holds}`;
    case 'three-step':
      if (!closing.complete || third === undefined || closing.packets.length > 3) break;
      return `o pacote ${first} é o primeiro FIN, ${second} o segundo, com o ACK do primeiro, ${third} o ACK dele.${holds}`;
    case 'reset':
      return resetReason(closing.reset, report);
    case 'none':
      return closing.reset === null ? '' : resetReason(closing.reset, report);
    default:
      break;
  }
  return `encerramento: ${closingSentence(report)}.`;
}

/** Where the ladder has not said it already. */
function resetReason(reset: ResetVerdict, report: ConnectionReport): string {
  const { evidence } = reset;
  return evidence.length > 1 && reset.cause !== 'cannot-tell'
    ? `os pacotes ${listed(evidence)} mostram por que o ${endName(reset.by)} enviou RST.`
    : `${resetSentence(reset, report)}.`;
}

function listed(packets: readonly number[]): string {
  const all = packets.map(String);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} e ${all.at(-1)}`;
}
