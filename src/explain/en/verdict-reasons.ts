/** The reasons of a verdict: which packets show it. */
import type { ConnectionReport } from '../../verdict/report.js';
import type { ResetVerdict } from '../../verdict/reset.js';
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
    return `packets ${listed(packets)} (SYN, SYN-ACK, ACK) complete the handshake.`;
  if (kind === 'simultaneous')
    return `packets ${listed(packets)} are the two SYNs and their acknowledgements.`;
  const reset = report.closing.reset;
  // the closing says it
  if (kind === 'refused' && reset !== null) return '';
  return `opening: ${openingSentence(report)}.`;
}

function closingReason(report: ConnectionReport): string {
  const { closing } = report;
  const [first, second, third, fourth] = closing.packets;
  const holds =
    closing.timeWait === closing.initiator && closing.initiator !== null
      ? ` The ${closing.initiator} sent the first FIN, so it ends in TIME-WAIT.`
      : '';
  switch (closing.kind) {
    case 'four-step':
      if (!closing.complete || fourth === undefined || closing.packets.length > 4) break;
      return `packet ${first} is the first FIN, ${second} its ACK, ${third} the second FIN, ${fourth} its ACK.${holds}`;
    case 'three-step':
      if (!closing.complete || third === undefined || closing.packets.length > 3) break;
      return `packet ${first} is the first FIN, ${second} the second, with the ACK of the first, ${third} its ACK.${holds}`;
    case 'reset':
    case 'none':
      return closing.reset === null ? '' : resetReason(closing.reset, report);
    default:
      break;
  }
  return `closing: ${closingSentence(report)}.`;
}

/** Where the ladder has not said it already. */
function resetReason(reset: ResetVerdict, report: ConnectionReport): string {
  const { evidence } = reset;
  return evidence.length > 1 && reset.cause !== 'cannot-tell'
    ? `packets ${listed(evidence)} show why the ${reset.by} sent RST.`
    : `${resetSentence(reset, report)}.`;
}

function listed(packets: readonly number[]): string {
  const all = packets.map(String);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
