/** json and ndjson against CONTRACT.md, field by field, over every capture of the repository. */
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { documentShape, lineShapes } from './contract.js';
import { captures, readableCaptures } from './fixtures.js';

interface Finding {
  code: string;
}

interface Connection {
  index: number;
  firstPacket: number;
  lastPacket: number;
  opening: { kind: string; complete: boolean; packets: number[]; connectTime: number | null };
  closing: {
    kind: string;
    complete: boolean;
    initiator: string | null;
    packets: number[];
    reset: { accepted: boolean } | null;
  };
  traffic: { client: { packets: number; bytes: number }; server: { packets: number; bytes: number } };
  findings: Finding[];
  findingCounts: Record<string, number>;
}

interface Document {
  capture: {
    files: { packets: number; damaged: boolean }[];
    packets: number;
    tcpSegments: number;
    udpDatagrams: number;
    other: number;
    others: { packets: number }[];
    warnings: unknown[];
  };
  connections: Connection[];
  udpFlows: { index: number; firstPacket: number; traffic: Connection['traffic'] }[];
}

interface PacketLine {
  type: 'packet';
  packet: number;
  connection: number;
  from: 'client' | 'server';
  time: string;
  flags: string[];
  flagBits: number;
  ack: number | null;
  length: number;
  analysis: string[];
  accepted: boolean;
  note: string | null;
}

type Line = { type: string } & Record<string, unknown>;

async function documentOf(capture: string): Promise<Document> {
  const { stdout } = await runCli(['analyze', capture, '--format', 'json']);
  return JSON.parse(stdout) as Document;
}

async function linesOf(capture: string, ...options: string[]): Promise<Line[]> {
  const { stdout } = await runCli(['analyze', capture, '--format', 'ndjson', ...options]);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

const BITS: Record<string, number> = {
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ECE: 64,
  CWR: 128,
  AE: 256,
};

const copies = (counts: Record<string, number>): number =>
  (counts['capture-duplicate'] ?? 0) + (counts['duplicated-by-network'] ?? 0);

/** A socket connected to itself: each segment is sent by both its ends, and counted for both. */
const toItself = (path: string): boolean => path.includes('self-connect');

describe('the shape itself', () => {
  it('covers all captures except those that must be refused', () => {
    expect(captures().length - readableCaptures().length).toBe(2);
    expect(readableCaptures().length).toBeGreaterThan(200);
  });

  it('finds a missing field and a wrong type', () => {
    expect(documentShape({ schema: 'synfin/2', connections: {}, udpFlows: [{}], more: 1 }, '')).toEqual(
      expect.arrayContaining([
        '.schema: synfin/1 expected, "synfin/2" found',
        '.capture: missing',
        '.connections: a list expected, {} found',
        '.udpFlows[0].client: missing',
      ]),
    );
  });
});

describe.each(readableCaptures())('json of %s', (path) => {
  it('has the fields and types of the contract', async () => {
    const { code, stdout, stderr } = await runCli(['analyze', path, '--format', 'json']);
    const document = JSON.parse(stdout) as Document;
    expect(documentShape(document, '')).toEqual([]);
    const damaged = document.capture.files.some((file) => file.damaged);
    expect(code).toBe(damaged ? 3 : 0);
    expect(stderr === '').toBe(document.capture.warnings.length === 0);
  });

  it('agrees with itself', async () => {
    const { capture, connections, udpFlows } = await documentOf(path);
    expect(capture.packets).toBe(sum(capture.files.map((file) => file.packets)));
    expect(capture.packets).toBe(capture.tcpSegments + capture.udpDatagrams + capture.other);
    expect(capture.other).toBe(sum(capture.others.map((other) => other.packets)));
    const packetsOf = (item: { traffic: Connection['traffic'] }): number =>
      item.traffic.client.packets + item.traffic.server.packets;
    // second copies are not counted
    const twice = sum(connections.map((connection) => copies(connection.findingCounts)));
    if (!toItself(path)) expect(sum(connections.map(packetsOf)) + twice).toBe(capture.tcpSegments);
    expect(sum(udpFlows.map(packetsOf))).toBe(capture.udpDatagrams);
    for (const items of [connections, udpFlows]) {
      expect(items.map((item) => item.index)).toEqual(items.map((_, index) => index));
      const first = items.map((item) => item.firstPacket);
      expect(first).toEqual(sorted(first));
    }
    for (const { opening, closing, findings, findingCounts, ...connection } of connections) {
      const seen = ['three-way', 'simultaneous', 'fast-open'].includes(opening.kind);
      // where the SYN was not captured, the rest of the opening may be
      if (opening.kind !== 'not-captured') expect(opening.complete).toBe(seen);
      expect(opening.connectTime !== null).toBe(seen);
      if (closing.kind === 'none') expect(opening.complete).toBe(false);
      if (['open', 'none'].includes(closing.kind)) expect(closing.initiator).toBe(null);
      if (closing.kind === 'reset') expect(closing.reset?.accepted).toBe(true);
      for (const packets of [opening.packets, closing.packets]) expect(packets).toEqual(sorted(packets));
      // (an opening may rest on a SYN that came while the ports' old connection was still there)
      for (const packet of closing.packets) expect(packet).toBeGreaterThanOrEqual(connection.firstPacket);
      const codes = new Set(findings.map((finding) => finding.code));
      expect([...codes].sort()).toEqual(Object.keys(findingCounts).sort());
      expect(sum(Object.values(findingCounts))).toBeGreaterThanOrEqual(findings.length);
    }
  });

  it('has the same objects in ndjson', async () => {
    const document = await documentOf(path);
    const lines = await linesOf(path);
    const without = ({ type: _, ...rest }: Line): unknown => rest;
    const ofType = (type: string): unknown[] => lines.filter((line) => line.type === type).map(without);
    const byFirst = (items: unknown[]): unknown[] =>
      (items as { firstPacket: number }[]).sort((a, b) => a.firstPacket - b.firstPacket);
    expect(byFirst(ofType('connection'))).toEqual(document.connections);
    expect(byFirst(ofType('udpFlow'))).toEqual(document.udpFlows);
    expect(ofType('capture')).toEqual([document.capture]);
    expect(lines.at(-1)?.type).toBe('capture');
  });

  it('keeps the order of ndjson --packets', async () => {
    const lines = await linesOf(path, '--packets');
    const problems = lines.flatMap(
      (line, index) =>
        lineShapes[line.type]?.(line, `line ${index + 1}`) ?? [
          `line ${index + 1}: unknown type ${line.type}`,
        ],
    );
    expect(problems).toEqual([]);
    expect(lines.filter((line) => line.type === 'capture')).toHaveLength(1);
    const last = lines.at(-1);
    expect(last?.type).toBe('capture');

    const packets = lines.filter((line) => line.type === 'packet') as unknown as PacketLine[];
    expect(packets).toHaveLength(Number(last?.tcpSegments));
    const numbers = packets.map((line) => line.packet);
    expect(numbers).toEqual(sorted(numbers));
    expect(new Set(numbers).size).toBe(numbers.length);

    const ended = new Map<number, Connection>();
    const sent = new Map<string, { packets: number; bytes: number }>();
    for (const line of lines) {
      if (line.type === 'connection') {
        const connection = line as unknown as Connection;
        ended.set(connection.index, connection);
      } else if (line.type === 'packet') {
        const segment = line as unknown as PacketLine;
        expect(ended.has(segment.connection), `packet ${segment.packet} after its connection`).toBe(false);
        expect(sum(segment.flags.map((flag) => BITS[flag] ?? 0))).toBe(segment.flagBits & 0x1ff);
        expect(segment.ack === null).toBe(!segment.flags.includes('ACK'));
        expect(segment.note === null).toBe(segment.accepted);
        if (segment.analysis.includes('capture-duplicate')) continue;
        const key = `${segment.connection} ${segment.from}`;
        const total = sent.get(key) ?? { packets: 0, bytes: 0 };
        sent.set(key, { packets: total.packets + 1, bytes: total.bytes + segment.length });
      }
    }
    if (toItself(path)) return;
    for (const [index, { traffic }] of ended) {
      for (const side of ['client', 'server'] as const) {
        expect(sent.get(`${index} ${side}`)?.packets ?? 0).toBe(traffic[side].packets);
      }
    }
  });
});

describe('json of chosen connections', () => {
  const many = 'fixtures/kernel/many.pcap';

  it.each(['json', 'ndjson'])('%s leaves out the others', async (format) => {
    const all = (await documentOf(many)).connections;
    const chosen = [all[0], all[2]];
    const { code, stdout } = await runCli([
      'analyze',
      many,
      '--format',
      format,
      '--connection',
      '2',
      '--connection',
      '0',
    ]);
    expect(code).toBe(0);
    if (format === 'json') expect((JSON.parse(stdout) as Document).connections).toEqual(chosen);
    else {
      const types = stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as Line).type);
      expect(types.filter((type) => type === 'connection')).toHaveLength(2);
    }
  });

  it('leaves their packets out too', async () => {
    const lines = await linesOf(many, '--packets', '--connection', '1');
    const of = lines.filter((line) => line.type === 'packet').map((line) => line.connection);
    expect(of.length).toBeGreaterThan(0);
    expect(new Set(of)).toEqual(new Set([1]));
  });
});
