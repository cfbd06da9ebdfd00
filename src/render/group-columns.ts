/** The columns and the order of groups of connections. */
import { phrases } from '../explain/phrases.js';
import type { GroupReport } from '../group/groups.js';
import { groupStart } from '../group/keys.js';
import type { GroupOrder, GroupSort } from '../group/names.js';
import { RESET_CAUSES, type ResetCause } from '../verdict/catalogue.js';
import type { ListColumn } from './list-columns.js';
import { sortMark } from './sort-mark.js';

const VALUES: Readonly<Record<GroupSort, (group: GroupReport) => number | null>> = {
  connections: (group) => group.connections,
  failed: (group) => group.failed,
  refused: (group) => group.refused,
  'no-answer': (group) => group.noAnswer,
  reset: (group) => group.reset,
  connect: (group) => group.connect?.p50 ?? null,
  response: (group) => group.response?.p50 ?? null,
  bytes: (group) => group.bytes,
  retransmissions: (group) => group.retransmissions,
};

/** Most failures first, or by time; then most connections, then by name. */
export function groupOrder(
  sort: GroupOrder | null,
  isTime: boolean,
): (a: GroupReport, b: GroupReport) => number {
  const value = VALUES[sort?.key ?? 'failed'];
  const sign = sort?.reversed === true ? 1 : -1;
  return (a, b) => {
    const names = isTime ? startOf(a) - startOf(b) : (a.key ?? '') < (b.key ?? '') ? -1 : 1;
    if (sort === null && isTime) return names;
    const [left, right] = [value(a), value(b)];
    // what has no value comes last
    if (left === null || right === null) return left === right ? names : left === null ? 1 : -1;
    return sign * (left - right) || b.connections - a.connections || names;
  };
}

/** Groups beyond those that are kept come last. */
function startOf({ key }: GroupReport): number {
  const start = groupStart(key ?? '');
  return Number.isNaN(start) ? Number.MAX_VALUE : start;
}

const COLUMN_OF: Readonly<Record<GroupSort, string>> = {
  connections: 'connections',
  failed: 'failed',
  refused: 'refused',
  'no-answer': 'no-answer',
  reset: 'reset',
  connect: 'connect-p50',
  response: 'response-p50',
  bytes: 'bytes',
  retransmissions: 'retransmitted',
};

export function groupColumns(
  by: string,
  isTime: boolean,
  sort: GroupOrder | null,
  unicode: boolean,
): { columns: ListColumn<GroupReport>[]; sorted: { name: string; mark: string } | null } {
  const order = sort ?? (isTime ? null : { key: 'failed' as const, reversed: false });
  const sorted =
    order === null ? null : { name: COLUMN_OF[order.key], mark: sortMark(!order.reversed, { unicode }) };
  const columns = COLUMNS.map((column) => ({
    ...column,
    ...(column.name === 'key' ? keyColumn(by) : {}),
    rank: column.name === sorted?.name ? 0 : column.rank,
  }));
  return { columns, sorted };
}

function keyColumn(by: string): Pick<ListColumn<GroupReport>, 'head' | 'value'> {
  return {
    head: () => phrases.groupKeyHead(by),
    value: ({ key }) => (key === null ? phrases.ALL_GROUPS : phrases.groupKeyText(by, key)),
  };
}

const number = (
  name: string,
  head: () => string,
  rank: number,
  value: (group: GroupReport) => number | null,
): ListColumn<GroupReport> => ({ name, head, form: 'count', rank, value });
const time = (
  name: string,
  head: () => string,
  rank: number,
  value: (group: GroupReport) => number | null,
): ListColumn<GroupReport> => ({ name, head, form: 'seconds', rank, value });

const COLUMNS: readonly ListColumn<GroupReport>[] = [
  { name: 'key', head: () => 'key', form: 'text', rank: 0, value: ({ key }) => key },
  number(
    'connections',
    () => phrases.groupHead('connections'),
    0,
    (group) => group.connections,
  ),
  number(
    'failed',
    () => phrases.groupHead('failed'),
    0,
    (group) => group.failed,
  ),
  {
    name: 'share',
    head: () => '',
    form: 'share',
    rank: 7,
    value: ({ failed, connections }) => (connections === 0 ? null : failed / connections),
  },
  number(
    'refused',
    () => phrases.groupHead('refused'),
    3,
    (group) => group.refused,
  ),
  number(
    'no-answer',
    () => phrases.groupHead('no-answer'),
    3,
    (group) => group.noAnswer,
  ),
  number(
    'not-completed',
    () => phrases.groupHead('not-completed'),
    9,
    (group) => group.notCompleted,
  ),
  number(
    'reset',
    () => phrases.groupHead('reset'),
    2,
    (group) => group.reset,
  ),
  number(
    'reset-by-client',
    () => phrases.groupHead('reset-by-client'),
    8,
    (group) => group.resetByClient,
  ),
  number(
    'reset-by-server',
    () => phrases.groupHead('reset-by-server'),
    8,
    (group) => group.resetByServer,
  ),
  time(
    'connect-p50',
    () => phrases.groupHead('connect-p50'),
    1,
    (group) => group.connect?.p50 ?? null,
  ),
  time(
    'connect-p95',
    () => 'p95',
    6,
    (group) => group.connect?.p95 ?? null,
  ),
  time(
    'connect-p99',
    () => 'p99',
    4,
    (group) => group.connect?.p99 ?? null,
  ),
  time(
    'connect-max',
    () => phrases.MAX,
    7,
    (group) => group.connect?.max ?? null,
  ),
  time(
    'response-p50',
    () => phrases.groupHead('response-p50'),
    5,
    (group) => group.response?.p50 ?? null,
  ),
  time(
    'response-p99',
    () => 'p99',
    7,
    (group) => group.response?.p99 ?? null,
  ),
  {
    name: 'retransmitted',
    head: () => phrases.groupHead('retransmitted'),
    form: 'share',
    rank: 6,
    value: ({ retransmissions, packets }) => (packets === 0 ? null : retransmissions / packets),
  },
  {
    name: 'bytes',
    head: () => phrases.groupHead('bytes'),
    form: 'bytes',
    rank: 8,
    value: ({ bytes }) => bytes,
  },
  {
    name: 'cause',
    head: () => phrases.groupHead('cause'),
    form: 'text',
    rank: 10,
    value: ({ mainCause }) =>
      mainCause !== null && Object.hasOwn(RESET_CAUSES, mainCause)
        ? phrases.resetCauseWords(mainCause as ResetCause)
        : null,
  },
];
