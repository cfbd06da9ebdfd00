/** `--where` and its shorthands, `--sort`, `--limit`, `--columns` and `--by`: compared with the same computed from the JSON. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../duckdb.js';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const FOLDER = resolve(ROOT, 'fixtures/kernel');
const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');

interface Connection {
  index: number;
  client: { address: string; port: number };
  server: { address: string; port: number };
  start: string;
  duration: number;
  opening: { kind: string; connectTime: number | null; synCount: number };
  closing: { kind: string; reset: { cause: string; by: string; accepted: boolean } | null };
  outcome: { kind: string; by: string | null; failed: boolean };
  response: { median: number; max: number } | null;
  traffic: Record<'client' | 'server', { bytes: number; retransmissions: number; packets: number }>;
}

interface Flow {
  index: number;
  server: { port: number };
  duration: number;
  traffic: Record<'client' | 'server', { bytes: number; packets: number }>;
}

let all: Connection[];
let flows: Flow[];
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-ask-'));
  const { stdout } = await runCli(['analyze', FOLDER, '--format', 'json']);
  ({ connections: all, udpFlows: flows } = JSON.parse(stdout));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Indices of the connections in the first column of a list; UDP flows are a separate list below. */
function listed(stdout: string): number[] {
  if (!/^ *# .* connect /.test(stdout)) return [];
  return (stdout.split('\n\n')[0] ?? '')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(/^ *(\d+) /.exec(line)?.[1]));
}

async function ask(...options: string[]): Promise<number[]> {
  const { code, stdout } = await runCli(['analyze', FOLDER, '--limit', '0', '--sort', 'start', ...options]);
  expect([0, 3]).toContain(code);
  return listed(stdout);
}

const indices = (matches: (connection: Connection) => boolean): number[] =>
  all.filter(matches).map(({ index }) => index);
const isSlow = ({ opening, response }: Connection, least: number): boolean =>
  (opening.connectTime ?? -1) >= least || (response?.max ?? -1) >= least;

describe('which connections', () => {
  it.each<[string[], (connection: Connection) => boolean]>([
    [['--where', 'opening.kind == "refused"'], ({ opening }) => opening.kind === 'refused'],
    [
      ['--where', 'server.port == 7777', '--where', 'outcome.failed'],
      ({ server, outcome }) => server.port === 7777 && outcome.failed,
    ],
    [['--failed'], ({ outcome }) => outcome.failed],
    [['--reset'], ({ outcome }) => outcome.kind === 'reset'],
    [['--slow', '10ms'], (connection) => isSlow(connection, 0.01)],
    [['--slow', '10ms', '--failed'], (connection) => isSlow(connection, 0.01) && connection.outcome.failed],
    [
      ['--host', '10.0.0.2'],
      ({ client, server }) => client.address === '10.0.0.2' || server.address === '10.0.0.2',
    ],
    [['--server', '10.0.0.0/8'], ({ server }) => server.address.startsWith('10.')],
    [['--server', '10.0.0.2:7777'], ({ server }) => server.address === '10.0.0.2' && server.port === 7777],
    [['--server', ':7777'], ({ server }) => server.port === 7777],
    [['--client', '::1'], ({ client }) => client.address === '::1'],
    [['--port', '7777', '--port', '80'], ({ server }) => server.port === 7777 || server.port === 80],
    [
      ['--between', '2026-11-22T16:00:00Z', '2026-11-22T16:22:00Z'],
      ({ start }) => start >= '2026-11-22T16:00:00Z' && start < '2026-11-22T16:22:00Z',
    ],
    [
      ['--between', '16:21:28.5', '16:21:29'],
      ({ start }) => start.slice(11, 23) >= '16:21:28.5' && start.slice(11, 23) < '16:21:29',
    ],
    [
      ['--between', '23:00', '16:21'],
      ({ start }) => start.slice(11, 16) >= '23:00' || start.slice(11, 16) < '16:21',
    ],
    [['--connection', '3,7-9'], ({ index }) => [3, 7, 8, 9].includes(index)],
  ])('%j', async (options, matches) => {
    const expected = indices(matches);
    expect(await ask(...options)).toEqual(expected);
  });

  it.each(['json', 'ndjson', 'csv'])('the same in %s', async (format) => {
    const { stdout } = await runCli(['analyze', FOLDER, '--failed', '--format', format]);
    const expected = indices(({ outcome }) => outcome.failed);
    if (format === 'csv') {
      const rows = stdout.trimEnd().split('\n').slice(1);
      expect(rows.map((row) => Number(row.split(',')[0])).sort((a, b) => a - b)).toEqual(expected);
      return;
    }
    const objects =
      format === 'json'
        ? JSON.parse(stdout).connections
        : stdout
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
            .filter(({ type }) => type === 'connection');
    expect(objects.map(({ index }: Connection) => index).sort((a: number, b: number) => a - b)).toEqual(
      expected,
    );
  });

  it('their packets: ndjson and --write read the file twice', async () => {
    const { stdout } = await runCli(['analyze', MANY, '--reset', '--format', 'ndjson', '--packets']);
    const objects = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const chosen = objects.filter(({ type }) => type === 'connection').map(({ index }) => index);
    expect(chosen).toEqual([3]);
    expect(
      new Set(objects.filter(({ type }) => type === 'packet').map(({ connection }) => connection)),
    ).toEqual(new Set(chosen));
    const path = join(folder, 'reset.pcap');
    await runCli(['analyze', MANY, '--reset', '--write', path]);
    const cut = JSON.parse((await runCli(['analyze', path, '--format', 'json'])).stdout);
    expect(cut.connections.map(({ outcome }: Connection) => outcome.kind)).toEqual(['reset']);
    expect(cut.capture.packets).toBe(objects.filter(({ type }) => type === 'packet').length);
  });

  it('live and in parts: the options are the same', async () => {
    for (const command of ['live', 'merge']) {
      const { stdout } = await runCli([command, '--help']);
      for (const option of ['--where', '--failed', '--by', '--sort', '--columns'])
        expect(stdout).toContain(option);
    }
  });
});

describe('in which order', () => {
  const KEYS: Record<string, (connection: Connection) => number | null> = {
    connect: ({ opening }) => opening.connectTime,
    response: ({ response }) => response?.median ?? null,
    duration: ({ duration }) => duration,
    bytes: ({ traffic }) => traffic.client.bytes + traffic.server.bytes,
    retransmissions: ({ traffic }) => traffic.client.retransmissions + traffic.server.retransmissions,
  };

  it.each(Object.keys(KEYS))('--sort %s, both ways, and the first of them', async (key) => {
    const value = KEYS[key] ?? (() => null);
    const known = all
      .filter((connection) => value(connection) !== null)
      .map((connection) => value(connection) ?? 0);
    for (const sign of ['', '-']) {
      const expected = known.toSorted((a, b) => (sign === '' ? b - a : a - b));
      for (const limit of [7, 0]) {
        const { stdout } = await runCli([
          'analyze',
          FOLDER,
          `--sort=${sign}${key}`,
          '--limit',
          String(limit),
        ]);
        const values = listed(stdout).map((index) => {
          const connection = all[index];
          return connection === undefined ? null : value(connection);
        });
        const wanted = limit === 0 ? expected : expected.slice(0, limit);
        expect(values.slice(0, wanted.length)).toEqual(wanted);
        // what has no value comes last
        expect(values.slice(wanted.length).every((rest) => rest === null)).toBe(true);
        expect(values).toHaveLength(limit === 0 ? all.length : limit);
      }
    }
  });
});

describe('UDP flows', () => {
  const bytesOf = ({ traffic }: Flow): number => traffic.client.bytes + traffic.server.bytes;

  it.each<[string, (flow: Flow) => number]>([
    ['duration', ({ duration }) => duration],
    ['bytes', bytesOf],
    ['start', ({ index }) => -index],
  ])('--sort %s orders them below the connections, and --limit counts each', async (key, value) => {
    for (const sign of ['', '-']) {
      const { stdout, stderr } = await runCli(['analyze', FOLDER, `--sort=${sign}${key}`, '--limit', '5']);
      const [, list = ''] = stdout.split('\n\n');
      const rows = list.trimEnd().split('\n').slice(1);
      const shown = rows.map((line) => flows[Number(/^ *(\d+) /.exec(line)?.[1])]);
      const expected = flows.map(value).sort((a, b) => (sign === '' ? b - a : a - b));
      expect(shown.map((flow) => (flow === undefined ? null : value(flow)))).toEqual(expected.slice(0, 5));
      expect(stderr).toMatch(new RegExp(`^synfin: ${flows.length} UDP flows; the 5 `, 'm'));
    }
  });

  it('are not listed by what only connections have', async () => {
    const { stdout, stderr } = await runCli(['analyze', FOLDER, '--sort', 'connect']);
    expect(stdout).not.toContain('\n\n');
    expect(stderr).not.toContain('UDP');
  });

  it('--columns: of each list those that it has', async () => {
    const columns = 'index,connect,datagrams,traffic.client.bytes,duration';
    const { stdout } = await runCli(['analyze', FOLDER, '--columns', columns, '--limit', '0']);
    const [connections = '', list = ''] = stdout.split('\n\n');
    const heads = (text: string): string[] => (text.split('\n')[0] ?? '').trim().split(/ {2,}/);
    expect(heads(connections)).toEqual(['#', 'connect', 'bytes', 'duration']);
    expect(heads(list)).toEqual(['#', 'datagrams', 'bytes', 'duration']);
    const rows = list
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/ {2,}/));
    expect(rows.map(([index, datagrams]) => [Number(index), datagrams])).toEqual(
      flows.map(({ index, traffic }) => [index, `${traffic.client.packets}/${traffic.server.packets}`]),
    );
    const alone = await runCli(['analyze', FOLDER, '--columns', 'datagrams,cast', '--limit', '0']);
    expect(alone.stdout.split('\n')[0]).toMatch(/^datagrams {2}cast/);
    expect(alone.stdout.trimEnd().split('\n')).toHaveLength(1 + flows.length);
  });
});

describe('how it is shown', () => {
  it('in a pipe: the header and the rows only; the sentence about them goes to standard error', async () => {
    const { stdout, stderr } = await runCli(['analyze', FOLDER, '--failed', '--limit', '0']);
    const failed = indices(({ outcome }) => outcome.failed).length;
    expect(stdout.trimEnd().split('\n')).toHaveLength(failed + 1);
    expect(stderr).toContain(`synfin: ${failed} of ${all.length} connections match`);
  });

  it('on a terminal: the sentence about them goes with them', async () => {
    const { stdout } = await runCli(['analyze', FOLDER, '--failed', '--limit', '2'], {
      terminal: true,
      columns: 80,
      env: { NO_COLOR: '1' },
    });
    expect(stdout).toMatch(/^\d+ of \d+ connections match; the first 2\n\n *#/);
  });

  it.each([40, 59, 60, 80, 120, 160])(
    '%i columns: no row is wider, and none is broken in a word',
    async (width) => {
      const { stdout } = await runCli(['analyze', FOLDER, '--sort', 'duration', '--width', String(width)]);
      const lines = stdout.trimEnd().split('\n');
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
      // connections, and flows
      expect(lines.filter((line) => /^ *\d+ {2}/.test(line))).toHaveLength(40 + flows.length);
    },
  );

  it('--columns: those, in that order, whatever the room', async () => {
    const columns = 'index,server,synCount,closing.reset.cause,connect';
    const { stdout } = await runCli(['analyze', MANY, '--columns', columns, '--width', '20', '--limit', '9']);
    // narrow: two lines for each
    expect(stdout).toContain('aborted');
    const wide = await runCli(['analyze', MANY, '--columns', columns]);
    expect(wide.stdout.split('\n')[0]?.trim().split(/ {2,}/)).toEqual([
      '#',
      'server',
      'synCount',
      'cause',
      'connect',
    ]);
  });

  it('--columns all and --columns help', async () => {
    const { stdout } = await runCli(['analyze', MANY, '--columns', 'all', '--width', '60']);
    for (const head of ['start', 'outcome', 'response', 'received', 'likely cause'])
      expect(stdout).toContain(head);
    const help = await runCli(['analyze', MANY, '--columns', 'help']);
    expect(help.stdout).toContain('opening.connectTime');
    // no file is needed for it
    for (const argv of [
      ['analyze', '--columns', 'help'],
      ['--columns', 'help'],
    ])
      expect(await runCli(argv)).toEqual(help);
  });

  it.each([
    ['utc', /16:21:28/],
    ['relative', /\b0\.\d{6}\b/],
    ['epoch', /\b\d{10}\.\d{9}\b/],
  ])('--time %s', async (how, pattern) => {
    const { stdout } = await runCli(['analyze', MANY, '--time', how, '--limit', '3']);
    expect(stdout.split('\n')[1]).toMatch(pattern);
  });

  it.each<[string[], RegExp]>([
    [['--columns', 'outcom'], /there is no column 'outcom'; did you mean 'outcome'\?/],
    [['--sort', 'size'], /one of end, start/],
    [['--sort', 'failed'], /--sort failed goes with --by/],
    [['--by', 'colour'], /one of server, client/],
    [['--by', 'server', '--sort', 'duration'], /--sort duration does not go with --by/],
    [['--format', 'json', '--limit', '3'], /--limit goes with --format table/],
    [['--format', 'ndjson', '--sort', 'connect'], /--format table/],
    [['--connection', '9-3'], /numbers of connections/],
    [['--connection', '9007199254740992'], /numbers of connections/],
    [['--connection', '0-99999999999'], /numbers of connections/],
    [['--slow', 'often'], /200ms/],
    [['--server', '300.1.1.1'], /an address, a network/],
    [['--between', 'noon', 'later'], /'noon' is no time/],
    [['--where', 'server.port = 3'], /'==' compares/],
  ])('%j is refused', async (options, message) => {
    const { code, stdout, stderr } = await runCli(['analyze', MANY, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('groups', () => {
  const KEYS: Record<string, (connection: Connection) => string> = {
    server: ({ server }) =>
      server.address.includes(':')
        ? `[${server.address}]:${server.port}`
        : `${server.address}:${server.port}`,
    client: ({ client }) => client.address,
    'server-port': ({ server }) => String(server.port),
    outcome: ({ outcome }) => outcome.kind,
    minute: ({ start }) => `${start.slice(0, 16)}:00Z`,
    day: ({ start }) => `${start.slice(0, 10)}T00:00:00Z`,
  };

  it.each(Object.keys(KEYS))('--by %s: counts and times of each', async (by) => {
    const key = KEYS[by] ?? (() => '');
    const { stdout } = await runCli(['analyze', FOLDER, '--by', by, '--format', 'json']);
    const { groups, total } = JSON.parse(stdout);
    const expected = new Map<string, Connection[]>();
    for (const each of all) expected.set(key(each), [...(expected.get(key(each)) ?? []), each]);
    expect(total.connections).toBe(all.length);
    expect(new Set(groups.map((group: { key: string }) => group.key))).toEqual(new Set(expected.keys()));
    for (const group of groups) {
      const members = expected.get(group.key) ?? [];
      const count = (matches: (connection: Connection) => boolean): number => members.filter(matches).length;
      const sum = (of: (connection: Connection) => number): number =>
        members.reduce((before, each) => before + of(each), 0);
      expect(group).toMatchObject({
        connections: members.length,
        failed: count(({ outcome }) => outcome.failed),
        refused: count(({ outcome }) => outcome.kind === 'refused'),
        noAnswer: count(({ outcome }) => outcome.kind === 'no-answer'),
        notCompleted: count(({ outcome }) => outcome.kind === 'not-completed'),
        reset: count(({ outcome }) => outcome.kind === 'reset'),
        resetByClient: count(({ outcome }) => outcome.kind === 'reset' && outcome.by === 'client'),
        resetByServer: count(({ outcome }) => outcome.kind === 'reset' && outcome.by === 'server'),
        bytes: sum(({ traffic }) => traffic.client.bytes + traffic.server.bytes),
        packets: sum(({ traffic }) => traffic.client.packets + traffic.server.packets),
      });
      const times = members.flatMap(({ opening }) => opening.connectTime ?? []).sort((a, b) => a - b);
      expect(group.connect?.count ?? 0).toBe(times.length);
      if (times.length > 0 && times.length <= 256)
        expect(group.connect.p50).toBeCloseTo(times[Math.ceil(times.length / 2) - 1] ?? 0, 12);
    }
  });

  it('the same in text, ndjson, csv and parquet, with a condition', async () => {
    const asked = ['analyze', FOLDER, '--by', 'server-port', '--failed'];
    const json = JSON.parse((await runCli([...asked, '--format', 'json'])).stdout);
    const lines = (await runCli([...asked, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    const groups = lines.slice(0, -1).map((line) => JSON.parse(line));
    expect(groups).toEqual(json.groups.map((group: object) => ({ type: 'group', ...group })));
    const csv = (await runCli([...asked, '--format', 'csv'])).stdout.trimEnd().split('\n').slice(1);
    expect(csv.map((row) => row.split(',').slice(0, 3))).toEqual(
      json.groups.map(
        ({ key, connections, failed }: { key: string; connections: number; failed: number }) => [
          key,
          String(connections),
          String(failed),
        ],
      ),
    );
    const path = join(folder, 'groups.parquet');
    await runCli([...asked, '--format', 'parquet', '-o', path]);
    const rows = await query(`SELECT key, connections FROM '${path}'`);
    expect(rows.map(({ key, connections }) => [key, Number(connections)])).toEqual(
      json.groups.map(({ key, connections }: { key: string; connections: number }) => [key, connections]),
    );
    const text = (await runCli([...asked, '--limit', '0'])).stdout.trimEnd().split('\n').slice(1);
    expect(text).toHaveLength(json.groups.length + 1);
    expect(text[0]).toMatch(/^all /);
  });

  it("a condition on Zeek's fields, which groups do not need", async () => {
    const json = JSON.parse((await runCli(['analyze', FOLDER, '--format', 'json'])).stdout);
    const closed = json.connections.filter(({ connState }: { connState: string }) => connState === 'SF');
    const asked = ['analyze', FOLDER, '--by', 'server-port', '--where', "connState == 'SF'"];
    const { total } = JSON.parse((await runCli([...asked, '--format', 'json'])).stdout);
    expect(closed.length).toBeGreaterThan(10);
    expect(total.connections).toBe(closed.length);
  });

  it('--histogram: every connection with a known time is in a bar', async () => {
    const { stdout } = await runCli(['analyze', FOLDER, '--histogram', 'connect']);
    const known = all.filter(({ opening }) => opening.connectTime !== null).length;
    expect(stdout).toContain(`connect time of connections: ${known}`);
    const counts = [...stdout.matchAll(/ to \S+ \S+ +(\d+) /g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(known);
  });

  it('are joined from parts to the same', async () => {
    const part = join(folder, 'x.part');
    await runCli(['analyze', MANY, '--partial', part]);
    const joined = await runCli(['merge', part, '--by', 'outcome', '--format', 'json']);
    const { groups } = JSON.parse(
      (await runCli(['analyze', MANY, '--by', 'outcome', '--format', 'json'])).stdout,
    );
    expect(JSON.parse(joined.stdout).groups).toEqual(groups);
    expect(readFileSync(part).length).toBeGreaterThan(0);
  });
});

describe('for scripts', () => {
  it('a list without rows has its heads', async () => {
    for (const limit of ['0', '5']) {
      const { stdout } = await runCli(['analyze', MANY, '--where', 'server.port == 1', '--limit', limit]);
      expect(stdout.split('\n')).toHaveLength(2);
    }
  });

  it('round trips are all kept for a condition on them, whatever is shown', async () => {
    const where = 'traffic.client.rtt.median > 10us && traffic.client.rtt.samples > 1';
    const expected = await ask('--where', where);
    expect(expected.length).toBeGreaterThan(3);
    const { stdout } = await runCli([
      'analyze',
      FOLDER,
      '--where',
      where,
      '--by',
      'outcome',
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout).total.connections).toBe(expected.length);
  });

  it('with --count, where files are read twice', async () => {
    const { code, stdout, stderr } = await runCli([
      'analyze',
      MANY,
      '--failed',
      '--format',
      'ladder',
      '-c',
      '36',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'synfin: 0 of 4 connections match\n' });
    expect(stdout).toContain('36 packets');
  });

  it('UDP flows that match have their ladders', async () => {
    const mixed = resolve(ROOT, 'fixtures/kernel/tcp-and-udp.pcap');
    const { stdout } = await runCli(['analyze', mixed, '--where', 'protocol == "udp"', '--format', 'ladder']);
    expect(stdout).toContain('UDP has no handshake');
    expect(stdout).not.toContain('── opening');
  });

  it('narrow, with columns other than the ends', async () => {
    const { stdout } = await runCli(['analyze', MANY, '--columns', 'opening.kind,start', '--width', '40']);
    expect(stdout).not.toContain('undefined');
    expect(stdout).toContain('three-way');
  });

  it('zeros have their own bar', async () => {
    const scan = resolve(ROOT, 'fixtures/kernel/syn-flood.pcap');
    const { stdout } = await runCli(['analyze', scan, '--histogram', 'duration']);
    expect(stdout).toMatch(/^ *0 s /m);
  });

  it('control characters of an expression are escaped, with the mark in its place', async () => {
    const { stderr } = await runCli(['analyze', MANY, '--where', 'true && \u001b[2J == 1']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(stderr).toContain('\\x1b[2J');
  });

  it.each(['25:00 26:00', '10:60 11:00'])('--between %s is refused', async (times) => {
    expect((await runCli(['analyze', MANY, '--between', ...times.split(' ')])).code).toBe(2);
  });

  it.each(['timestamp("2026-13-40T00:00:00Z") < start', 'client.address.matches("[")'])(
    '%s is refused',
    async (where) => {
      expect((await runCli(['analyze', MANY, '--where', where])).code).toBe(2);
    },
  );
});

it.each([['--explain'], ['--dialogue'], ['--format', 'ladder']])(
  'what matches has its ladder, wherever it is in the capture: %s %s',
  async (...words) => {
    const options = words.filter((word) => word !== undefined);
    const run = await runCli(['analyze', FOLDER, '--connection', '380', ...options]);
    const asked = await runCli(['analyze', FOLDER, '--where', 'index == 380', ...options]);
    expect(asked.stderr).toBe('synfin: 1 of 385 connections matches\n');
    expect(asked.stdout).toBe(run.stdout);
    expect(asked.stdout).toContain('SYN');
  },
);
