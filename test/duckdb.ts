/** Reads written tables with another engine: DuckDB, in this process and in memory. */
import { DuckDBInstance } from '@duckdb/node-api';

export type Value = string | number | bigint | boolean | null;
export type Row = Record<string, Value>;

/** Rows of a query; columns may hold nothing but text, numbers and booleans. */
export async function query(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      const result = await connection.runAndReadAll(sql);
      return result
        .getRowObjects()
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(name, value)])),
        );
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

function plain(name: string, value: unknown): Value {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value))
    return value as Value;
  throw new Error(`${name} is of a type that this does not read`);
}
