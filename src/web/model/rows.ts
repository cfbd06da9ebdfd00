/** The list of connections: a row for each, and how rows are found and sorted. */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import { severityOf } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';

export interface Tag {
  text: string;
  severity: 'note' | 'warning';
}

export interface Row {
  report: ConnectionReport;
  index: number;
  client: string;
  server: string;
  outcome: string;
  /** Seconds since the capture began, and from there to its end. */
  start: number;
  duration: number;
  /** Seconds; null where it did not open, or none was timed. */
  connect: number | null;
  response: number | null;
  sent: number;
  received: number;
  tags: readonly Tag[];
  /** What a search looks through, in small letters. */
  searched: string;
}

export function rowsOf(connections: readonly ConnectionReport[]): Row[] {
  const first = connections[0];
  if (first === undefined) return [];
  const base = connections.reduce((least, { startedAt }) => Math.min(least, startedAt), first.startedAt);
  return connections.map((report) => {
    const known = made.get(report);
    if (known?.base === base) return known.row;
    const row = rowOf(report, base);
    made.set(report, { row, base });
    return row;
  });
}

/** Rows by report: while a page is live, most of its connections have not changed. */
const made = new WeakMap<ConnectionReport, { row: Row; base: number }>();

function rowOf(report: ConnectionReport, base: number): Row {
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const cause = report.outcome.failed ? phrases.causeWords(report) : '';
  const words = phrases.outcomeWords(report.outcome);
  const outcome = cause === '' ? words : `${words}: ${cause}`;
  const tags = tagsOf(report);
  return {
    report,
    index: report.index,
    client,
    server,
    outcome,
    start: (report.startedAt - base) / 1e9,
    duration: report.duration,
    connect: report.opening.connectTime,
    response: report.response?.max ?? null,
    sent: report.traffic.client.bytes,
    received: report.traffic.server.bytes,
    tags,
    searched: [`#${report.index}`, client, server, outcome, ...tags.map(({ text }) => text)]
      .join(' ')
      .toLowerCase(),
  };
}

/** Warnings by their number, then notes. */
function tagsOf({ findingCounts }: ConnectionReport): Tag[] {
  return Object.entries(findingCounts)
    .map(([code, n]) => ({ code, n, severity: severityOf(code) }))
    .sort((a, b) => Number(a.severity === 'note') - Number(b.severity === 'note') || b.n - a.n)
    .map(({ code, n, severity }) => ({
      text: `${phrases.findingName(code)}${n > 1 ? ` × ${phrases.grouped(n)}` : ''}`,
      severity,
    }));
}

export const SORT_KEYS = [
  'index',
  'client',
  'server',
  'outcome',
  'connect',
  'start',
  'duration',
  'sent',
  'received',
  'tags',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** Rows without a value come last, whichever way it is sorted. */
export function sortRows(rows: readonly Row[], { key, descending }: Sort): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a, key), sortValue(b, key)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.index - b.index;
    const order =
      typeof x === 'string' && typeof y === 'string'
        ? x.localeCompare(y, phrases.LANGUAGE_TAG, { numeric: true })
        : Number(x) - Number(y);
    return sign * order || a.index - b.index;
  });
}

function sortValue(row: Row, key: SortKey): string | number | null {
  return key === 'tags' ? row.tags.filter(({ severity }) => severity === 'warning').length : row[key];
}

/** Each word must be somewhere in the row. */
export function searchRows(rows: readonly Row[], words: string): Row[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(({ searched }) => wanted.every((word) => searched.includes(word)));
}
