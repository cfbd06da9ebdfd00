/** What groups of connections are, in a line. */
import type { Noun } from './nouns.js';
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

/** `60,000 connections, 61 servers`. */
export function groupsSentence(connections: number, all: number, groups: number, by: string): string {
  const found =
    connections === all ? count(all, 'connection') : `${grouped(connections)} of ${count(all, 'connection')}`;
  const noun = NOUNS[by] ?? 'network';
  return `${found}, ${count(groups, noun)}`;
}

const HISTOGRAM_HEADS: Readonly<Record<string, string>> = {
  connect: 'connect time',
  response: 'median response time',
  duration: 'duration',
};

export function histogramHead(of: string): string {
  return `${HISTOGRAM_HEADS[of] ?? of} of connections`;
}

export function restOfGroups(hidden: number, dropped: readonly string[]): string | null {
  const parts = [
    ...(hidden > 0 ? [`${grouped(hidden)} more: --limit 0`] : []),
    ...(dropped.length > 0 ? [`not shown: ${dropped.join(', ')} (--width, or a pipe)`] : []),
  ];
  return parts.length === 0 ? null : parts.join('   ');
}
