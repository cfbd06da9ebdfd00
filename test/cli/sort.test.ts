/** `--sort`: the order of streamed output. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../duckdb.js';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';
import { Repeated } from './repeated.js';

const fixture = (name: string): string => resolve(ROOT, name);
const MANY = fixture('fixtures/kernel/many.pcap');
/** TCP and UDP, read as one. */
const MIXED = [MANY, fixture('fixtures/kernel/syn-flood.pcap'), fixture('captures/demo-udp.pcap')];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-sort-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Line {
  type: string;
  firstPacket: number;
  packet: number;
}

async function lines(...argv: string[]): Promise<string[]> {
  const run = await runCli(['analyze', ...argv]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.stdout.trimEnd().split('\n');
}

const parse = (text: readonly string[]): Line[] => text.map((line) => JSON.parse(line));
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const whole = (all: readonly Line[]): Line[] =>
  all.filter(({ type }) => type === 'connection' || type === 'udpFlow');

describe('ndjson', () => {
  it('by start: connections and UDP flows by first packet, the same lines as by end', async () => {
    const start = await lines(...MIXED, '--format', 'ndjson', '--sort', 'start');
    const end = await lines(...MIXED, '--format', 'ndjson', '--sort', 'end');
    const firsts = whole(parse(start)).map(({ firstPacket }) => firstPacket);
    expect(new Set(parse(start).map(({ type }) => type))).toEqual(
      new Set(['connection', 'udpFlow', 'capture']),
    );
    expect(firsts).toEqual(sorted(firsts));
    expect(start).not.toEqual(end);
    expect([...start].sort()).toEqual([...end].sort());
    expect(JSON.parse(start.at(-1) ?? '')).toMatchObject({ type: 'capture' });
    expect(await lines(...MIXED, '--format', 'ndjson')).toEqual(end);
  });

  it('by start, with segments: these first, in capture order', async () => {
    const start = await lines(...MIXED, '--format', 'ndjson', '--packets', '--sort', 'start');
    const all = parse(start);
    const packets = all.filter(({ type }) => type === 'packet').map(({ packet }) => packet);
    expect(packets).toEqual(sorted(packets));
    const kinds = all.map(({ type }) => (type === 'packet' ? 's' : type === 'capture' ? 'e' : 'c')).join('');
    expect(kinds).toMatch(/^s+c+e$/);
    const firsts = whole(all).map(({ firstPacket }) => firstPacket);
    expect(firsts).toEqual(sorted(firsts));
    const end = await lines(...MIXED, '--format', 'ndjson', '--packets');
    expect([...start].sort()).toEqual([...end].sort());
  });

  it('by start, more than are written at a time', async () => {
    const path = join(folder, 'long.pcap');
    writeFileSync(path, new Repeated(MANY).capture(250));
    const start = await lines(path, '--format', 'ndjson', '--sort', 'start');
    const firsts = whole(parse(start)).map(({ firstPacket }) => firstPacket);
    // one of the six is never closed, and goes on
    expect(firsts.length).toBe(5 * 250 + 1);
    expect(firsts).toEqual(sorted(firsts));
    const table = [path, '--format', 'csv', '--sort', 'start'];
    const numbers = (await lines(...table)).slice(1).map((row) => Number(row.split(',')[0]));
    expect(numbers).toEqual(Array.from({ length: firsts.length }, (_, index) => index));
  });
});

describe('tables', () => {
  it.each(['connections', 'findings', 'udp_flows'])('csv, %s: the same rows, by start', async (table) => {
    const argv = [...MIXED, '--format', 'csv', '--table', table];
    const [head, ...start] = await lines(...argv, '--sort', 'start');
    const [sameHead, ...end] = await lines(...argv);
    expect(head).toBe(sameHead);
    expect([...start].sort()).toEqual([...end].sort());
    const column = (head ?? '').split(',').indexOf(table === 'findings' ? 'connection' : 'index');
    const numbers = start
      .map((row) => row.split(',')[column] ?? '')
      .filter((cell) => cell !== '')
      .map(Number);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(sorted(numbers));
  });

  it('csv, segments: in capture order all the same', async () => {
    const argv = [MANY, '--format', 'csv', '--table', 'segments'];
    expect(await lines(...argv, '--sort', 'start')).toEqual(await lines(...argv));
  });

  it('parquet', async () => {
    const path = join(folder, 'x.parquet');
    await runCli([...MIXED, '--format', 'parquet', '-o', path, '--sort', 'start']);
    const firsts = (await query(`SELECT first_packet AS n FROM '${path}'`)).map(({ n }) => Number(n));
    expect(firsts.length).toBeGreaterThan(6);
    expect(firsts).toEqual(sorted(firsts));
  });
});

describe('wrong use', () => {
  it.each([
    ['json', '--sort goes with the other formats: json is always by start'],
    ['ladder', '--sort goes with --format table'],
  ])('with %s', async (format, message) => {
    const run = await runCli([MANY, '--format', format, '--sort', 'start', '-o', join(folder, 'none')]);
    expect(run).toEqual({ code: 2, stdout: '', stderr: `synfin: ${message}\n` });
    expect(() => readFileSync(join(folder, 'none'))).toThrow('ENOENT');
  });

  it('another order', async () => {
    const run = await runCli([MANY, '--format', 'ndjson', '--sort', 'size']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('--sort');
  });

  it('a slip, with what was meant', async () => {
    const { stderr } = await runCli([MANY, '--sort', 'conect']);
    expect(stderr).toMatch(
      /^synfin: option '--sort <key>' argument 'conect' is invalid: one of end, .* is expected\.$/m,
    );
    expect(stderr).toContain('(Did you mean connect?)');
    expect((await runCli([MANY, '--by', 'servr'])).stderr).toContain('(Did you mean server?)');
  });
});
