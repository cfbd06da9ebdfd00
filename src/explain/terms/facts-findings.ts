/** Findings of single segments, and patterns: sources, pictures, scenarios, synonyms. */
import type { Code } from '../../track/memory/codes.js';
import type { OfTerms, TermFacts } from './names.js';

export const segmentFacts: Readonly<Record<Code, TermFacts>> = {
  retransmission: {
    rfc: ['9293 3.8.1', '6298 5'],
    picture: 'retransmission',
    see: ['loss'],
    also: ['retransmission timer', 'fast-retransmission', 'spurious-retransmission'],
    aliases: ['retransmit', 'resend', 'retransmissão', 'loss', 'packet loss', 'perda'],
  },
  'fast-retransmission': {
    rfc: ['5681 3.2'],
    picture: 'fast-retransmission',
    see: ['loss'],
    also: ['duplicate-ack', 'retransmission', 'out-of-order'],
    aliases: ['fast retransmit', 'retransmissão rápida'],
  },
  'spurious-retransmission': {
    rfc: ['2883 4', '6298 5'],
    picture: 'lost-ack',
    also: ['dsack', 'retransmission'],
    aliases: ['retransmissão desnecessária'],
  },
  'out-of-order': {
    rfc: ['9293 3.10.7.4', '5681 4.2'],
    picture: 'gap',
    also: ['lost-segment', 'duplicate-ack', 'fast-retransmission'],
    aliases: ['reordering', 'fora de ordem'],
  },
  'lost-segment': {
    rfc: ['9293 3.4'],
    picture: 'gap',
    see: ['loss'],
    also: ['out-of-order', 'ack-lost-segment', 'drops-weaken'],
    aliases: ['gap', 'lacuna', 'previous segment not captured'],
  },
  'ack-lost-segment': {
    rfc: ['9293 3.4'],
    also: ['lost-segment', 'drops-weaken', 'ack-unacceptable'],
    aliases: ['acked unseen segment'],
  },
  'duplicate-ack': {
    rfc: ['5681 2', '5681 3.2'],
    picture: 'fast-retransmission',
    see: ['loss'],
    also: ['fast-retransmission', 'SACK', 'out-of-order'],
    aliases: ['dup ack', 'dupack', 'duplicate acknowledgment', 'ACK duplicado'],
  },
  'keep-alive': {
    rfc: ['9293 3.8.4', '1122 4.2.3.6'],
    picture: 'keep-alive',
    see: ['keep-alive'],
    also: ['keep-alive-ack', 'zero-window-probe', 'idle', 'half-open'],
    aliases: ['SO_KEEPALIVE'],
  },
  'keep-alive-ack': {
    rfc: ['9293 3.8.4'],
    picture: 'keep-alive',
    see: ['keep-alive'],
    also: ['keep-alive', 'zero-window-probe-ack'],
  },
  'zero-window': {
    rfc: ['9293 3.8.6', '9293 3.8.6.1'],
    picture: 'zero-window',
    see: ['zero-window'],
    also: ['zero-window-probe', 'window-update', 'window-full', 'window'],
    aliases: ['janela zero'],
  },
  'zero-window-probe': {
    rfc: ['9293 3.8.6.1'],
    picture: 'zero-window',
    see: ['zero-window'],
    also: ['zero-window', 'keep-alive', 'zero-window-stall'],
    aliases: ['probe', 'window probe', 'sonda', 'persist timer'],
  },
  'zero-window-probe-ack': {
    rfc: ['9293 3.8.6.1'],
    picture: 'zero-window',
    see: ['zero-window'],
    also: ['zero-window-probe', 'window-update'],
  },
  'window-update': {
    rfc: ['9293 3.8.6', '9293 3.8.6.2'],
    picture: 'zero-window',
    see: ['zero-window'],
    also: ['window', 'zero-window'],
  },
  'window-full': {
    rfc: ['9293 3.8.6'],
    see: ['zero-window'],
    also: ['zero-window', 'window', 'flow control'],
  },
  'reused-ports': {
    rfc: ['9293 3.6.1', '6191 2'],
    see: ['port-reuse'],
    also: ['TIME-WAIT', 'half-open-discovered', 'port'],
    aliases: ['port reuse'],
  },
  'capture-duplicate': { also: ['duplicated-by-network', 'retransmission'], aliases: ['duplicate packet'] },
  'challenge-ack': {
    rfc: ['5961 3.2', '5961 4.2', '5961 5.2'],
    picture: 'challenge-ack',
    also: ['rst-in-window', 'syn-in-connection', 'half-open'],
  },
  'ignored-segment': {
    rfc: ['9293 3.10.7.4', '9293 3.5.3'],
    picture: 'challenge-ack',
    also: ['challenge-ack', 'rst-in-window', 'outside-window'],
  },
  'simultaneous-open': {
    rfc: ['9293 3.5', '9293 Figure 7'],
    picture: 'simultaneous-open',
    see: ['simultaneous-open'],
    also: ['opening simultaneous', 'self-connect', 'SYN-RECEIVED'],
  },
  'simultaneous-close': {
    rfc: ['9293 3.6', '9293 Figure 13'],
    picture: 'simultaneous-close',
    also: ['closing simultaneous', 'CLOSING', 'TIME-WAIT'],
  },
  'half-close': {
    rfc: ['9293 3.6.1'],
    picture: 'half-close',
    see: ['half-close'],
    also: ['CLOSE-WAIT', 'FIN-WAIT-2', 'data-after-close'],
  },
  'syn-retry': {
    rfc: ['6298 2', '6298 5.7'],
    picture: 'no-answer',
    see: ['syn-retry', 'no-answer'],
    also: ['no-answer', 'accept queue', 'retransmission timer'],
  },
  'syn-ack-retry': {
    rfc: ['6298 5'],
    picture: 'not-completed',
    also: ['third-lost', 'not-completed', 'accept queue'],
  },
  'fin-retry': {
    rfc: ['9293 3.6', '6298 5'],
    picture: 'time-wait',
    also: ['LAST-ACK', 'FIN-WAIT-1', 'TIME-WAIT'],
  },
  'half-open-discovered': {
    rfc: ['9293 3.5.1', '9293 Figure 9'],
    picture: 'half-open',
    also: ['half-open', 'challenge-ack', 'syn-in-connection'],
  },
  'time-wait-assassination': {
    rfc: ['1337 1', '9293 3.6.1'],
    picture: 'assassination',
    also: ['TIME-WAIT', 'rst-lost'],
  },
  dsack: {
    rfc: ['2883 4'],
    picture: 'lost-ack',
    also: ['SACK', 'spurious-retransmission', 'duplicated-by-network'],
    aliases: ['D-SACK', 'duplicate sack'],
  },
  'data-fin': { rfc: ['8684 3.3.3'], also: ['Multipath TCP', 'FIN'], aliases: ['DATA_FIN'] },
};

export const patternFacts: OfTerms<TermFacts>['pattern'] = {
  'port-scan': {
    rfc: ['9293 3.10.7.1'],
    picture: 'scan',
    also: ['syn-scan', 'connect-scan', 'host-sweep'],
    aliases: ['varredura de portas', 'nmap', 'scanner'],
  },
  'syn-scan': { rfc: ['9293 3.5.2'], picture: 'client-reset', also: ['port-scan', 'cause scan'] },
  'connect-scan': { rfc: ['9293 3.5'], also: ['port-scan', 'health-checks'] },
  'ack-scan': { rfc: ['9293 3.10.7.1', '9293 3.10.7.2'], also: ['port-scan', 'no-such-connection'] },
  'fin-scan': { rfc: ['9293 3.10.7.1', '9293 3.10.7.2'], also: ['port-scan', 'null-scan'] },
  'null-scan': { rfc: ['9293 3.10.7.1', '9293 3.10.7.2'], also: ['port-scan', 'fin-scan'] },
  'xmas-scan': { rfc: ['9293 3.10.7.1', '9293 3.10.7.2'], also: ['port-scan', 'fin-scan'] },
  'host-sweep': { picture: 'scan', also: ['port-scan'], aliases: ['sweep', 'varredura de hosts'] },
  'syn-flood': {
    rfc: ['4987 2', '4987 3'],
    picture: 'flood',
    also: ['SYN cookie', 'not-completed', 'accept queue'],
    aliases: ['flood', 'inundação de SYN', 'denial of service', 'DoS'],
  },
  'health-checks': {
    rfc: ['9293 3.5'],
    also: ['client', 'connect-scan', 'aborted'],
    aliases: ['health check', 'verificação de saúde', 'load balancer'],
  },
};
