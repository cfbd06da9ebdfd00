// Prints what DuckDB answers to a query, in columns: node scripts/query.mjs "SELECT …"; files are those of this folder.
import { DuckDBInstance } from '@duckdb/node-api';

const [sql] = process.argv.slice(2);
if (sql === undefined) throw new Error('a query is expected');

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const result = await connection.runAndReadAll(sql);
const rows = [result.columnNames(), ...result.getRowsJson().map((row) => row.map((cell) => cell ?? '-'))];
const numbers = result.columnTypes().map((type) => !/^(VARCHAR|BOOLEAN|TIMESTAMP)/.test(String(type)));
connection.closeSync();
instance.closeSync();

const widths = numbers.map((_, index) => Math.max(...rows.map((row) => String(row[index]).length)));
for (const row of rows) {
  const cells = row.map((cell, index) =>
    numbers[index] ? String(cell).padStart(widths[index]) : String(cell).padEnd(widths[index]),
  );
  console.log(cells.join('  ').trimEnd());
}
