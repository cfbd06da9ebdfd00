/** `analyze --write`: converts, and with --connection extracts connections. */

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCaptures } from '../../src/files/open-captures.js';
import { type Kept, readFrames } from '../capture/bytes.js';
import { runCli } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const MANY = join(FIXTURES, 'kernel/many.pcap');
const at = (name: string): string => join(folder, name);

type Json = Record<string, unknown>;

async function documentOf(...args: string[]): Promise<{ capture: Json; connections: Json[] }> {
  return JSON.parse((await runCli(['analyze', ...args, '--format', 'json'])).stdout);
}

/** Without positions in the file. */
function unplaced(value: unknown, key = ''): unknown {
  const place = /^(index|packet|firstPacket|lastPacket|text|evidence)$/.test(key);
  if (place || (key === 'packets' && Array.isArray(value))) return null;
  if (Array.isArray(value)) return value.map((each) => unplaced(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unplaced(each, name)]));
}

async function framesOf(path: string): Promise<Kept[]> {
  return readFrames(await openCaptures([path]));
}

const contents = (frames: Kept[]): unknown[] =>
  frames.map(({ seconds, nanoseconds, linkType, originalLength, data }) => ({
    seconds,
    nanoseconds,
    linkType,
    originalLength,
    data: data.toString('hex'),
  }));

const endsOf = ({ client, server }: Json): string =>
  [client, server]
    .map((end) => JSON.stringify(end))
    .sort()
    .join();

/** The rest to compare where other connections of the same ends are evidence too: their numbers, times and resets. */
function outline(connection: Json): unknown {
  const { opening, closing, states, connState, completeness, traffic } = connection;
  const { kind, initiator } = closing as Json;
  const sizes = Object.values(traffic as Record<string, Json>).map(({ packets, bytes }) => [packets, bytes]);
  return { opening: (opening as Json).kind, kind, initiator, states, connState, completeness, sizes };
}

describe('--write with --connection', () => {
  const captures = ['kernel', 'synthetic'].flatMap((sub) =>
    readdirSync(join(FIXTURES, sub))
      .filter((name) => name.endsWith('.pcap'))
      .map((name) => `${sub}/${name}`),
  );

  it.each(captures)('%s: the same verdict alone', async (name) => {
    const path = join(FIXTURES, name);
    const run = await runCli(['analyze', path, '--format', 'json']);
    if (run.code === 2) return;
    const connections: Json[] = JSON.parse(run.stdout).connections;
    for (const index of [0, 1, connections.length - 1]) {
      const whole = connections[index];
      if (whole === undefined) continue;
      const target = at('cut.pcapng');
      const { stderr } = await runCli(['analyze', path, '--write', target, '--connection', String(index)]);
      const cut = await documentOf(target);
      expect(cut.connections, stderr).toHaveLength(1);
      const alone = connections.filter((each) => endsOf(each) === endsOf(whole)).length === 1;
      const compared = alone ? unplaced : outline;
      expect(compared(cut.connections[0] ?? {}), `connection ${index}`).toEqual(compared(whole));
    }
  });

  it('extracts several connections, with unchanged bytes and times', async () => {
    const wanted = ['--connection', '1', '--connection', '3'];
    const run = await runCli(['analyze', MANY, '--write', at('two.pcap'), ...wanted]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const cut = await documentOf(at('two.pcap'));
    expect(cut.connections).toHaveLength(2);
    const all = new Set(contents(await framesOf(MANY)).map((frame) => JSON.stringify(frame)));
    const own = contents(await framesOf(at('two.pcap')));
    expect(own.filter((frame) => !all.has(JSON.stringify(frame)))).toEqual([]);
    const { connections } = await documentOf(MANY);
    const sizes = [1, 3].flatMap((i) =>
      Object.values(connections[i]?.traffic as Record<string, { packets: number }>),
    );
    expect(own).toHaveLength(sizes.reduce((sum, { packets }) => sum + packets, 0));
  });

  it('extracts the ICMP error that refused it', async () => {
    await runCli([
      'analyze',
      join(FIXTURES, 'kernel/icmp-refused.pcap'),
      '--write',
      at('icmp.pcap'),
      '--connection',
      '0',
    ]);
    expect(await framesOf(at('icmp.pcap'))).toHaveLength(2);
  });

  it('extracts capture duplicates', async () => {
    const path = join(FIXTURES, 'kernel/any-duplicates.pcap');
    await runCli(['analyze', path, '--write', at('copies.pcapng'), '--connection', '0']);
    expect(contents(await framesOf(at('copies.pcapng')))).toEqual(contents(await framesOf(path)));
  });

  it('extracts the fragments of its segments', async () => {
    const path = join(FIXTURES, 'variants/fragments.pcap');
    await runCli(['analyze', path, '--write', at('pieces.pcap'), '--connection', '0']);
    expect(contents(await framesOf(at('pieces.pcap')))).toEqual(contents(await framesOf(path)));
  });

  it('reads several files twice, in time order', async () => {
    const parts = ['1', '2'].map((part) => at(`part${part}.pcap`));
    await runCli(['analyze', MANY, '--write', parts[0] ?? '', '--connection', '0', '--connection', '1']);
    await runCli(['analyze', MANY, '--write', parts[1] ?? '', '--connection', '2', '--connection', '3']);
    const run = await runCli([
      'analyze',
      ...parts,
      '--write',
      at('of-two.pcap'),
      '--connection',
      '1',
      '--connection',
      '2',
    ]);
    expect(run.code).toBe(0);
    const { connections } = await documentOf(...parts);
    const cut = await documentOf(at('of-two.pcap'));
    expect(cut.connections.map((each) => unplaced(each))).toEqual(
      connections.slice(1, 3).map((each) => unplaced(each)),
    );
  });

  it('refuses a connection that is not there, and writes nothing', async () => {
    const run = await runCli(['analyze', MANY, '--write', at('none.pcap'), '--connection', '77']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('there is no connection 77');
    expect(existsSync(at('none.pcap'))).toBe(false);
  });

  it('says that a pipe cannot be read twice', async () => {
    const run = await runCli(['analyze', '-', '--write', at('none.pcap'), '--connection', '0']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('standard input: --write with --connection reads the capture twice');
    execFileSync('mkfifo', [at('fifo')]);
    expect(
      (await runCli(['analyze', at('fifo'), '--write', at('none.pcap'), '--connection', '0'])).code,
    ).toBe(2);
  });
});

describe('--write without --connection', () => {
  it.each(['pcap', 'pcapng'])('writes %s by the name: the same frames', async (ending) => {
    const run = await runCli(['analyze', MANY, '--write', at(`all.${ending}`)]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(contents(await framesOf(at(`all.${ending}`)))).toEqual(contents(await framesOf(MANY)));
    const first = readFileSync(at(`all.${ending}`))
      .readUInt32BE(0)
      .toString(16);
    expect(first).toBe(ending === 'pcap' ? '4d3cb2a1' : 'a0d0d0a');
    expect((await documentOf(at(`all.${ending}`))).connections).toEqual((await documentOf(MANY)).connections);
  });

  it('keeps the names of interfaces, directions, frame check sequences and losses in pcapng', async () => {
    const source = join(FIXTURES, 'variants/pcapng-rich.pcapng');
    const run = await runCli(['analyze', source, '--write', at('rich.pcapng'), '--verbose']);
    expect(run.stderr).toContain('interface 0 lo: Ethernet');
    const again = await runCli(['analyze', at('rich.pcapng'), '--verbose']);
    expect(again.stderr).toContain('interface 0 lo: Ethernet');
    const parts = ({ direction, fcsLength, data }: Kept): unknown => [
      direction,
      fcsLength,
      data.toString('hex'),
    ];
    expect((await framesOf(at('rich.pcapng'))).map(parts)).toEqual((await framesOf(source)).map(parts));
    expect((await documentOf(at('rich.pcapng'))).capture.drops).toEqual({ kernel: 0, interface: 0 });
  });

  it('says that pcap has one link type', async () => {
    const source = join(FIXTURES, 'variants/pcapng-link-types.pcapng');
    const run = await runCli(['analyze', source, '--write', at('mixed.pcap')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('pcap has frames of one link type');
    expect(run.stderr).toContain('Write pcapng instead.');
    // the verdict is given all the same
    expect(run.stdout).toContain('three-way');
  });
});

describe('an input is never overwritten', () => {
  const own = at('own.pcap');
  copyFileSync(MANY, own);
  symlinkSync(own, at('link.pcap'));
  const before = readFileSync(own);

  it.each([
    ['by its name', [own], own],
    ['by a link', [own], at('link.pcap')],
    ['as one of several', [MANY, own], own],
    ['as one of a folder', [folder], own],
    ['with --connection', [own, '--connection', '0'], own],
  ])('%s', async (_name, args, target) => {
    const run = await runCli(['analyze', ...args, '--write', target]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('is being read, so that it cannot be written at the same time');
    expect(readFileSync(own).equals(before)).toBe(true);
  });

  it('the output of -o is not overwritten', async () => {
    const run = await runCli(['analyze', MANY, '--write', at('same'), '-o', at('./same')]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('--write and --output are the same file');
  });

  it('standard output is for results', async () => {
    expect((await runCli(['analyze', MANY, '--write', '-'])).stderr).toContain(
      '--write needs the name of a file',
    );
  });

  it('a folder that does not exist', async () => {
    const run = await runCli(['analyze', MANY, '--write', at('no/such/x.pcap')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      /x\.pcap: cannot be written: its folder .*no\/such does not exist; create it first/,
    );
  });
});
