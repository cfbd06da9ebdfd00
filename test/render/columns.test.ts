/** The columns of tables, compared with docs/columns.md, and how their cells are written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONNECTIONS, FINDINGS, GROUPS, SEGMENTS, UDP_FLOWS } from '../../src/fields/columns.js';
import type { Cell, ColumnShape, Table } from '../../src/fields/field.js';
import { TABLE_NAMES } from '../../src/fields/table-names.js';
import { csvHeader, csvLine } from '../../src/render/data/csv.js';
import { parquetTable } from '../../src/render/data/parquet.js';
import { query } from '../duckdb.js';

const DOCUMENT = resolve(import.meta.dirname, '../../docs/columns.md');
const TABLES: Pick<Table<never>, 'name' | 'description' | 'columns'>[] = [
  CONNECTIONS,
  FINDINGS,
  SEGMENTS,
  UDP_FLOWS,
  GROUPS,
];

function described({ name, description, columns }: (typeof TABLES)[number]): string {
  const rows = columns.map(
    ({ name, path, type, unit, meaning }) =>
      `| \`${name}\` | \`${path}\` | ${type}${unit === null ? '' : `, ${unit}`} | ${meaning} |\n`,
  );
  const head = '| column | in JSON | type | meaning |\n| --- | --- | --- | --- |\n';
  return `## ${name}\n\n${description[0]?.toUpperCase()}${description.slice(1)}.\n\n${head}${rows.join('')}`;
}

describe('the tables', () => {
  it('are those that the command line offers', () => {
    expect(TABLES.map(({ name }) => name)).toEqual([...TABLE_NAMES, 'groups']);
  });

  it.each(TABLES)('$name: names in snake_case, each once, each with a meaning', ({ columns }) => {
    const names = columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, meaning } of columns) {
      expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      expect(meaning, name).toMatch(/^[^\n|]{3,}[^.]$/);
    }
  });

  it('docs/columns.md describes them (UPDATE_GOLDENS=1 renews it)', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const start = text.indexOf('\n## connections\n');
    const introduction = start < 0 ? `${text}\n` : text.slice(0, start + 1);
    const written = introduction + TABLES.map(described).join('\n');
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(DOCUMENT, written);
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(written);
  });
});

describe('CSV', () => {
  it.each<[Cell, string]>([
    [null, ''],
    [0, '0'],
    [-1, '-1'],
    [0.000026304, '0.000026304'],
    [1e-9, '1e-9'],
    [4294967295, '4294967295'],
    [true, 'true'],
    [false, 'false'],
    [{ seconds: 1_700_000_000, nanoseconds: 7 }, '2023-11-14T22:13:20.000000007Z'],
    [{ seconds: 1e12, nanoseconds: 0 }, ''],
    ['SYN ACK', 'SYN ACK'],
    ['VXLAN 99, VLAN 7', '"VXLAN 99, VLAN 7"'],
    ['it says "yes"', '"it says ""yes"""'],
    ['two\nlines\r\u001b[31m\u202e', 'two\\nlines\\r\\x1b[31m\\u202e'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\t=1"],
    ['=A1,"x"', '"\'=A1,""x"""'],
  ])('%j is written as %s', (cell, text) => {
    expect(csvLine([cell])).toBe(`${text}\n`);
    expect(csvLine([cell, null, cell])).toBe(`${text},,${text}\n`);
  });

  it('begins with the names', () => {
    expect(csvHeader(FINDINGS.columns)).toBe('connection,udp_flow,packet,code,severity,text\n');
  });
});

describe('Parquet', () => {
  const COLUMNS: ColumnShape[] = [
    { name: 'number', type: 'integer' },
    { name: 'time', type: 'timestamp' },
  ];
  const size = (parts: Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

  it('passes its bytes on group by group, and keeps none of them', async () => {
    const table = await parquetTable(COLUMNS, {}, 1000);
    table.take();
    for (let row = 0; row < 10_000; row++) {
      table.add([row, { seconds: row, nanoseconds: row }]);
      const given = size(table.take());
      expect(given > 0, `row ${row}`).toBe((row + 1) % 1000 === 0);
    }
    table.finish();
    const last = Buffer.concat(table.take());
    expect(last.subarray(-4).toString()).toBe('PAR1');
    expect(last.length).toBeLessThan(5000);
    expect(table.take()).toEqual([]);
  });

  it('without a row is a table all the same', async () => {
    const table = await parquetTable(COLUMNS, {});
    table.finish();
    expect(Buffer.concat(table.take()).toString('latin1')).toMatch(/^PAR1[\s\S]*PAR1$/);
  });

  it('a time beyond 64 bits of nanoseconds is null', async () => {
    const table = await parquetTable(COLUMNS, {});
    for (const seconds of [1, 9_223_372_036, 9_223_372_037, -9_223_372_038]) {
      table.add([null, { seconds, nanoseconds: 123_456_789 }]);
    }
    table.finish();
    const folder = mkdtempSync(join(tmpdir(), 'synfin-parquet-'));
    try {
      writeFileSync(join(folder, 'x'), Buffer.concat(table.take()));
      const rows = await query(`SELECT epoch_ns(time) AS time FROM read_parquet('${join(folder, 'x')}')`);
      expect(rows.map(({ time }) => time)).toEqual([1_123_456_789n, 9_223_372_036_123_456_789n, null, null]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
