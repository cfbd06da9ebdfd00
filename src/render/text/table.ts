/** Lists of connections and flows as tables: by cli-table3 where they are short, row by row behind the same look where long. */
import Table from 'cli-table3';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { CONNECTION_LIST, type ListColumn, UDP_LIST } from '../list-columns.js';
import { GAP, headOf, type Layout, layOut, painted, RIGHT, type TableOptions, textOf } from './layout.js';
import { narrowLines } from './narrow-rows.js';
import { paint, plain, type TextStyle } from './style.js';

export function headLine<Row>(layout: Layout<Row>, style: TextStyle): string {
  const cells = layout.columns.map((column, index) => {
    const color = layout.options.sorted?.name === column.name ? 'bold' : 'dim';
    return paint(style, color, pad(plain(headOf(column, layout), style), column, layout.widths[index] ?? 0));
  });
  return cells.join(' '.repeat(GAP)).trimEnd();
}

/** `before`: the row above, for times that count from it. */
export function rowLine<Row>(layout: Layout<Row>, row: Row, style: TextStyle, before?: Row): string {
  const { columns, widths } = layout;
  const cells = columns.map((column, index) => {
    const text = textOf(column, row, layout, style, before);
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

export function renderConnectionTable(
  rows: readonly ConnectionReport[],
  style: TextStyle,
  options = usual(style),
): string {
  return drawTable(connectionLayout(rows, style, options), rows, style);
}

export function connectionLayout(
  rows: readonly ConnectionReport[],
  style: TextStyle,
  options: TableOptions,
): Layout<ConnectionReport> {
  return layOut(CONNECTION_LIST, rows, options, style);
}

export function renderUdpTable(
  rows: readonly UdpFlowReport[],
  style: TextStyle,
  options = usual(style),
): string {
  return drawTable(udpLayout(rows, style, options), rows, style);
}

export function udpLayout(
  rows: readonly UdpFlowReport[],
  style: TextStyle,
  options: TableOptions,
): Layout<UdpFlowReport> {
  return layOut(UDP_LIST, rows, options, style);
}

function usual({ width }: TextStyle): TableOptions {
  return { width, time: { how: 'utc', from: null, detail: 'milliseconds' } };
}

export function drawTable<Row>(layout: Layout<Row>, rows: readonly Row[], style: TextStyle): string {
  if (layout.narrow)
    return rows.flatMap((row, at) => narrowLines(layout, row, style, rows[at - 1])).join('\n');
  const table = new Table({
    head: layout.columns.map((column) => paint(style, 'dim', plain(headOf(column, layout), style))),
    colAligns: layout.columns.map(({ form }) => (RIGHT.has(form) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    chars: NO_LINES,
  });
  rows.forEach((row, at) => {
    const cells = layout.columns.map((column) =>
      painted(column, row, textOf(column, row, layout, style, rows[at - 1]), style),
    );
    table.push(cells);
  });
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
