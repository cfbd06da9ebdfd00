/**
 * What a field of a connection, finding, segment or flow is: CSV, Parquet, docs/columns.md and `--where` are made from it.
 */

import type { TableName } from './table-names.js';

export type FieldType = 'text' | 'integer' | 'double' | 'boolean' | 'timestamp';

/** What a number counts. Durations are in seconds. */
export type Unit = 'seconds' | 'bytes';

/** Seconds since 1970 and nanoseconds: a double is not exact enough for both. */
export interface Time {
  seconds: number;
  nanoseconds: number;
}

/** Null: not known, or not there. */
export type Cell = string | number | boolean | Time | null;

/** What a writer of tables needs of a field. */
export interface ColumnShape {
  /** As a column of a table. */
  readonly name: string;
  readonly type: FieldType;
}

/** The words in fields, in a language. */
export interface Phrases<Row> {
  /** The sentence of a finding, or why a segment was ignored. */
  sentence(row: Row): string | null;
}

/** For fields whose words are not wanted, or are in the row already. */
export const NO_PHRASES: Phrases<never> = { sentence: () => null };

export interface Field<Row> extends ColumnShape {
  /** Where the JSON has it. */
  readonly path: string;
  readonly unit: Unit | null;
  /** Its possible words, where they are few. */
  readonly words: readonly string[] | null;
  readonly meaning: string;
  value(row: Row, phrases: Phrases<Row>): Cell;
}

export interface Table<Row> {
  readonly name: TableName;
  readonly description: string;
  readonly columns: readonly Field<Row>[];
}

type Maker<Row, Value extends Cell> = (
  path: string,
  name: string,
  meaning: string,
  value: (row: Row, phrases: Phrases<Row>) => Value | null | undefined,
) => Field<Row>;

/** Makers of fields of each type over rows of one kind; `seconds` and `bytes` are a double and an integer with a unit. */
export interface Makers<Row> {
  text: Maker<Row, string>;
  /** One of a few words, which its meaning lists. */
  word(
    path: string,
    name: string,
    words: readonly string[],
    value: (row: Row) => string | null | undefined,
    meaning?: string,
  ): Field<Row>;
  integer: Maker<Row, number>;
  double: Maker<Row, number>;
  seconds: Maker<Row, number>;
  bytes: Maker<Row, number>;
  boolean: Maker<Row, boolean>;
  timestamp: Maker<Row, Time>;
}

export function fieldsOf<Row>(): Makers<Row> {
  const maker =
    <Value extends Cell>(type: FieldType, unit: Unit | null = null): Maker<Row, Value> =>
    (path, name, meaning, value) => ({
      path,
      name,
      type,
      unit,
      words: null,
      meaning,
      value: (row, phrases) => value(row, phrases) ?? null,
    });
  const number = (type: FieldType, unit: Unit | null = null): Maker<Row, number> => {
    const make = maker<number>(type, unit);
    // NaN and infinity mean "not known", as in JSON
    return (path, name, meaning, value) =>
      make(path, name, meaning, (row, phrases) => {
        const found = value(row, phrases) ?? null;
        return found !== null && Number.isFinite(found) ? found : null;
      });
  };
  return {
    // CSV cannot distinguish an empty text from a missing one, so there is no empty text
    text: (path, name, meaning, value) =>
      maker<string>('text')(path, name, meaning, (row, phrases) => value(row, phrases) || null),
    word: (path, name, words, value, meaning) => ({
      path,
      name,
      type: 'text',
      unit: null,
      words,
      meaning: meaning === undefined ? words.join(', ') : `${meaning}: ${words.join(', ')}`,
      value: (row) => value(row) ?? null,
    }),
    integer: number('integer'),
    double: number('double'),
    seconds: number('double', 'seconds'),
    bytes: number('integer', 'bytes'),
    boolean: maker('boolean'),
    timestamp: maker('timestamp'),
  };
}

export function cellsOf<Row>(table: Table<Row>, row: Row, phrases: Phrases<Row>): Cell[] {
  return table.columns.map((column) => column.value(row, phrases));
}

/** `duplicate_acks` of a column as JSON has it: `duplicateAcks`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
