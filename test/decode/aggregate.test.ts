/** Several packets in one 802.11 frame (A-MSDU): each is a packet of its own, with the number of its frame. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeNext } from '../../src/decode/aggregate.js';
import { OTHER, type Packet, TCP, UDP } from '../../src/decode/packet.js';
import { analyzeFiles } from '../../src/index.js';
import { pcapHeader, record } from '../capture/bytes.js';
import { runCli } from '../run-cli.js';
import {
  type Bytes,
  be16,
  be32,
  CLIENT,
  ipv4,
  ipv6,
  MAC,
  outer,
  outerUdp,
  SERVER,
  snap,
  tcp,
  udp,
  wifi,
  zeros,
} from './bytes.js';
import { decoded, pathText, payload, targetText } from './decoded.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-msdu-'));
afterAll(() => rmSync(folder, { recursive: true }));

const subframe = (llc: Bytes): Bytes => [...MAC, ...be16(llc.length), ...llc];
const padded = (bytes: Bytes): Bytes => [...bytes, ...zeros(-bytes.length & 3)];
const ARP = snap(zeros(28), 0x0806);

/** An A-MSDU of these, each with its LLC header. */
function aggregate(...msdus: Bytes[]): Bytes {
  const last = msdus.length - 1;
  const subframes = msdus.map((llc, index) => (index < last ? padded(subframe(llc)) : subframe(llc)));
  return wifi(subframes.flat(), 8, 2, [0x80, 0]);
}

/** Each packet of a frame: its payload, or its kind if it has none. */
function packetsOf(packet: Packet): (number[] | string)[] {
  const found: (number[] | string)[] = [];
  do found.push(packet.kind === OTHER ? packet.stop : payload(packet));
  while (decodeNext(packet));
  return found;
}

const first = snap(ipv4(tcp([1])));
const second = snap(ipv4(tcp([2, 2])));
const third = snap(ipv6(tcp([3])), 0x86dd);

describe('the packets of a frame', () => {
  test.each<[string, Bytes[], (number[] | string)[]]>([
    ['one', [first], [[1]]],
    ['several', [first, second, third], [[1], [2, 2], [3]]],
    ['other protocols between them', [ARP, first, ARP, second, ARP], [[1], [2, 2]]],
    ['only other protocols', [ARP, ARP], ['ARP']],
    ['empty ones between them', [[], first, [], second, []], [[1], [2, 2]]],
    ['empty ones alone', [[], []], ['A-MSDU without a packet']],
    ['other protocols', [first, snap(ipv4(zeros(20), 50)), second], [[1], 'ESP', [2, 2]]],
    ['UDP', [snap(ipv4(udp([7], 53), 17)), second], [[7], [2, 2]]],
  ])('%s', (_, msdus, expected) => {
    expect(packetsOf(decoded(105, aggregate(...msdus)))).toEqual(expected);
  });

  test('at most 255', () => {
    const many = Array.from({ length: 300 }, () => first);
    expect(packetsOf(decoded(105, aggregate(...many)))).toHaveLength(255);
  });

  test('each in the tunnel that the frame came in, and in its own', () => {
    const packet = decoded(
      101,
      outerUdp([0, 0x10, 3, 0, ...zeros(4), ...aggregate(snap(outer(ipv4(tcp([1])), 4)), second)], 5247),
    );
    expect([pathText(packet), targetText(packet)]).toEqual(['capwap, ipip', '10.0.0.2']);
    expect(decodeNext(packet)).toBe(true);
    expect([pathText(packet), payload(packet)]).toEqual(['capwap', [2, 2]]);
    expect(decodeNext(packet)).toBe(false);
  });

  test('of one within another only the first', () => {
    const inner = outerUdp([0, 0x10, 3, 0, ...zeros(4), ...aggregate(first, second)], 5247);
    expect(packetsOf(decoded(105, aggregate(snap(inner), third)))).toEqual([[1], [3]]);
  });

  test('cut by the snap length', () => {
    const bytes = aggregate(first, second, third);
    const whole = aggregate(first).length;
    expect(packetsOf(decoded(105, bytes, { captured: whole + 10 }))).toEqual([[1]]);
    // the IP header of the second is cut
    expect(packetsOf(decoded(105, bytes, { captured: whole + 40 }))).toEqual([[1]]);
    const packet = decoded(105, bytes, { captured: 30 });
    expect([packet.stop, packet.broken]).toEqual(['A-MSDU subframe cut short', true]);
  });

  test('a length beyond the frame', () => {
    const bytes = [...aggregate(first)];
    const length = 26 + 12;
    bytes[length] = 0xff;
    expect(packetsOf(decoded(105, [...bytes, ...zeros(3), ...subframe(second)]))).toEqual([[1]]);
  });

  test('one alone, for the log of a part', () => {
    const packet = decoded(105, aggregate(ARP, first, second));
    expect(packet.msdu).toBe(1);
    decodeNext(packet);
    expect(packet.msdu).toBe(2);
    expect(decoded(105, wifi(first)).msdu).toBe(-1);
  });

  test('fragments in them are reassembled', () => {
    const piece = (from: number, to: number, more: boolean): Bytes =>
      snap(ipv4(tcp([9, 9, 9, 9]).slice(from, to), 6, { id: 3, offset: from, more }));
    expect(packetsOf(decoded(105, aggregate(first, piece(0, 16, true), piece(16, 24, false))))).toEqual([
      [1],
      'IPv4 fragment',
      [9, 9, 9, 9],
    ]);
  });
});

interface Sent {
  /** From the client. */
  up: boolean;
  sequence: number;
  acknowledgement: number;
  flags: number;
  length: number;
}

function segment({ up, sequence, acknowledgement, flags, length }: Sent): Bytes {
  const ports = up ? [...be16(40000), ...be16(80)] : [...be16(80), ...be16(40000)];
  const numbers = [...be32(sequence), ...be32(acknowledgement), 0x50, flags, ...be16(512), 0, 0, 0, 0];
  return [...ports, ...numbers, ...zeros(length)];
}

let id = 1;
function msdu(sent: Sent): Bytes {
  const ends = sent.up ? { source: CLIENT, target: SERVER } : { source: SERVER, target: CLIENT };
  return snap(ipv4(segment(sent), 6, { ...ends, id: id++ }));
}

const up = (sequence: number, acknowledgement: number, flags: number, length = 0): Bytes =>
  msdu({ up: true, sequence, acknowledgement, flags, length });
const down = (sequence: number, acknowledgement: number, flags: number, length = 0): Bytes =>
  msdu({ up: false, sequence, acknowledgement, flags, length });

/** The request of 300 bytes in fragments, two of them in one frame with the ACK. */
const request = segment({ up: true, sequence: 101, acknowledgement: 501, flags: 0x18, length: 300 });
const piece = (from: number, to: number): Bytes =>
  snap(ipv4(request.slice(from, to), 6, { id: 999, offset: from, more: to < request.length }));

const conversation: Bytes[] = [
  aggregate(ARP, up(100, 0, 0x02)),
  aggregate(down(500, 101, 0x12)),
  aggregate(up(101, 501, 0x10), piece(0, 80), piece(80, 160)),
  aggregate(piece(160, 320)),
  aggregate(down(501, 401, 0x10, 700), down(1201, 401, 0x18, 700), down(1901, 401, 0x11)),
  aggregate(snap(ipv4(udp([1, 2], 9), 17)), up(401, 1902, 0x11), snap(ipv4(zeros(20), 50))),
  aggregate(down(1902, 402, 0x10)),
];

function saved(name: string, frames: readonly Bytes[], from = 0): string {
  const records = frames.map((frame, index) =>
    record(Uint8Array.from(frame), { seconds: 1_700_000_000 + from + index, fraction: 0 }),
  );
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([pcapHeader({ network: 105 }), ...records]));
  return path;
}

describe('a connection of which several segments came in one frame', () => {
  const path = saved('whole.pcap', conversation);

  test('is whole', async () => {
    const { capture, connections, udpFlows } = await analyzeFiles([path]);
    const { packets, tcpSegments, udpDatagrams, other, others } = capture;
    expect({ packets, tcpSegments, udpDatagrams, other }).toEqual({
      packets: 7,
      tcpSegments: 9,
      udpDatagrams: 1,
      other: 3,
    });
    expect(others).toEqual([
      { what: 'IPv4 fragment', packets: 2, broken: false },
      { what: 'ESP', packets: 1, broken: false },
    ]);
    expect(udpFlows).toHaveLength(1);
    expect(connections).toHaveLength(1);
    const [connection] = connections;
    expect(connection?.opening.kind).toBe('three-way');
    expect(connection?.closing.kind).toBe('three-step');
    expect([connection?.traffic.client.bytes, connection?.traffic.server.bytes]).toEqual([300, 1400]);
    const odd = Object.keys(connection?.findingCounts ?? {});
    expect(odd.filter((code) => /retrans|order|lost|duplicate|ignored/.test(code))).toEqual([]);
  });

  test('has a row for each segment, with the number of its frame', async () => {
    const { stdout } = await runCli(['analyze', path, '--format', 'ndjson', '--packets']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'packet');
    expect(rows.map(({ packet }) => packet)).toEqual([1, 2, 3, 4, 5, 5, 5, 6, 7]);
    expect(rows.map(({ length }) => length)).toEqual([0, 0, 0, 300, 700, 700, 0, 0, 0]);
  });

  test.each([1, 2, 3, 4, 5, 6])('in two parts, cut after frame %i, is the same', async (cut) => {
    const parts = [conversation.slice(0, cut), conversation.slice(cut)].map((frames, index) => {
      const name = `part-${cut}-${index}`;
      return [saved(`${name}.pcap`, frames, index * cut), join(folder, name)] as const;
    });
    for (const [piece, part] of parts) await runCli(['analyze', piece, '--partial', part]);
    const merged = await runCli(['merge', ...parts.map(([, part]) => part), '--format', 'json']);
    const whole = await runCli(['analyze', path, '--format', 'json']);
    const resultOf = (text: string): unknown => {
      const document = JSON.parse(text);
      return { ...document, capture: { ...document.capture, files: null } };
    };
    expect(resultOf(merged.stdout)).toEqual(resultOf(whole.stdout));
  });

  test('is extracted with all its frames', async () => {
    const out = join(folder, 'out.pcapng');
    const stray = aggregate(snap(ipv4(tcp([5], 0x18), 6, { source: [10, 0, 0, 9] })), ARP);
    const all = saved('all.pcap', [stray, ...conversation]);
    await runCli(['analyze', all, '--connection', '1', '--write', out]);
    const { capture, connections } = await analyzeFiles([out]);
    expect([capture.packets, capture.tcpSegments, connections.length]).toEqual([7, 9, 1]);
  });
});

test('UDP and TCP have different kinds', () => {
  const packet = decoded(105, aggregate(snap(ipv4(udp([7], 53), 17)), second));
  const kinds = [packet.kind];
  while (decodeNext(packet)) kinds.push(packet.kind);
  expect(kinds).toEqual([UDP, TCP]);
});
