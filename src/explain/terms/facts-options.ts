/** Options of the TCP header: sources, pictures, scenarios, synonyms. */
import type { OfTerms, TermFacts } from './names.js';

export const optionFacts: OfTerms<TermFacts>['option'] = {
  'end of options': {
    rfc: ['9293 3.2'],
    picture: 'opt-end',
    also: ['no operation', 'header length'],
    aliases: ['EOL', 'option 0', 'kind 0', 'end of option list'],
  },
  'no operation': {
    rfc: ['9293 3.2'],
    picture: 'opt-nop',
    also: ['end of options', 'header length'],
    aliases: ['NOP', 'option 1', 'kind 1', 'no-op'],
  },
  MSS: {
    rfc: ['9293 3.7.1', '6691 2'],
    picture: 'opt-mss',
    see: ['simple'],
    also: ['MTU', 'segment', 'segmentation-offload'],
    aliases: ['maximum segment size', 'option 2', 'kind 2', 'tamanho máximo de segmento'],
  },
  'window scale': {
    rfc: ['7323 2.2', '7323 2.3'],
    picture: 'opt-scale',
    see: ['simple'],
    also: ['window', 'window-scale-unknown', 'window-scale-too-large'],
    aliases: ['wscale', 'WS', 'window scaling', 'option 3', 'kind 3', 'escala da janela'],
  },
  'SACK permitted': {
    rfc: ['2018 2'],
    picture: 'opt-sack-permitted',
    see: ['simple'],
    also: ['SACK', 'dsack'],
    aliases: ['sackOK', 'sack perm', 'option 4', 'kind 4', 'SACK permitido'],
  },
  SACK: {
    rfc: ['2018 3', '2883 4'],
    picture: 'opt-sack',
    see: ['loss'],
    also: ['SACK permitted', 'dsack', 'duplicate-ack'],
    aliases: ['selective acknowledgment', 'selective acknowledgement', 'option 5', 'kind 5'],
  },
  timestamps: {
    rfc: ['7323 3.2', '7323 5'],
    picture: 'opt-timestamps',
    see: ['simple'],
    also: ['old-timestamp', 'round trip', 'TIME-WAIT'],
    aliases: ['timestamp', 'TSval', 'TSecr', 'PAWS', 'TSopt', 'option 8', 'kind 8'],
  },
  'MD5 signature': {
    rfc: ['2385 2.0'],
    picture: 'opt-md5',
    also: ['authentication'],
    aliases: ['MD5', 'TCP-MD5', 'option 19', 'kind 19'],
  },
  'user timeout': {
    rfc: ['5482 3'],
    picture: 'opt-user-timeout',
    also: ['timeout', 'gave-up'],
    aliases: ['UTO', 'option 28', 'kind 28'],
  },
  authentication: {
    rfc: ['5925 2.2'],
    picture: 'opt-ao',
    also: ['MD5 signature'],
    aliases: ['AO', 'TCP-AO', 'option 29', 'kind 29'],
  },
  'Multipath TCP': {
    rfc: ['8684 3', '8684 3.3'],
    picture: 'opt-multipath',
    also: ['multipath-agreed', 'multipath-join', 'data-fin'],
    aliases: ['MPTCP', 'multipath', 'MP_CAPABLE', 'MP_JOIN', 'option 30', 'kind 30'],
  },
  'Fast Open': {
    rfc: ['7413 3', '7413 4.1'],
    picture: 'opt-fast-open',
    see: ['fast-open'],
    also: ['fast-open-data', 'fast-open-cookie', 'syn-data'],
    aliases: ['TFO', 'TCP Fast Open', 'option 34', 'kind 34'],
  },
  'accurate ECN': {
    rfc: ['9768 3.2.3'],
    picture: 'opt-accecn',
    also: ['AE', 'ECE', 'CWR'],
    aliases: ['AccECN', 'option 172', 'option 174', 'kind 172', 'kind 174'],
  },
  experiment: {
    rfc: ['6994 3'],
    picture: 'opt-experiment',
    also: ['Fast Open'],
    aliases: ['experimental', 'ExID', 'option 253', 'option 254', 'kind 253', 'kind 254'],
  },
};
