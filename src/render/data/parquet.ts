/** A table as Parquet, a row group at a time: only one group is in memory, with the index of those before it. */
import type { ByteWriter, ColumnSource, ParquetWriter, SchemaElement } from 'hyparquet-writer';
import type { Cell, ColumnShape, FieldType } from '../../fields/field.js';

/** Cells in a row group: few enough for memory, enough for columns to compress well. */
const GROUP_CELLS = 1_000_000;

const SCHEMA_OF: Readonly<Record<FieldType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  // UTC, but not marked as UTC: of a time with a zone, DuckDB drops everything below a microsecond
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
};

type Value = string | number | boolean | bigint | null;

/** Loads the library, which nothing else needs. */
export async function parquetTable(
  columns: readonly ColumnShape[],
  metadata: Readonly<Record<string, string>>,
  groupRows: number = Math.ceil(GROUP_CELLS / columns.length),
): Promise<ParquetTable> {
  const library = await import('hyparquet-writer');
  const bytes = new library.ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, ...SCHEMA_OF[type], repetition_type: 'OPTIONAL' as const })),
  ];
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  const writer = new library.ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: 'synfin' });
  return new ParquetTable(columns, groupRows, bytes, writer);
}

export class ParquetTable {
  #group: Value[][];
  #rows = 0;
  #parts: Uint8Array[] = [];

  constructor(
    private readonly columns: readonly ColumnShape[],
    private readonly groupRows: number,
    private readonly bytes: ByteWriter,
    private readonly writer: ParquetWriter,
  ) {
    this.#group = columns.map(() => []);
  }

  add(cells: readonly Cell[]): void {
    this.#group.forEach((values, index) => {
      values.push(parquetValue(cells[index] ?? null, this.columns[index]?.type));
    });
    this.#rows++;
    if (this.#rows >= this.groupRows) this.#endGroup();
  }

  /** The bytes that are ready to be written. */
  take(): Uint8Array[] {
    this.#collect();
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Ends the table; `take` has its last bytes then. */
  finish(): void {
    if (this.#rows > 0) this.#endGroup();
    // the bytes grow in memory, so that nothing is waited for
    void this.writer.finish();
  }

  #endGroup(): void {
    const columnData: ColumnSource[] = this.columns.map(({ name }, index) => ({
      name,
      data: this.#group[index] ?? [],
      // a group is read as a whole
      offsetIndex: false,
    }));
    void this.writer.write({ columnData, rowGroupSize: this.#rows });
    this.#group = this.columns.map(() => []);
    this.#rows = 0;
    this.#collect();
  }

  /** Moves the encoded bytes out of the library's buffer, which starts empty again. */
  #collect(): void {
    if (this.bytes.index === 0) return;
    this.#parts.push(this.bytes.getBytes().slice());
    this.bytes.index = 0;
  }
}

const NANOSECONDS = 1_000_000_000n;
const MOST = 2n ** 63n - 1n;

function parquetValue(cell: Cell, type: FieldType | undefined): Value {
  if (cell === null) return null;
  if (typeof cell === 'object') {
    const nanoseconds = BigInt(cell.seconds) * NANOSECONDS + BigInt(Math.round(cell.nanoseconds));
    // 64 bits of nanoseconds reach from 1677 to 2262
    return nanoseconds > MOST || nanoseconds < -MOST ? null : nanoseconds;
  }
  return type === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
}
