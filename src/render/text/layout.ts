/**
 * Which columns of a list are shown, and how wide. What does not fit goes in this order: milliseconds of the start, the middle
 * of IPv6 addresses, columns by rank. What was shortened without making room is shown in full.
 */
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import type { ListColumn, ListValue, Tone } from '../list-columns.js';
import { cellText, shortEndpoint, UNKNOWN_CELL } from './cells.js';
import { type Color, paint, plain, type TextStyle } from './style.js';
import { type DatePart, datePart, type TimeStyle } from './times.js';

/** Between columns. */
export const GAP = 2;
const COLORS: Readonly<Record<Tone, Color>> = { bad: 'red', notice: 'yellow', good: 'green', muted: 'dim' };
/** Below this, a row takes two lines. */
const NARROW = 60;
export const FACTS_INDENT = 4;
export const FACTS_GAP = ', ';

export interface TableOptions {
  /** Columns that there is room for; infinite in a pipe. */
  width: number;
  time: TimeStyle;
  /** The column that rows are sorted by, and its mark. */
  sorted?: { name: string; mark: string };
  /** A row stays one line where it does not fit: its columns were chosen, or it is cut elsewhere. */
  oneLine?: boolean;
}

/** Which columns are shown, and how wide. */
export interface Layout<Row> {
  columns: readonly ListColumn<Row>[];
  widths: readonly number[];
  /** Names of those that there was no room for, the most important first. */
  dropped: readonly string[];
  options: TableOptions;
  shortAddresses: boolean;
  /** Each row takes two lines: its ends, and indented its facts. */
  narrow: boolean;
}

/** Forms of numbers, which end in line. */
export const RIGHT = new Set(['index', 'seconds', 'bytes', 'count', 'share']);

export function layOut<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  options: TableOptions,
  style: TextStyle,
): Layout<Row> {
  if (isNarrow(options)) return fitted(columns, rows, options, style, true);
  const layout = fitted(columns, rows, options, style, false);
  const fits = options.oneLine === true || lineWidth(layout) <= options.width;
  return fits ? layout : fitted(columns, rows, options, style, true);
}

/** Columns that a row takes in one line. */
function lineWidth({ widths }: Pick<Layout<never>, 'widths'>): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

function fitted<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  options: TableOptions,
  style: TextStyle,
  narrow: boolean,
): Layout<Row> {
  let shown = columns.filter(
    (column) => column.optional !== true || rows.some((row) => column.value(row) !== null),
  );
  const dropped: string[] = [];
  const time = { date: dateOf(columns, rows, options.time), ...options.time };
  for (;;) {
    let layout: Layout<Row> = { columns: shown, widths: [], dropped, options, shortAddresses: false, narrow };
    for (const { detail, shortAddresses } of formsFrom(time.detail)) {
      layout = { ...layout, options: { ...options, time: { ...time, detail } }, shortAddresses };
      layout = { ...layout, widths: widthsOf(layout, rows, style) };
      const needed = narrow ? widestLine(layout, rows, style) : lineWidth(layout);
      if (needed <= options.width) return layout;
    }
    const worst = shown.reduce((least, column) => (column.rank > least.rank ? column : least));
    if (worst.rank === 0) return layout;
    shown = shown.filter((column) => column !== worst);
    if (worst.optional !== true || rows.some((row) => worst.value(row) !== null)) dropped.unshift(worst.name);
  }
}

/** Columns are the same in fewer characters, before one is dropped; what is left has the longest form that fits. */
function formsFrom(detail: TimeStyle['detail']): { detail: TimeStyle['detail']; shortAddresses: boolean }[] {
  const details = DETAILS.slice(DETAILS.indexOf(detail));
  return [
    ...details.map((each) => ({ detail: each, shortAddresses: false })),
    { detail: 'seconds', shortAddresses: true },
  ];
}

const DETAILS = ['full', 'milliseconds', 'seconds'] as const;

function widthsOf<Row>(layout: Layout<Row>, rows: readonly Row[], style: TextStyle): number[] {
  return layout.columns.map((column) =>
    rows.reduce(
      (most, row, at) => Math.max(most, textOf(column, row, layout, style, rows[at - 1]).length),
      headOf(column, layout).length,
    ),
  );
}

/** What of the date tells the rows apart. */
export function dateOf<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  { how, detail }: TimeStyle,
): DatePart {
  if (detail === 'full') return 'none';
  const values = columns.filter(({ form }) => form === 'time').flatMap((column) => rows.map(column.value));
  return datePart(values.filter(isTime), how);
}

function isTime(value: ListValue): value is Time {
  return typeof value === 'object' && value !== null && 'seconds' in value;
}

export function headOf<Row>(column: ListColumn<Row>, { options: { sorted, time } }: Layout<Row>): string {
  const head = column.form === 'time' && time.how === 'delta' ? phrases.LADDER_HEADS.since : column.head();
  return sorted?.name === column.name ? `${head} ${sorted.mark}` : head;
}

/** `before`: the row above. */
export function textOf<Row>(
  column: ListColumn<Row>,
  row: Row,
  layout: Layout<Row>,
  style: TextStyle,
  before?: Row,
): string {
  const value = column.value(row);
  if (layout.shortAddresses && typeof value === 'object' && value !== null && 'address' in value)
    return plain(shortEndpoint(value), style);
  const { time } = layout.options;
  if (time.how !== 'delta' || !isTime(value)) return plain(cellText(value, column.form, time), style);
  const from = before === undefined ? null : column.value(before);
  return cellText(value, column.form, { ...time, from: isTime(from) ? from : null });
}

export function painted<Row>(column: ListColumn<Row>, row: Row, text: string, style: TextStyle): string {
  const tone = text === UNKNOWN_CELL ? 'muted' : (column.tone?.(row) ?? null);
  return tone === null ? text : paint(style, COLORS[tone], text);
}

export function isNarrow({ width }: TableOptions): boolean {
  return width < NARROW;
}

/** The name of a row: the first line in a narrow list. */
export function isName<Row>({ form, name }: ListColumn<Row>): boolean {
  return form === 'index' || form === 'endpoint' || name === 'key';
}

/** The facts of a row of a narrow list: what is known, with its heading where it is a number. */
export function factsOf<Row>(
  layout: Layout<Row>,
  row: Row,
  style: TextStyle,
  before?: Row,
): { length: number; painted: string }[] {
  const facts = layout.columns.filter((column) => !isName(column) && column.value(row) !== null);
  return facts.map((column) => {
    const text = textOf(column, row, layout, style, before);
    const isNamed = RIGHT.has(column.form) || (column.form === 'time' && layout.options.time.how === 'delta');
    const head = isNamed ? `${plain(headOf(column, layout), style)} ` : '';
    return { length: head.length + text.length, painted: head + painted(column, row, text, style) };
  });
}

/** Columns that the line of names takes. */
function nameWidth<Row>(layout: Layout<Row>, row: Row, style: TextStyle): number {
  const names = layout.columns.filter(isName);
  return names.reduce((sum, column) => sum + textOf(column, row, layout, style).length + 3, -4);
}

/** Columns that a row takes at most in two lines. */
function widestLine<Row>(layout: Layout<Row>, rows: readonly Row[], style: TextStyle): number {
  return rows.reduce((most, row, at) => {
    const facts = factsOf(layout, row, style, rows[at - 1]);
    const length = facts.reduce((sum, fact) => sum + fact.length + FACTS_GAP.length, -FACTS_GAP.length);
    return Math.max(most, FACTS_INDENT + length, layout.shortAddresses ? 0 : nameWidth(layout, row, style));
  }, 0);
}
