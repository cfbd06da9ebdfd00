/** Writes rows of a list that were held as values. */
import type { HeldRow } from '../../render/held-row.js';
import type { ListColumn } from '../../render/list-columns.js';
import type { TextStyle } from '../../render/text/style.js';
import {
  headLine,
  isNarrow,
  type Layout,
  layOut,
  narrowLines,
  rowLine,
  type TableOptions,
} from '../../render/text/table.js';
import type { Output } from '../terminal/output.js';

/** Rows to write at a time. */
const BATCH = 1000;

export async function writeRows(
  columns: readonly ListColumn<HeldRow>[],
  rows: readonly HeldRow[],
  options: TableOptions,
  style: TextStyle,
  output: Output,
): Promise<readonly string[]> {
  const layout = layOut(columns, rows, options, style);
  if (!isNarrow(options)) await output.write(`${headLine(layout, style)}\n`);
  for (let at = 0; at < rows.length; at += BATCH)
    await output.write(linesOf(layout, rows.slice(at, at + BATCH), style));
  return layout.dropped;
}

export function linesOf(layout: Layout<HeldRow>, rows: readonly HeldRow[], style: TextStyle): string {
  if (rows.length === 0) return '';
  const lines = isNarrow(layout.options)
    ? rows.flatMap((row) => narrowLines(layout, row, style))
    : rows.map((row) => rowLine(layout, row, style));
  return `${lines.join('\n')}\n`;
}
