/** ndjson of a growing capture: `--events`, and `revision` where results grow. */
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { ndjsonReporter } from '../../src/cli/report/ndjson.js';
import { openCapture } from '../../src/files/open.js';
import { runCli } from '../run-cli.js';
import { lineShapes } from './contract.js';

interface Line {
  type: string;
  index: number;
  revision: number;
  event: string;
  connection: number;
  packet: number;
  time: string;
  outcome: { kind: string } | null;
  [member: string]: unknown;
}

const parse = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const ofType = (lines: readonly Line[], type: string): Line[] => lines.filter((line) => line.type === type);
const fixture = (name: string): string => `fixtures/kernel/${name}.pcap`;

async function eventsOf(...argv: string[]): Promise<Line[]> {
  const { stdout, code } = await runCli([...argv, '--format', 'ndjson', '--events']);
  expect(code).toBe(0);
  return parse(stdout);
}

/** The lines of a capture while it grows. */
async function grown(name: string, packets = false): Promise<Line[]> {
  let text = '';
  const output = {
    async write(data: string | Uint8Array) {
      text += Buffer.from(data).toString();
    },
    async end() {},
    drop() {},
  };
  const plan = { packets, events: true, growing: true, byStart: false };
  const reporter = ndjsonReporter(plan, output, () => true);
  const analysis = new Analysis(reporter.sink, reporter.wants);
  reporter.attach?.(analysis);
  const reader = await openCapture(fixture(name));
  await analysis.read(reader);
  await reporter.finish(analysis.finish(reader));
  await reader.close();
  return parse(text);
}

it('each step of a connection is a line, in the order of packets and before its connection', async () => {
  const lines = await eventsOf(fixture('many'));
  const events = ofType(lines, 'event');
  expect(events.flatMap((event, at) => lineShapes.event?.(event, `event ${at}`) ?? ['no shape'])).toEqual([]);
  expect(events.filter(({ connection }) => connection === 0).map(({ event }) => event)).toEqual([
    'opening',
    'opened',
    'closing',
    'closing',
    'closed',
  ]);
  expect(events.filter(({ connection }) => connection === 4)).toMatchObject([
    { event: 'opening', packet: 41, time: '2026-11-22T16:21:29.000690286Z', outcome: null },
    { event: 'failed', packet: 42, time: '2026-11-22T16:21:29.000701885Z', outcome: { kind: 'refused' } },
  ]);
  const packets = events.map(({ packet }) => packet);
  expect(packets).toEqual([...packets].sort((a, b) => a - b));
  for (const { index } of ofType(lines, 'connection')) {
    const at = lines.findIndex((line) => line.type === 'connection' && line.index === index);
    expect(lines.slice(at).some((line) => line.type === 'event' && line.connection === index)).toBe(false);
  }
});

it('the connections are those without --events', async () => {
  const { stdout } = await runCli([fixture('many'), '--format', 'ndjson']);
  expect(ofType(await eventsOf(fixture('many')), 'connection')).toEqual(parse(stdout).slice(0, -1));
});

it('a connection without an answer fails once, without a packet of its own', async () => {
  const events = ofType(await eventsOf(fixture('no-answer')), 'event');
  expect(events.map(({ event, outcome }) => [event, outcome?.kind ?? null])).toEqual([
    ['opening', null],
    ['failed', 'no-answer'],
  ]);
});

it('an expression selects the steps too', async () => {
  const lines = await eventsOf(fixture('many'), '--failed');
  expect([...new Set(ofType(lines, 'event').map(({ connection }) => connection))]).toEqual([3, 4]);
  expect(ofType(lines, 'connection').map(({ index }) => index)).toEqual([3, 4]);
});

it.each(['json', 'csv', 'table'])('--events does not go with --format %s', async (format) => {
  const { code, stderr } = await runCli([fixture('many'), '--events', '--format', format]);
  expect(code).toBe(2);
  expect(stderr).toBe('synfin: --events goes with --format ndjson\n');
});

it.each([false, true])(
  'where results grow, a connection is written when it is over (packets: %s)',
  async (packets) => {
    const lines = await grown('many', packets);
    const at = (type: string, member: string, value: number): number =>
      lines.findIndex((line) => line.type === type && line[member] === value);
    const refused = at('connection', 'index', 4);
    expect(lines[refused - 1]).toMatchObject({ type: 'event', event: 'failed', packet: 42 });
    expect(refused).toBeLessThan(at('event', 'connection', 5));
    if (packets) expect(refused).toBeGreaterThan(at('packet', 'packet', 42));
    expect(ofType(lines, 'connection').map(({ index, revision }) => [index, revision])).toEqual(
      [0, 1, 2, 3, 4, 5].map((index) => [index, 0]),
    );
  },
);

it.each(['any-duplicates', 'last-ack-lost', 'rst-lost', 'timewait-assassination'])(
  'what changes afterwards is written again: %s',
  async (name) => {
    const written = ofType(await grown(name), 'connection');
    const first = written.filter(({ index }) => index === 0);
    expect(first.map(({ revision }) => revision)).toEqual([0, 1]);
    const { stdout } = await runCli([fixture(name), '--format', 'ndjson']);
    const { revision: _, ...last } = first.at(-1) as Line;
    expect(last).toEqual(parse(stdout).find(({ type, index }) => type === 'connection' && index === 0));
  },
);

it('from files each connection is one line, without a revision: nothing can change it any more', async () => {
  for (const options of [[], ['--packets'], ['--events'], ['--sort', 'start']]) {
    const { stdout } = await runCli(['analyze', 'fixtures/kernel', '--format', 'ndjson', ...options]);
    const connections = ofType(parse(stdout), 'connection');
    expect(connections.length).toBeGreaterThan(300);
    expect(new Set(connections.map(({ index }) => index)).size).toBe(connections.length);
    expect(connections.filter((line) => 'revision' in line)).toEqual([]);
  }
});
