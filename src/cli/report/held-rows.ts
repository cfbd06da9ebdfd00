/** Writes rows of a list that were kept as values. */
import type { HeldRow } from '../../render/held-row.js';
import type { ListColumn } from '../../render/list-columns.js';
import { type Layout, layOut, type TableOptions } from '../../render/text/layout.js';
import { narrowLines } from '../../render/text/narrow-rows.js';
import type { TextStyle } from '../../render/text/style.js';
import { headLine, rowLine } from '../../render/text/table.js';
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
  if (!layout.narrow) await output.write(`${headLine(layout, style)}\n`);
  for (let at = 0; at < rows.length; at += BATCH)
    await output.write(linesOf(layout, rows.slice(at, at + BATCH), style, rows[at - 1]));
  return layout.dropped;
}

/** `before`: the row above the first. */
export function linesOf(
  layout: Layout<HeldRow>,
  rows: readonly HeldRow[],
  style: TextStyle,
  before?: HeldRow,
): string {
  if (rows.length === 0) return '';
  const above = (at: number): HeldRow | undefined => (at === 0 ? before : rows[at - 1]);
  const lines = layout.narrow
    ? rows.flatMap((row, at) => narrowLines(layout, row, style, above(at)))
    : rows.map((row, at) => rowLine(layout, row, style, above(at)));
  return `${lines.join('\n')}\n`;
}
