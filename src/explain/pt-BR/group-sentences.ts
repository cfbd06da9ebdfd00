/** What groups of connections are, in a line. */
import type { Noun } from '../en/nouns.js';
import { count, grouped } from './quantities.js';

const NOUNS: Readonly<Record<string, Noun>> = {
  'server-port': 'server port',
  server: 'server',
  client: 'client',
  pair: 'pair',
  outcome: 'outcome',
  second: 'second',
  minute: 'minute',
  hour: 'hour',
  day: 'day',
};

/** `60.000 conexões, 61 servidores`. */
export function groupsSentence(connections: number, all: number, groups: number, by: string): string {
  const found =
    connections === all ? count(all, 'connection') : `${grouped(connections)} de ${count(all, 'connection')}`;
  const noun = NOUNS[by] ?? 'network';
  return `${found}, ${count(groups, noun)}`;
}

const HISTOGRAM_HEADS: Readonly<Record<string, string>> = {
  connect: 'tempo até conectar',
  response: 'mediana do tempo de resposta',
  duration: 'duração',
};

export function histogramHead(of: string): string {
  return `${HISTOGRAM_HEADS[of] ?? of} por conexão`;
}

export function restOfGroups(hidden: number, dropped: readonly string[]): string | null {
  const parts = [
    ...(hidden > 0 ? [`mais ${grouped(hidden)}: --limit 0`] : []),
    ...(dropped.length > 0 ? [`sem espaço: ${dropped.join(', ')} (--width, ou um pipe)`] : []),
  ];
  return parts.length === 0 ? null : parts.join('   ');
}
