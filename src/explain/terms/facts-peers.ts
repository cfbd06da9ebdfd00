/** Zeek's words and Wireshark's number: pictures, scenarios, synonyms. Their rules are not in RFCs. */
import type { OfTerms, TermFacts } from './names.js';

export const connStateFacts: OfTerms<TermFacts>['connState'] = {
  S0: { picture: 'no-answer', see: ['no-answer'], also: ['no-answer', 'REJ', 'conn_state'] },
  S1: { picture: 'handshake', also: ['SF', 'open', 'conn_state'] },
  SF: { picture: 'close', see: ['simple'], also: ['S1', 'four-step', 'conn_state'] },
  REJ: { picture: 'refused', see: ['refused'], also: ['refused', 'S0', 'conn_state'] },
  S2: { picture: 'half-close', also: ['S3', 'half-closed', 'conn_state'] },
  S3: { also: ['S2', 'half-closed', 'conn_state'] },
  RSTO: { picture: 'abort', see: ['reset'], also: ['RSTR', 'RST', 'conn_state'] },
  RSTR: { picture: 'unread', see: ['unread'], also: ['RSTO', 'RST', 'conn_state'] },
  RSTOS0: { also: ['S0', 'connect-cancelled', 'conn_state'] },
  RSTRH: { also: ['SHR', 'one-direction', 'conn_state'] },
  SH: { also: ['SHR', 'one-direction', 'conn_state'] },
  SHR: { also: ['SH', 'one-direction', 'conn_state'] },
  OTH: { also: ['not-captured', 'roles-guessed', 'conn_state'] },
};

export const historyFacts: OfTerms<TermFacts>['history'] = {
  S: { picture: 'history', see: ['simple'], also: ['history', 'SYN', 'history h'] },
  H: { picture: 'history', see: ['simple'], also: ['history', 'SYN-ACK', 'history s'] },
  A: { picture: 'history', see: ['simple'], also: ['history', 'ACK', 'history d'] },
  D: { picture: 'history', see: ['simple'], also: ['history', 'data', 'history t'] },
  F: { picture: 'history', see: ['simple'], also: ['history', 'FIN', 'history i'] },
  R: { picture: 'history', see: ['reset', 'refused'], also: ['history', 'RST', 'history i'] },
  I: { also: ['history', 'history f', 'history r'] },
  Q: { also: ['history', 'flags', 'history s'] },
  C: { also: ['history', 'checksum', 'checksum-wrong'] },
  G: { see: ['loss'], also: ['history', 'lost-segment', 'ack-lost-segment'] },
  T: { see: ['loss'], also: ['history', 'retransmission', 'spurious-retransmission'] },
  W: { see: ['zero-window'], also: ['history', 'zero-window', 'window'] },
  '^': { also: ['history', 'roles-guessed', 'client'] },
  X: { also: ['history'] },
};

export const completenessFacts: OfTerms<TermFacts>['completeness'] = {
  completeness: {
    picture: 'completeness',
    see: ['simple'],
    also: ['31', '37', '63', 'conn_state', 'history'],
    aliases: ['tcp.completeness', 'conversation completeness', 'wireshark'],
  },
  '1': { picture: 'completeness', see: ['simple'], also: ['completeness', 'SYN'] },
  '2': { picture: 'completeness', see: ['simple'], also: ['completeness', 'SYN-ACK'] },
  '4': { picture: 'completeness', see: ['simple'], also: ['completeness', 'ACK'] },
  '8': { picture: 'completeness', see: ['simple'], also: ['completeness', 'data'] },
  '16': { picture: 'completeness', see: ['simple'], also: ['completeness', 'FIN'] },
  '32': { picture: 'completeness', see: ['reset'], also: ['completeness', 'RST'] },
};
