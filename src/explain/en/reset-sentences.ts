/** Why a connection was reset, as a sentence; part of the same English phrase table. */
import type { ResetCause } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { ResetVerdict } from '../../verdict/reset.js';
import { twinResetCause } from './twin-sentences.js';

/** Why an RST was sent, with how sure that is, what else it may be, and the packets that it rests on. */
export function resetSentence(reset: ResetVerdict, report: ConnectionReport): string {
  const packets = `packet${reset.evidence.length > 1 ? 's' : ''} ${reset.evidence.join(', ')}`;
  const name = reset.cause === 'injected' ? `in the ${reset.by}'s name` : `by ${reset.by}`;
  const others = reset.alternatives.map((cause) => `, or ${causeText(cause, reset, report)}`).join('');
  return `reset ${name}: ${sureness(reset)}${causeText(reset.cause, reset, report)}${others} (${packets})`;
}

/** Where another cause looks the same, neither is called likely, except a cause that others rarely resemble. */
function sureness(reset: ResetVerdict): string {
  const { cause, confidence, alternatives } = reset;
  if (confidence === 'high' || cause === 'cannot-tell' || cause === 'ignored') return '';
  if (cause === 'injected' && confidence === 'low') return 'perhaps ';
  return alternatives.length === 0 || cause === 'gave-up' ? 'likely ' : '';
}

/** Why an RST may not be its sender's. */
function whyNotItsOwn({ cause, confidence }: ResetVerdict): string {
  if (cause === 'injected' && confidence === 'low') return 'as its time to live is not the usual one';
  return cause === 'injected' || cause === 'state-lost' ? 'which went on' : 'as it has no timestamps';
}

/** A cause as a clause that follows "or" as well. */
function causeText(cause: ResetCause, reset: ResetVerdict, report: ConnectionReport): string {
  const { by } = reset;
  const other = by === 'client' ? 'server' : 'client';
  const { twin } = report;
  if (twin?.second === true && (cause === 'not-translated' || cause === 'rejected-syn-ack'))
    return twinResetCause(cause, by, twin);
  switch (cause) {
    case 'refused':
      return `no socket took the SYN at this address and port (${report.server.port})`;
    case 'firewall':
      return 'a firewall answered in its name';
    case 'rejected-syn-ack':
      if (report.findingCounts['two-syn-acks'] !== undefined)
        return `the ${by} refused one of two SYN-ACKs with different numbers`;
      return `the ${by} did not ask for this connection: the SYN-ACK does not answer its SYN`;
    case 'scan':
      return `the ${by}'s system knows nothing of the SYN, as of one that a port scanner wrote by itself`;
    case 'connect-cancelled':
      return `the ${by} had given up connecting before the SYN-ACK came`;
    case 'accept-queue-overflow':
      return `the ${by} did not take the connection as its accept queue (backlog) or SYN cache was full`;
    case 'listener-closed':
      return `the ${by}'s program stopped listening or ended before it accepted the connection`;
    case 'no-such-connection':
      return `the ${by}'s system has no such connection (any more)`;
    case 'state-lost':
      return `the segment did not reach the connection that the ${by} had a moment before: address translation (NAT, conntrack) or a firewall did not recognise it`;
    case 'half-open-discovered':
      return `the ${by} had forgotten this connection, and learned of it by the challenge ACK`;
    case 'data-after-close':
      return `the ${by} had closed already when more arrived from the ${other}`;
    case 'gone-after-close':
      return `the ${by}'s socket was gone after its FIN: it answers a segment without data`;
    case 'unread-data':
      return `the ${by} closed without reading all that the ${other} had sent`;
    case 'gave-up':
      return `the ${by} gave up: its last segments were not answered`;
    case 'aborted':
      return `the ${by}'s application aborted the connection${reset.cause === 'aborted' ? '' : ' (SO_LINGER 0)'}`;
    case 'injected':
      return `not sent by the ${by}, ${whyNotItsOwn(reset)}`;
    case 'time-wait-assassination':
      return `it ended the ${other}'s TIME-WAIT early, unless that follows RFC 1337 and ignores it`;
    case 'ignored':
      return 'its number does not fit, so that the receiver ignored it';
    case 'not-translated':
      return 'it was not translated';
    case 'cannot-tell':
      return 'the packets do not tell why';
  }
}
