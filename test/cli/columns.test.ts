/** CSV and Parquet, read back by DuckDB and compared value by value with `--format ndjson` of the same captures. */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { planOutput } from '../../src/cli/options/plan.js';
import { columnsReporter } from '../../src/cli/report/columns.js';
import { CONNECTIONS, FINDINGS, SEGMENTS, UDP_FLOWS } from '../../src/fields/columns.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { query, type Row } from '../duckdb.js';
import { ioInto, runCli } from '../run-cli.js';
import {
  CONNECTION_FACTS,
  type Fact,
  FINDING_FACTS,
  factOf,
  SEGMENT_FACTS,
  UDP_FLOW_FACTS,
} from './column-facts.js';
import { ROOT, readableCaptures } from './fixtures.js';

const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');
const DEMO = resolve(ROOT, 'captures/demo-tcp.pcap');
const TABLES = { connections: CONNECTIONS, findings: FINDINGS, segments: SEGMENTS, udp_flows: UDP_FLOWS };
const FACTS: Record<keyof typeof TABLES, Readonly<Record<string, Fact>>> = {
  connections: CONNECTION_FACTS,
  findings: FINDING_FACTS,
  segments: SEGMENT_FACTS,
  udp_flows: UDP_FLOW_FACTS,
};
const NAMES = Object.keys(TABLES) as (keyof typeof TABLES)[];

let folder: string;
let number = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-columns-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fresh = (): string => {
  const path = join(folder, String(number++));
  mkdirSync(path);
  return path;
};
const fileOf = (base: string, table: string, format: string): string =>
  table === 'connections' ? `${base}.${format}` : `${base}.${table}.${format}`;

type Objects = Record<keyof typeof TABLES, Record<string, unknown>[]>;

/** The objects of ndjson, table by table, in its order. */
async function fromJson(captures: readonly string[]): Promise<Objects> {
  const { stdout } = await runCli(['analyze', ...captures, '--format', 'ndjson', '--packets']);
  const objects: Objects = { connections: [], findings: [], segments: [], udp_flows: [] };
  for (const line of stdout.trimEnd().split('\n')) {
    const object: Record<string, unknown> = JSON.parse(line);
    const { type, index, findings = [] } = object;
    if (type === 'packet') objects.segments.push(object);
    if (type === 'connection') objects.connections.push(object);
    if (type === 'udpFlow') objects.udp_flows.push(object);
    const of =
      type === 'connection' ? { connection: index, udpFlow: null } : { connection: null, udpFlow: index };
    for (const finding of findings as object[]) objects.findings.push({ ...of, ...finding });
  }
  return objects;
}

/** As in Parquet: whole numbers and times (nanoseconds) as 64 bits. */
function asParquet(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (type === 'integer') return BigInt(value as number);
  if (type !== 'timestamp') return value;
  const [seconds = '', fraction = ''] = String(value).slice(0, -1).split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction);
}

function expected(
  name: keyof typeof TABLES,
  objects: Objects,
  as: (value: unknown, type: string) => unknown,
): object[] {
  return objects[name].map((object) =>
    Object.fromEntries(
      TABLES[name].columns.map((column) => [
        column.name,
        as(factOf(object, FACTS[name][column.name] ?? `no fact for ${column.name}`), column.type),
      ]),
    ),
  );
}

function readParquet(name: keyof typeof TABLES, path: string): Promise<Row[]> {
  const times = TABLES[name].columns.filter(({ type }) => type === 'timestamp');
  const replaced = times.map((column) => `epoch_ns("${column.name}") AS "${column.name}"`);
  const columns = replaced.length === 0 ? '*' : `* REPLACE (${replaced.join(', ')})`;
  return query(`SELECT ${columns} FROM '${path}'`);
}

describe.each(NAMES)('%s', (name) => {
  it('names the place in the JSON of each field', () => {
    const paths = TABLES[name].columns.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const column of TABLES[name].columns) {
      const fact = FACTS[name][column.name];
      if (typeof fact === 'string') expect(column.path, column.name).toBe(fact);
    }
  });
});

describe.each([
  ['the captures of a real kernel', readableCaptures().filter((path) => path.startsWith('fixtures/kernel'))],
  ['all others', readableCaptures().filter((path) => !path.startsWith('fixtures/kernel'))],
])('%s', (_name, paths) => {
  const captures = paths.map((path) => resolve(ROOT, path));
  let objects: Objects;
  let base: string;
  beforeAll(async () => {
    objects = await fromJson(captures);
    base = join(fresh(), 'all');
    for (const format of ['csv', 'parquet']) {
      const output = ['--packets', '-o', `${base}.${format}`];
      const run = await runCli(['analyze', ...captures, '--format', format, ...output]);
      expect(run.stdout).toBe('');
    }
  }, 60_000);

  it('has values of every kind', () => {
    for (const name of NAMES) expect(objects[name].length, name).toBeGreaterThan(4);
  });

  it.each(NAMES)('%s: Parquet', async (name) => {
    const rows = await readParquet(name, fileOf(base, name, 'parquet'));
    expect(rows).toEqual(expected(name, objects, asParquet));
  });

  it.each(NAMES)('%s: CSV, cell by cell', async (name) => {
    const path = fileOf(base, name, 'csv');
    const rows = await query(`FROM read_csv('${path}', all_varchar = true, header = true, delim = ',')`);
    expect(rows).toEqual(expected(name, objects, (value) => (value === null ? null : String(value))));
  });

  it('CSV with types detected by DuckDB', async () => {
    const sum = 'SELECT count(*) AS n, sum(connect_time) AS time, count(connect_time) AS known FROM';
    const [csv] = await query(`${sum} '${base}.csv'`);
    const [parquet] = await query(`${sum} '${base}.parquet'`);
    expect(csv?.time).toBeCloseTo(Number(parquet?.time), 9);
    expect([csv?.n, csv?.known]).toEqual([parquet?.n, parquet?.known]);
  });
});

describe('which tables go where', () => {
  it('standard output: connections, or the table given by --table', async () => {
    const base = join(fresh(), 'x');
    await runCli([MANY, '--format', 'csv', '--packets', '-o', `${base}.csv`]);
    for (const name of NAMES) {
      const { stdout } = await runCli([MANY, '--format', 'csv', '--table', name]);
      expect(stdout, name).toBe(readFileSync(fileOf(base, name, 'csv'), 'utf8'));
    }
    const { stdout } = await runCli([MANY, '--format', 'csv']);
    expect(stdout).toBe(readFileSync(`${base}.csv`, 'utf8'));
  });

  it.each(['csv', 'parquet'])('evicted connections are reported next to %s', async (format) => {
    const few = ['--format', format, '--max-connections', '2', '-o', join(folder, `few.${format}`)];
    const { code, stderr } = await runCli([MANY, ...few]);
    expect(stderr).toMatch(
      /^synfin: \d+ connections \(\d+ never opened\) reported before their end for lack of room\n$/,
    );
    expect(code).toBe(0);
    const { stdout } = await runCli(['fixtures/kernel/udp-one-to-many.pcap', '--max-connections', '1']);
    expect(stdout).toMatch(/\d+ UDP flows? reported before their end for\s+lack of room/);
  });

  it.each(['csv', 'parquet'])(
    '-o with %s: the others next to it, segments with --packets',
    async (format) => {
      const inside = fresh();
      await runCli([MANY, '--format', format, '-o', join(inside, 'x.y.out')]);
      expect(readdirSync(inside).sort()).toEqual(
        ['x.y.findings', 'x.y.out', 'x.y.udp_flows'].map((name) =>
          name === 'x.y.out' ? name : `${name}.${format}`,
        ),
      );
      const single = fresh();
      await runCli([MANY, '--format', format, '--table', 'segments', '-o', join(single, 'x')]);
      expect(readdirSync(single)).toEqual(['x']);
    },
  );

  it('--connection: only its rows', async () => {
    const base = join(fresh(), 'x');
    await runCli([MANY, '--format', 'parquet', '--packets', '--connection', '3', '-o', `${base}.parquet`]);
    expect(await query(`SELECT "index", reset_by, reset_cause FROM '${base}.parquet'`)).toEqual([
      { index: 3n, reset_by: 'client', reset_cause: 'aborted' },
    ]);
    expect(await query(`SELECT DISTINCT connection FROM '${base}.segments.parquet'`)).toEqual([
      { connection: 3n },
    ]);
  });

  it('row groups of a size, with the rest in the last', async () => {
    const path = join(fresh(), 'x.parquet');
    const stdout = new PassThrough();
    const io = ioInto(stdout);
    const flags = { format: 'parquet', output: path, color: 'never' } as const;
    const plan = planOutput(flags, io);
    if (plan.form !== 'tables') throw new Error('a plan of tables was expected');
    const reporter = await columnsReporter(plan, io, [MANY], 4);
    const analysis = new Analysis(reporter.sink, reporter.wants);
    reporter.attach?.(analysis);
    const capture = await openCaptures([MANY]);
    await analysis.read(capture);
    await reporter.finish(analysis.finish(capture));
    await capture.close();
    const groups = await query(
      `SELECT DISTINCT row_group_id AS id, row_group_num_rows AS n FROM parquet_metadata('${path}') ORDER BY id`,
    );
    expect(groups.map(({ n }) => n)).toEqual([4n, 2n]);
    expect(await readParquet('connections', path)).toEqual(
      expected('connections', await fromJson([MANY]), asParquet),
    );
  });
});

describe('refused', () => {
  it.each([
    [
      'parquet to standard output',
      ['--format', 'parquet'],
      /^synfin: --format parquet writes a file.*-o FILE/,
    ],
    ['--table with another format', ['--table', 'findings'], /--table goes with --format csv or parquet/],
    ['an unknown table', ['--format', 'csv', '--table', 'no'], /Allowed choices are connections/],
    ['two tables to standard output', ['--format', 'csv', '--packets'], /standard output takes one table/],
    [
      '--packets with another table',
      ['--format', 'csv', '--packets', '--table', 'findings'],
      /--table segments/,
    ],
    [
      'a folder that is not there',
      ['--format', 'parquet', '-o', '/no/x.parquet'],
      /x\.parquet: cannot be written: its folder \/no does not exist/,
    ],
    ['a device for several', ['--format', 'csv', '-o', '/dev/null'], /choose it with --table/],
    ['a full disk', ['--format', 'csv', '--table', 'connections', '-o', '/dev/full'], /no space left/],
    ['a full disk', ['--format', 'parquet', '--table', 'connections', '-o', '/dev/full'], /no space left/],
  ])('%s', async (_what, argv, message) => {
    const run = await runCli([DEMO, ...argv]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each(['csv', 'parquet'])(
    '%s over the capture that is being read, under any of its names',
    async (format) => {
      const inside = fresh();
      for (const table of ['findings', 'udp_flows', 'segments']) {
        const capture = join(inside, `x.${table}.${format}`);
        copyFileSync(DEMO, capture);
        const run = await runCli([
          capture,
          '--format',
          format,
          '--packets',
          '-o',
          join(inside, `x.${format}`),
        ]);
        expect(run.stderr).toBe(
          `synfin: ${capture}: is being read, so that it cannot be written at the same time\n`,
        );
        expect(readFileSync(capture)).toEqual(readFileSync(DEMO));
        expect(existsSync(join(inside, `x.${format}`))).toBe(false);
        rmSync(capture);
      }
      const taken = join(inside, `x.findings.${format}`);
      const run = await runCli([
        DEMO,
        '--format',
        format,
        '-o',
        join(inside, `x.${format}`),
        '--write',
        taken,
      ]);
      expect(run).toMatchObject({
        code: 2,
        stderr: `synfin: ${taken}: --write and --output are the same file\n`,
      });
    },
  );

  it.each(['csv', 'parquet'])('%s: a disk that fills under a further table', async (format) => {
    const inside = fresh();
    symlinkSync('/dev/full', join(inside, `x.findings.${format}`));
    const run = await runCli([DEMO, '--format', format, '-o', join(inside, `x.${format}`)]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/x\.findings\.\w+: cannot be written: no space left on the device\n$/);
  });
});
