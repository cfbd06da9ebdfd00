/** A connection of the list as values: its report is not kept. The capture is read again for its ladder. */
import { type HeldRow, Holder } from '../render/held-row.js';
import { CONNECTION_LIST, type ListColumn } from '../render/list-columns.js';
import { ORDERS, type OrderKey } from '../render/list-order.js';
import type { ConnectionReport } from '../verdict/report.js';

/** Every order, as `s` cycles through them. */
export const SORT_CYCLE: readonly OrderKey[] = [
  'start',
  'end',
  'connect',
  'response',
  'duration',
  'bytes',
  'retransmissions',
];

export interface BrowseRow extends HeldRow {
  readonly index: number;
  /** What each order of `SORT_CYCLE` sorts by; null where the connection has no such value. */
  readonly orders: readonly (number | null)[];
}

export interface Sort {
  readonly key: OrderKey;
  readonly reversed: boolean;
}

const holder = new Holder(CONNECTION_LIST);

/** The columns of the table, over rows as values. */
export const COLUMNS: readonly ListColumn<HeldRow>[] = holder.columns;

export function browseRow(report: ConnectionReport): BrowseRow {
  return {
    ...holder.hold(report),
    index: report.index,
    orders: SORT_CYCLE.map((key) => ORDERS[key].value(report)),
  };
}

/** Rows in an order. What has no value comes last, and rows of the same value stay in capture order. */
export function sortRows(rows: Iterable<BrowseRow>, { key, reversed }: Sort): BrowseRow[] {
  const at = SORT_CYCLE.indexOf(key);
  const sign = ORDERS[key].descending !== reversed ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [a.orders[at] ?? null, b.orders[at] ?? null];
    if (left === null || right === null) return left === right ? a.index - b.index : left === null ? 1 : -1;
    return sign * (left - right) || a.index - b.index;
  });
}
