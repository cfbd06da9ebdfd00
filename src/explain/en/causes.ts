/** Why a connection failed or was slow, in a few words: for a table. Sentences are in reset-sentences.ts. */
import type { ResetCause } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { count } from './quantities.js';

const RESET_WORDS: Readonly<Record<ResetCause, string>> = {
  refused: 'port closed',
  firewall: 'firewall',
  'rejected-syn-ack': 'SYN-ACK not asked for',
  scan: 'SYN of a port scanner',
  'connect-cancelled': 'connecting cancelled',
  'accept-queue-overflow': 'accept queue full',
  'listener-closed': 'listener closed',
  'no-such-connection': 'no such connection',
  'state-lost': 'NAT or firewall lost state',
  'half-open-discovered': 'connection forgotten',
  'data-after-close': 'data after close',
  'gone-after-close': 'socket gone after close',
  'unread-data': 'data left unread',
  'gave-up': 'gave up',
  aborted: 'aborted',
  'not-translated': 'not translated',
  injected: 'forged RST',
  'time-wait-assassination': 'RST in TIME-WAIT',
  ignored: 'RST ignored',
  'cannot-tell': 'packets cannot tell',
};

export function resetCauseWords(cause: ResetCause): string {
  return RESET_WORDS[cause];
}

/** Those that the packets do not exclude. */
export function resetCausesWords(causes: readonly ResetCause[]): string {
  return causes.map(resetCauseWords).join(' or ');
}

/** The likely cause of a failure, or of a slow opening; empty where there is nothing to say. */
export function causeWords({ outcome, opening, closing }: ConnectionReport): string {
  const retries =
    opening.synCount > 1 && opening.kind !== 'simultaneous' ? `SYN sent ${timesText(opening.synCount)}` : '';
  switch (outcome.kind) {
    case 'refused':
    case 'reset': {
      const { reset } = closing;
      if (reset === null) return outcome.kind === 'refused' ? 'ICMP error' : '';
      return resetCausesWords([reset.cause, ...reset.alternatives]);
    }
    case 'no-answer':
      return `${count(opening.synCount, 'SYN')}, no reply`;
    case 'not-completed':
      return closing.reset === null ? 'SYN-ACK not acknowledged' : resetCauseWords(closing.reset.cause);
    default:
      return retries;
  }
}

function timesText(n: number): string {
  return n === 2 ? 'twice' : `${n} times`;
}
