/** Rows of a list kept as values, so that their reports need not stay in memory. */
import type { ListColumn, ListValue, Tone } from './list-columns.js';

/** A row as values, without its report. */
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
