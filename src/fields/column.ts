/** What a column of a table is, for CSV and Parquet alike. */

import type { TableName } from './table-names.js';

export type ColumnType = 'text' | 'integer' | 'double' | 'boolean' | 'timestamp';

/** Seconds since 1970 and nanoseconds: a double cannot hold both. */
export interface Time {
  seconds: number;
  nanoseconds: number;
}

/** Null is what is not known, or what there is not. */
export type Cell = string | number | boolean | Time | null;

/** What a writer needs to know of a column. */
export interface ColumnShape {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Column<Row> extends ColumnShape {
  readonly description: string;
  value(row: Row): Cell;
}

export interface Table<Row> {
  readonly name: TableName;
  readonly description: string;
  readonly columns: readonly Column<Row>[];
}

type Maker<Row, Value extends Cell> = (
  name: string,
  description: string,
  value: (row: Row) => Value | null | undefined,
) => Column<Row>;

/** Makers of columns of each type over rows of one kind. */
export interface Makers<Row> {
  text: Maker<Row, string>;
  integer: Maker<Row, number>;
  double: Maker<Row, number>;
  boolean: Maker<Row, boolean>;
  timestamp: Maker<Row, Time>;
}

export function columnsOf<Row>(): Makers<Row> {
  const maker =
    <Value extends Cell>(type: ColumnType): Maker<Row, Value> =>
    (name, description, value) => ({ name, type, description, value: (row) => value(row) ?? null });
  const number = (type: ColumnType): Maker<Row, number> => {
    const make = maker<number>(type);
    // what is no number is not known, as in JSON
    return (name, description, value) =>
      make(name, description, (row) => {
        const found = value(row) ?? null;
        return found !== null && Number.isFinite(found) ? found : null;
      });
  };
  return {
    // CSV cannot tell an empty text from none, so there is none
    text: (name, description, value) => maker<string>('text')(name, description, (row) => value(row) || null),
    integer: number('integer'),
    double: number('double'),
    boolean: maker('boolean'),
    timestamp: maker('timestamp'),
  };
}

export function cellsOf<Row>(table: Table<Row>, row: Row): Cell[] {
  return table.columns.map((column) => column.value(row));
}
