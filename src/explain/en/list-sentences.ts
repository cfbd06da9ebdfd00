/** What a list of connections is, in a line. */
import type { Noun } from './nouns.js';
import { count, grouped } from './quantities.js';

/** What comes first in each order, and in the reverse order. */
const FIRST: Readonly<Record<string, readonly [string, string]>> = {
  start: ['first to begin', 'last to begin'],
  end: ['first to end', 'last to end'],
  connect: ['slowest to connect', 'fastest to connect'],
  response: ['slowest to respond', 'fastest to respond'],
  duration: ['longest', 'shortest'],
  bytes: ['with the most bytes', 'with the fewest bytes'],
  retransmissions: ['with the most retransmissions', 'with the fewest retransmissions'],
};

export interface ListFacts {
  /** Null where no condition was given. */
  matching: number | null;
  all: number;
  shown: number;
  sort: { key: string; reversed: boolean } | null;
  noun: Noun;
}

/** `1,184 of 60,000 connections match; the 10 slowest to connect`. */
export function listSentence({ matching, all, shown, sort, noun }: ListFacts): string {
  const found =
    matching === null
      ? count(all, noun)
      : `${grouped(matching)} of ${grouped(all)} ${noun}s ${matching === 1 ? 'matches' : 'match'}`;
  const total = matching ?? all;
  if (total === 0) return found;
  const order = sort === null ? null : (FIRST[sort.key]?.[sort.reversed ? 1 : 0] ?? null);
  if (shown >= total) return order === null || total === 1 ? found : `${found}; ${order} first`;
  return order === null
    ? `${found}; the first ${grouped(shown)}`
    : `${found}; the ${grouped(shown)} ${order}`;
}

/** `1,184 of 60,000 connections match`. */
export function matchSentence(matching: number, all: number, noun: 'connection' | 'UDP flow'): string {
  return listSentence({ matching, all, shown: matching, sort: null, noun });
}

/** What to ask for to see the rest. */
export function listHint(hidden: number, dropped: readonly string[]): string | null {
  const parts = [
    ...(hidden > 0 ? [`${grouped(hidden)} more: --limit 0`] : []),
    ...(dropped.length > 0 ? [`not shown: ${dropped.join(', ')} (--columns all)`] : []),
  ];
  return parts.length === 0 ? null : parts.join('   ');
}

export interface PageFacts {
  /** UDP flows that there was no room for. */
  hiddenFlows: number;
  /** Connections are listed, without their ladders. */
  lists: boolean;
  /** Only examples of those that failed are. */
  failed: boolean;
  browsable: boolean;
  /** It was captured just now, and is not read again. */
  live: boolean;
  /** Columns that there was no room for. */
  dropped: readonly string[];
}

/** How to see what the page of a capture does not show. */
export function pageHints({ hiddenFlows, lists, failed, browsable, dropped, live }: PageFacts): string[] {
  const again = [
    ...(lists && failed ? ['failures: --failed'] : []),
    ...(lists ? ['one ladder: --connection N'] : []),
    ...(browsable ? ['browse: synfin browse FILE'] : []),
  ].join('   ');
  const ways = live && lists ? 'to look closer: live --write FILE, then synfin FILE --connection N' : again;
  const columns = listHint(0, dropped);
  return [
    ...(hiddenFlows > 0 ? [`${grouped(hiddenFlows)} more UDP flows: --format ndjson`] : []),
    ...(columns === null ? [] : [columns]),
    ...(ways === '' ? [] : [ways]),
  ];
}
