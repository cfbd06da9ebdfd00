/**
 * Lists of connections and flows as tables: by cli-table3 where they are short, row by row behind the same look where they
 * are long. What does not fit goes in this order: milliseconds of the start, the middle of IPv6 addresses, columns by rank.
 */
import Table from 'cli-table3';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { CONNECTION_LIST, type ListColumn, type Tone, UDP_LIST } from '../list-columns.js';
import { cellText, shortEndpoint, type TimeStyle, UNKNOWN_CELL } from './cells.js';
import { type Color, paint, plain, type TextStyle } from './style.js';

const GAP = 2;
const COLORS: Readonly<Record<Tone, Color>> = { bad: 'red', notice: 'yellow', good: 'green', muted: 'dim' };

export interface TableOptions {
  /** Columns that there is room for; infinite in a pipe. */
  width: number;
  time: TimeStyle;
  /** The column that rows are sorted by, and its mark. */
  sorted?: { name: string; mark: string };
}

/** Which columns are shown, and how wide. */
export interface Layout<Row> {
  columns: readonly ListColumn<Row>[];
  widths: readonly number[];
  /** Names of those that there was no room for. */
  dropped: readonly string[];
  options: TableOptions;
  shortAddresses: boolean;
}

const RIGHT = new Set(['index', 'seconds', 'bytes', 'count', 'share']);

export function layOut<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  options: TableOptions,
  style: TextStyle,
): Layout<Row> {
  let shown = columns.filter(
    (column) => column.optional !== true || rows.some((row) => column.value(row) !== null),
  );
  const dropped: string[] = [];
  let { time } = options;
  let shortAddresses = false;
  for (;;) {
    const layout = { columns: shown, widths: [], dropped, options: { ...options, time }, shortAddresses };
    const widths = shown.map((column) =>
      rows.reduce(
        (most, row) => Math.max(most, textOf(column, row, layout, style).length),
        headOf(column, layout).length,
      ),
    );
    if (widths.reduce((sum, width) => sum + width + GAP, -GAP) <= options.width) return { ...layout, widths };
    if (time.detail !== 'seconds')
      time = { ...time, detail: time.detail === 'full' ? 'milliseconds' : 'seconds' };
    else if (!shortAddresses) shortAddresses = true;
    else {
      const worst = shown.reduce((least, column) => (column.rank > least.rank ? column : least));
      if (worst.rank === 0) return { ...layout, widths };
      shown = shown.filter((column) => column !== worst);
      if (worst.optional !== true || rows.some((row) => worst.value(row) !== null)) dropped.push(worst.name);
    }
  }
}

function headOf<Row>(column: ListColumn<Row>, { options: { sorted } }: Layout<Row>): string {
  const head = column.head();
  return sorted?.name === column.name ? `${head} ${sorted.mark}` : head;
}

function textOf<Row>(column: ListColumn<Row>, row: Row, layout: Layout<Row>, style: TextStyle): string {
  const value = column.value(row);
  if (layout.shortAddresses && typeof value === 'object' && value !== null && 'address' in value)
    return plain(shortEndpoint(value), style);
  return plain(cellText(value, column.form, layout.options.time), style);
}

function painted<Row>(column: ListColumn<Row>, row: Row, text: string, style: TextStyle): string {
  const tone = text === UNKNOWN_CELL ? 'muted' : (column.tone?.(row) ?? null);
  return tone === null ? text : paint(style, COLORS[tone], text);
}

export function headLine<Row>(layout: Layout<Row>, style: TextStyle): string {
  const cells = layout.columns.map((column, index) => {
    const color = layout.options.sorted?.name === column.name ? 'bold' : 'dim';
    return paint(style, color, pad(plain(headOf(column, layout), style), column, layout.widths[index] ?? 0));
  });
  return cells.join(' '.repeat(GAP)).trimEnd();
}

export function rowLine<Row>(layout: Layout<Row>, row: Row, style: TextStyle): string {
  const { columns, widths } = layout;
  const cells = columns.map((column, index) => {
    const text = textOf(column, row, layout, style);
    const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - text.length));
    const shown = painted(column, row, text, style);
    if (RIGHT.has(column.form)) return padding + shown;
    return index === columns.length - 1 ? shown : shown + padding;
  });
  return cells.join(' '.repeat(GAP)).trimEnd();
}

function pad<Row>(text: string, column: ListColumn<Row>, width: number): string {
  return RIGHT.has(column.form) ? text.padStart(width) : text.padEnd(width);
}

/** Below this, each row takes two lines. */
const NARROW = 60;

/** Narrow terminals: the two ends in a line, the facts below. */
export function narrowLines<Row>(layout: Layout<Row>, row: Row, style: TextStyle): string[] {
  const isEnd = ({ form }: ListColumn<Row>): boolean => form === 'index' || form === 'endpoint';
  const cell = (column: ListColumn<Row>): string =>
    painted(column, row, textOf(column, row, layout, style), style);
  const facts = layout.columns.filter((column) => !isEnd(column) && column.value(row) !== null);
  const [index, ...ends] = layout.columns.filter(isEnd).map(cell);
  if (index === undefined || ends.length === 0 || facts.length === 0) return [rowLine(layout, row, style)];
  const described = facts.map((column) =>
    RIGHT.has(column.form) ? `${plain(column.head(), style)} ${cell(column)}` : cell(column),
  );
  return [`${index}  ${ends.join(plain(' → ', style))}`, `    ${described.join(', ')}`];
}

export function isNarrow({ width }: TableOptions): boolean {
  return width < NARROW;
}

export function renderConnectionTable(
  rows: readonly ConnectionReport[],
  style: TextStyle,
  options = usual(style),
): string {
  return draw(CONNECTION_LIST, rows, style, options);
}

export function renderUdpTable(
  rows: readonly UdpFlowReport[],
  style: TextStyle,
  options = usual(style),
): string {
  return draw(UDP_LIST, rows, style, options);
}

function usual({ width }: TextStyle): TableOptions {
  return { width, time: { how: 'utc', from: null, detail: 'milliseconds' } };
}

function draw<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  style: TextStyle,
  options: TableOptions,
): string {
  const layout = layOut(columns, rows, options, style);
  if (isNarrow(options)) return rows.flatMap((row) => narrowLines(layout, row, style)).join('\n');
  const table = new Table({
    head: layout.columns.map((column) => paint(style, 'dim', plain(headOf(column, layout), style))),
    colAligns: layout.columns.map(({ form }) => (RIGHT.has(form) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    chars: NO_LINES,
  });
  for (const row of rows)
    table.push(
      layout.columns.map((column) => painted(column, row, textOf(column, row, layout, style), style)),
    );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
} as const;
