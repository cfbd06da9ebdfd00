/** One table on its way to a file or standard output: rows in, bytes out as they fill. */

import { CONNECTIONS, FINDINGS, GROUPS, SEGMENTS, UDP_FLOWS } from '../../fields/columns.js';
import type { Cell, ColumnShape } from '../../fields/field.js';
import type { TableName } from '../../fields/table-names.js';
import { csvHeader, csvLine } from '../../render/data/csv.js';
import { SCHEMA } from '../../render/data/json.js';
import type { Format } from '../options/options.js';
import type { TableFile } from '../options/table-files.js';
import type { CliIo } from '../terminal/io.js';
import { type Output, openOutput } from '../terminal/output.js';

export interface TableWriter {
  add(cells: readonly Cell[]): void;
  /** Writes what is ready; waits while the reader of the output is slower. */
  flush(): Promise<void>;
  end(): Promise<void>;
  /** Gives up what was written. */
  drop(): void;
}

const COLUMNS: Readonly<Record<TableName, readonly ColumnShape[]>> = {
  connections: CONNECTIONS.columns,
  findings: FINDINGS.columns,
  segments: SEGMENTS.columns,
  udp_flows: UDP_FLOWS.columns,
  groups: GROUPS.columns,
};

export async function openTable(
  { table, path }: TableFile,
  format: Format,
  io: CliIo,
  groupRows?: number,
  growing = false,
): Promise<TableWriter> {
  const columns = COLUMNS[table];
  if (format === 'csv') return new CsvWriter(columns, await openOutput(path, io, growing));
  const { parquetTable } = await import('../../render/data/parquet.js');
  const parquet = await parquetTable(columns, { schema: SCHEMA, table }, groupRows);
  const output = await openOutput(path, io, growing);
  const flush = async (): Promise<void> => {
    for (const part of parquet.take()) await output.write(part);
  };
  return {
    add: (cells) => parquet.add(cells),
    flush,
    async end() {
      parquet.finish();
      await flush();
      await output.end();
    },
    drop: () => output.drop(),
  };
}

/** Lines joined at a time: many small strings cost more than one buffer. */
const BATCH = 1000;

class CsvWriter implements TableWriter {
  #lines: string[];
  #parts: Uint8Array[] = [];

  constructor(
    columns: readonly ColumnShape[],
    private readonly output: Output,
  ) {
    this.#lines = [csvHeader(columns)];
  }

  add(cells: readonly Cell[]): void {
    this.#lines.push(csvLine(cells));
    if (this.#lines.length >= BATCH) this.#join();
  }

  async flush(): Promise<void> {
    this.#join();
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) await this.output.write(part);
  }

  async end(): Promise<void> {
    await this.flush();
    await this.output.end();
  }

  drop(): void {
    this.output.drop();
  }

  #join(): void {
    if (this.#lines.length === 0) return;
    this.#parts.push(Buffer.from(this.#lines.join('')));
    this.#lines = [];
  }
}
