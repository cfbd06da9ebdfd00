/** What is counted: singular and plural. `#` is the place of the number, where that is not the first word. */
import type { Noun } from '../en/nouns.js';

export const NOUN_FORMS: Readonly<Record<Noun, readonly [string, string]>> = {
  byte: ['byte', 'bytes'],
  client: ['cliente', 'clientes'],
  connection: ['conexão', 'conexões'],
  day: ['dia', 'dias'],
  flow: ['fluxo', 'fluxos'],
  host: ['host', 'hosts'],
  hour: ['hora', 'horas'],
  minute: ['minuto', 'minutos'],
  'more ACK': ['mais # ACK', 'mais # ACKs'],
  'more datagram': ['mais # datagrama', 'mais # datagramas'],
  'more interface': ['mais # interface', 'mais # interfaces'],
  'more line': ['mais # linha', 'mais # linhas'],
  'more pattern': ['mais # padrão', 'mais # padrões'],
  network: ['rede', 'redes'],
  'other packet': ['outro pacote', 'outros pacotes'],
  outcome: ['resultado', 'resultados'],
  packet: ['pacote', 'pacotes'],
  pair: ['par', 'pares'],
  port: ['porta', 'portas'],
  probe: ['sonda', 'sondas'],
  retransmission: ['retransmissão', 'retransmissões'],
  'round trip': ['ida e volta', 'idas e voltas'],
  second: ['segundo', 'segundos'],
  segment: ['segmento', 'segmentos'],
  server: ['servidor', 'servidores'],
  'server port': ['porta de servidor', 'portas de servidor'],
  SYN: ['SYN', 'SYNs'],
  'TCP connection': ['conexão TCP', 'conexões TCP'],
  'UDP client': ['cliente UDP', 'clientes UDP'],
  'UDP datagram': ['datagrama UDP', 'datagramas UDP'],
  'UDP flow': ['fluxo UDP', 'fluxos UDP'],
};

/** 0 and 1 are singular (CLDR: category one). */
export function isOne(n: number): boolean {
  return n === 0 || n === 1;
}

/** The form for so many, without the number. */
export function nounForm(n: number, noun: Noun): string {
  return NOUN_FORMS[noun][isOne(n) ? 0 : 1];
}

/** The word that agrees with so many. */
export function agreeing(n: number, singular: string, plural: string): string {
  return isOne(n) ? singular : plural;
}

/** `duas vezes`, `3 vezes`. */
export function timesText(n: number | string): string {
  if (Number(n) === 1) return 'uma vez';
  return Number(n) === 2 ? 'duas vezes' : `${n} vezes`;
}
