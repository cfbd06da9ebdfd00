/** Causes of a reset, reasons to ignore a segment: sources, pictures, scenarios, synonyms. */
import type { OfTerms, TermFacts } from './names.js';

export const causeFacts: OfTerms<TermFacts>['cause'] = {
  refused: {
    rfc: ['9293 3.5.2', '9293 3.10.7.3'],
    picture: 'refused',
    see: ['refused'],
    also: ['firewall', 'no-answer', 'LISTEN'],
  },
  'rejected-syn-ack': {
    rfc: ['9293 3.5', '9293 3.10.7.3'],
    picture: 'old-syn',
    also: ['old-duplicate-syn', 'two-syn-acks', 'not-translated'],
  },
  scan: {
    rfc: ['9293 3.5.2'],
    picture: 'client-reset',
    also: ['syn-scan', 'port-scan', 'connect-cancelled'],
  },
  'connect-cancelled': {
    rfc: ['9293 3.10.4', '9293 3.5.2'],
    picture: 'client-reset',
    also: ['scan', 'timeout'],
  },
  'accept-queue-overflow': {
    rfc: ['9293 3.5.2', '4987 3.2'],
    picture: 'queue-full',
    also: ['accept queue', 'listener-closed', 'third-lost'],
  },
  'listener-closed': {
    rfc: ['9293 3.10.4', '9293 3.10.5'],
    picture: 'client-reset',
    also: ['accept-queue-overflow', 'aborted', 'refused'],
  },
  'no-such-connection': {
    rfc: ['9293 3.5.2', '9293 3.10.7.1'],
    picture: 'no-such',
    also: ['half-open', 'state-lost', 'firewall'],
  },
  'state-lost': {
    rfc: ['5382 5', '9293 3.5.2'],
    picture: 'no-such',
    also: ['NAT', 'firewall', 'keep-alive', 'no-such-connection'],
  },
  firewall: {
    rfc: ['9293 3.5.2', '2979 2'],
    picture: 'firewall',
    also: ['refused', 'injected', 'state-lost'],
  },
  'half-open-discovered': {
    rfc: ['9293 3.5.1', '9293 Figure 9'],
    picture: 'half-open',
    also: ['half-open', 'challenge-ack', 'reused-ports'],
  },
  'data-after-close': {
    rfc: ['9293 3.6.1', '1122 4.2.2.13'],
    picture: 'after-close',
    see: ['write-after-close'],
    also: ['unread-data', 'gone-after-close', 'FIN-WAIT-2'],
    aliases: ['EPIPE', 'broken pipe', 'SIGPIPE'],
  },
  'gone-after-close': {
    rfc: ['9293 3.5.2'],
    picture: 'after-close',
    also: ['FIN-WAIT-2', 'data-after-close'],
  },
  'unread-data': {
    rfc: ['1122 4.2.2.13', '9293 3.6.1'],
    picture: 'unread',
    see: ['unread'],
    also: ['aborted', 'data-after-close', 'ACK'],
  },
  'gave-up': {
    rfc: ['9293 3.8.3', '1122 4.2.3.5'],
    picture: 'retransmission',
    also: ['unanswered', 'keep-alive', 'zero-window-stall', 'user timeout'],
  },
  aborted: {
    rfc: ['9293 3.10.5', '9293 3.9.1.6'],
    picture: 'abort',
    see: ['reset'],
    also: ['unread-data', 'RST', 'listener-closed'],
    aliases: ['SO_LINGER', 'linger'],
  },
  'not-translated': { rfc: ['5382 5'], also: ['NAT', 'translated-twin', 'state-lost'] },
  injected: {
    rfc: ['5961 3.2', '9293 3.5.3'],
    picture: 'injected',
    also: ['rst-refuted', 'firewall', 'challenge-ack'],
    aliases: ['forged', 'forged RST', 'spoofed', 'forjado'],
  },
  'time-wait-assassination': {
    rfc: ['1337 1', '9293 3.6.1'],
    picture: 'assassination',
    also: ['TIME-WAIT', 'RST'],
  },
  ignored: {
    rfc: ['9293 3.5.3', '5961 3.2'],
    picture: 'challenge-ack',
    also: ['ignored-segment', 'rst-in-window', 'rst-outside-window'],
  },
  'cannot-tell': { rfc: ['9293 3.5.2'], also: ['RST', 'aborted', 'no-such-connection'] },
};

export const ignoredFacts: OfTerms<TermFacts>['ignored'] = {
  'rst-not-for-syn': { rfc: ['9293 3.10.7.3', '9293 3.5.3'], also: ['SYN-SENT', 'RST', 'injected'] },
  'rst-in-window': {
    rfc: ['5961 3.2', '9293 3.10.7.4'],
    picture: 'challenge-ack',
    also: ['challenge-ack', 'rst-outside-window', 'RST'],
  },
  'rst-outside-window': {
    rfc: ['9293 3.5.3', '9293 3.10.7.4'],
    also: ['rst-in-window', 'window', 'injected'],
  },
  'rst-refuted': { rfc: ['9293 3.5.3'], picture: 'injected', also: ['injected', 'rst-lost'] },
  'syn-in-connection': {
    rfc: ['5961 4.2', '9293 3.10.7.4'],
    picture: 'half-open',
    also: ['challenge-ack', 'half-open', 'reused-ports'],
  },
  'syn-in-handshake': { rfc: ['9293 3.10.7.4'], also: ['SYN-RECEIVED', 'reused-ports'] },
  'syn-ack-unacceptable': { rfc: ['9293 3.10.7.3'], also: ['rejected-syn-ack', 'SYN-SENT'] },
  'syn-ack-echo': { rfc: ['7323 3.2'], also: ['timestamps', 'SYN-ACK'] },
  'other-syn-ack': { rfc: ['9293 3.10.7.3', '9293 3.10.7.4'], also: ['two-syn-acks', 'SYN cookie'] },
  'closed-already': { rfc: ['9293 3.10.7.1'], also: ['connect-cancelled', 'CLOSED', 'scan'] },
  'before-syn-ack': { rfc: ['9293 3.10.7.3'], also: ['SYN-SENT', 'half-open'] },
  'ack-unacceptable': {
    rfc: ['9293 3.10.7.4', '5961 5.2'],
    also: ['ack-lost-segment', 'challenge-ack', 'acknowledgment number'],
  },
  'ack-too-old': { rfc: ['5961 5.2'], also: ['challenge-ack', 'ack-unacceptable'] },
  'half-open': {
    rfc: ['9293 3.5.1', '9293 Figure 9'],
    picture: 'half-open',
    also: ['half-open-discovered', 'challenge-ack'],
  },
  'no-ack-flag': { rfc: ['9293 3.10.7.4'], also: ['ACK', 'null-scan', 'fin-scan'] },
  'outside-window': { rfc: ['9293 3.4', '9293 3.10.7.4'], also: ['window', 'zero-window', 'challenge-ack'] },
  'old-timestamp': { rfc: ['7323 5.3'], also: ['timestamps', 'TIME-WAIT'], aliases: [] },
  'after-fin': { rfc: ['9293 3.10.7.4', '9293 3.6'], also: ['FIN', 'half-close'] },
  'fin-refuted': { rfc: ['9293 3.6', '9293 3.10.7.4'], also: ['FIN', 'after-fin', 'rst-refuted'] },
  'syn-in-time-wait': {
    rfc: ['9293 3.6.1', '6191 2'],
    picture: 'assassination',
    also: ['TIME-WAIT', 'reused-ports'],
  },
  malformed: { rfc: ['9293 3.1'], also: ['header length'] },
};
