/** Openings, closings and outcomes: sources, pictures, scenarios, synonyms. */
import type { OfTerms, TermFacts } from './names.js';

export const openingFacts: OfTerms<TermFacts>['opening'] = {
  'three-way': {
    rfc: ['9293 3.5', '9293 Figure 6'],
    picture: 'handshake',
    see: ['simple'],
    also: ['handshake', 'SYN-SENT', 'SYN-RECEIVED'],
    aliases: ['three way', 'três vias'],
  },
  simultaneous: {
    rfc: ['9293 3.5', '9293 Figure 7'],
    picture: 'simultaneous-open',
    see: ['simultaneous-open'],
    also: ['simultaneous-open', 'SYN-RECEIVED', 'self-connect'],
    aliases: ['abertura simultânea'],
  },
  'fast-open': {
    rfc: ['7413 3'],
    picture: 'fast-open',
    see: ['fast-open'],
    also: ['Fast Open', 'fast-open-data'],
  },
  refused: {
    rfc: ['9293 3.5.2', '9293 3.10.7.3'],
    picture: 'refused',
    see: ['refused'],
    also: ['no-answer', 'RST', 'firewall'],
    aliases: ['connection refused', 'ECONNREFUSED', 'conexão recusada', 'recusada'],
  },
  'no-answer': {
    rfc: ['9293 3.8.3', '6298 5'],
    picture: 'no-answer',
    see: ['no-answer'],
    also: ['refused', 'syn-retry', 'timeout'],
    aliases: ['sem resposta', 'no reply'],
  },
  'not-completed': {
    rfc: ['9293 3.5', '9293 3.10.7.4'],
    picture: 'not-completed',
    also: ['SYN-RECEIVED', 'syn-ack-retry', 'syn-flood'],
    aliases: ['embryonic', 'não concluída'],
  },
  'not-captured': {
    also: ['roles-guessed', 'unseen', 'window-scale-unknown'],
    aliases: ['não capturada', 'midstream'],
  },
};

export const closingFacts: OfTerms<TermFacts>['closing'] = {
  'four-step': {
    rfc: ['9293 3.6', '9293 Figure 12'],
    picture: 'close',
    see: ['simple'],
    also: ['three-step', 'FIN', 'TIME-WAIT'],
    aliases: ['four-way', 'four-way handshake', '4-way handshake', 'quatro etapas', 'quatro segmentos'],
  },
  'three-step': {
    rfc: ['9293 3.6'],
    picture: 'three-step',
    see: ['three-step'],
    also: ['four-step', 'FIN', 'delayed ACK'],
    aliases: ['três etapas'],
  },
  simultaneous: {
    rfc: ['9293 3.6', '9293 Figure 13'],
    picture: 'simultaneous-close',
    also: ['CLOSING', 'simultaneous-close', 'TIME-WAIT'],
    aliases: ['encerramento simultâneo'],
  },
  reset: {
    rfc: ['9293 3.5.3', '5961 3.2'],
    picture: 'abort',
    see: ['reset', 'unread'],
    also: ['RST', 'aborted', 'unread-data', 'cannot-tell'],
  },
  'half-closed': {
    rfc: ['9293 3.6.1'],
    picture: 'half-close',
    see: ['half-close'],
    also: ['half-close', 'CLOSE-WAIT', 'FIN-WAIT-2'],
  },
  open: { rfc: ['9293 3.8.4'], also: ['idle', 'keep-alive', 'ESTABLISHED'], aliases: ['aberta'] },
  none: { also: ['refused', 'no-answer', 'not-completed'] },
};

export const outcomeFacts: OfTerms<TermFacts>['outcome'] = {
  closed: {
    rfc: ['9293 3.6'],
    picture: 'close',
    see: ['simple'],
    also: ['four-step', 'three-step', 'TIME-WAIT'],
    aliases: ['encerrada'],
  },
  reset: { rfc: ['9293 3.5.3'], picture: 'abort', see: ['reset'], also: ['RST', 'aborted'] },
  refused: {
    rfc: ['9293 3.5.2'],
    picture: 'refused',
    see: ['refused'],
    also: ['no-answer', 'port-unreachable'],
  },
  'no-answer': {
    rfc: ['9293 3.8.3'],
    picture: 'no-answer',
    see: ['no-answer'],
    also: ['refused', 'syn-retry'],
  },
  'not-completed': { rfc: ['9293 3.10.7.4'], picture: 'not-completed', also: ['syn-flood', 'scan'] },
  'half-closed': {
    rfc: ['9293 3.6.1'],
    picture: 'half-close',
    see: ['half-close'],
    also: ['CLOSE-WAIT', 'half-close'],
  },
  open: { rfc: ['9293 3.8.4'], also: ['idle', 'keep-alive'] },
  'not-captured': { also: ['roles-guessed', 'unseen'] },
};
