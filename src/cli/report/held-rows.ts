/** Rows of a list held as values until they are written. */
import type { ListColumn, ListValue, Tone } from '../../render/list-columns.js';
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

/** A row as values, so that what it was made from need not be held. */
export interface HeldRow {
  values: readonly ListValue[];
  tones: readonly (Tone | null)[];
}

/** Turns rows into their values, and back into columns over these. */
export class Holder<Row> {
  readonly columns: readonly ListColumn<HeldRow>[];

  constructor(private readonly of: readonly ListColumn<Row>[]) {
    this.columns = of.map(({ name, head, form, rank, optional }, index) => ({
      name,
      head,
      form,
      rank,
      optional: optional === true,
      value: ({ values }) => values[index] ?? null,
      tone: ({ tones }) => tones[index] ?? null,
    }));
  }

  hold(row: Row): HeldRow {
    return {
      values: this.of.map((column) => column.value(row)),
      tones: this.of.map((column) => column.tone?.(row) ?? null),
    };
  }
}

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
