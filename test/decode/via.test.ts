/**
 * The same addresses and ports in several VLANs or tunnels are several connections; a connection of which only
 * one direction is tagged (as some SPAN ports show it) stays one. Made from a real recording.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_PATHS } from '../../src/decode/path.js';
import { analyzeFiles } from '../../src/index.js';
import { type Kept, openBytes, pcapHeader, readFrames, record } from '../capture/bytes.js';
import { runCli } from '../run-cli.js';
import { be16, be24, be32, ethernet, ipv4, outerUdp, udp } from './bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-via-'));
afterAll(() => rmSync(folder, { recursive: true }));

const recording = resolve(import.meta.dirname, '../../fixtures/kernel/half-close.pcap');
const frames = await readFrames(await openBytes(readFileSync(recording)));
const CLIENT_PORT = 52760;

interface Timed {
  at: number;
  data: Buffer;
}

type Wrap = (frame: Buffer) => Buffer;

function isClients(data: Buffer): boolean {
  return data.readUInt16BE(34) === CLIENT_PORT;
}

/** The recording again, with other sequence numbers and a little later. */
function copy(wrap: Wrap, shift: number, from = 0): Timed[] {
  return frames.slice(from).map((frame: Kept, index) => {
    const data = Buffer.from(frame.data);
    const [own, other] = isClients(data) ? [shift, shift * 3] : [shift * 3, shift];
    data.writeUInt32BE((data.readUInt32BE(38) + own) >>> 0, 38);
    if (index + from > 0) data.writeUInt32BE((data.readUInt32BE(42) + other) >>> 0, 42);
    const at = (frame.seconds % 1000) * 1e9 + frame.nanoseconds + (shift % 1000);
    return { at, data: wrap(data) };
  });
}

const tagged =
  (...ids: number[]): Wrap =>
  (frame) =>
    Buffer.concat([
      frame.subarray(0, 12),
      ...ids.map((id, index) =>
        Buffer.from([...be16(index < ids.length - 1 ? 0x88a8 : 0x8100), ...be16(id)]),
      ),
      frame.subarray(12),
    ]);

const inVxlan =
  (network: number): Wrap =>
  (frame) =>
    Buffer.concat([
      frame.subarray(0, 12),
      Buffer.from([...be16(0x0800), ...outerUdp([8, 0, 0, 0, ...be24(network), 0, ...frame], 4789)]),
    ]);

const bare: Wrap = (frame) => frame;
const fromClient =
  (client: Wrap, server: Wrap): Wrap =>
  (frame) =>
    (isClients(frame) ? client : server)(frame);

let files = 0;

function save(...copies: Timed[][]): string {
  const all = copies.flat().sort((a, b) => a.at - b.at);
  const path = join(folder, `${files++}.pcap`);
  const records = all.map(({ at, data }) =>
    record(data, { seconds: 1_700_000_000 + Math.floor(at / 1e9), fraction: Math.floor(at % 1e9) }),
  );
  writeFileSync(path, Buffer.concat([pcapHeader({ magic: 0xa1b23c4d }), ...records]));
  return path;
}

async function judged(path: string) {
  const { connections } = await analyzeFiles([path]);
  return connections.map(({ via, opening, closing, traffic, findingCounts, states }) => ({
    via: via.map(({ kind, id }) => `${kind} ${id}`).join(', '),
    opening: opening.kind,
    closing: closing.kind,
    states: [states.client, states.server],
    packets: [traffic.client.packets, traffic.server.packets],
    bytes: [traffic.client.bytes, traffic.server.bytes],
    odd: Object.keys(findingCounts).filter((code) =>
      /retrans|lost|order|reused|ignored|duplicate/.test(code),
    ),
  }));
}

const original = (await judged(recording))[0];
const SHIFT = 1_234_567_891;

describe('the same addresses and ports, interleaved', () => {
  test.each<[string, Wrap, Wrap, [string, string]]>([
    ['two VLANs', tagged(7), tagged(8), ['vlan 7', 'vlan 8']],
    ['a VLAN and none', tagged(7), bare, ['vlan 7', '']],
    ['two VXLAN networks', inVxlan(1), inVxlan(2), ['vxlan 1', 'vxlan 2']],
    ['QinQ, another inner VLAN', tagged(100, 7), tagged(100, 8), ['vlan 100, vlan 7', 'vlan 100, vlan 8']],
    ['QinQ, another outer VLAN', tagged(100, 7), tagged(200, 7), ['vlan 100, vlan 7', 'vlan 200, vlan 7']],
    [
      'a VLAN and the same one in VXLAN',
      tagged(7),
      (f) => inVxlan(9)(tagged(7)(f)),
      ['vlan 7', 'vxlan 9, vlan 7'],
    ],
  ])('%s: two connections', async (_name, first, second, paths) => {
    const found = await judged(save(copy(first, 0), copy(second, SHIFT)));
    expect(found).toEqual(paths.map((via) => ({ ...original, via })));
  });

  test.each([4, 8])('joined after packet %i, in two VLANs: two connections', async (from) => {
    const found = await judged(save(copy(tagged(7), 0, from), copy(tagged(8), SHIFT, from)));
    expect(found.map(({ via, odd }) => ({ via, odd }))).toEqual([
      { via: 'vlan 7', odd: [] },
      { via: 'vlan 8', odd: [] },
    ]);
    expect(found.map(({ packets: [client = 0, server = 0] }) => client + server)).toEqual([
      16 - from,
      16 - from,
    ]);
  });

  test('three VLANs, each with one direction untagged', async () => {
    const path = save(
      copy(fromClient(tagged(1), bare), 0),
      copy(fromClient(tagged(2), bare), SHIFT),
      copy(fromClient(tagged(3), bare), SHIFT * 2),
    );
    const found = (await judged(path)).sort((a, b) => a.via.localeCompare(b.via));
    expect(found).toEqual(['vlan 1', 'vlan 2', 'vlan 3'].map((via) => ({ ...original, via })));
  });
});

describe('one connection that is tagged differently by direction', () => {
  test.each<[string, Wrap, string]>([
    ['only the client', fromClient(tagged(7), bare), 'vlan 7'],
    ['only the server', fromClient(bare, tagged(7)), ''],
    ['two VLANs', fromClient(tagged(7), tagged(8)), 'vlan 7'],
    ['one side in VXLAN', fromClient(inVxlan(5), bare), 'vxlan 5'],
  ])('%s', async (_name, wrap, via) => {
    expect(await judged(save(copy(wrap, 0)))).toEqual([{ ...original, via }]);
  });

  test.each([3, 4, 8])('joined after packet %i', async (from) => {
    const found = await judged(save(copy(fromClient(tagged(7), bare), 0, from)));
    expect(found).toHaveLength(1);
    expect((found[0]?.packets[0] ?? 0) + (found[0]?.packets[1] ?? 0)).toBe(16 - from);
  });

  test('the tag of the client changes on the way', async () => {
    let seen = 0;
    const path = save(copy((frame) => (isClients(frame) && seen++ > 2 ? tagged(8) : tagged(7))(frame), 0));
    expect(await judged(path)).toEqual([{ ...original, via: 'vlan 7' }]);
  });
});

test('a UDP flow of which only the questions are tagged is one; in two VLANs it is two', async () => {
  const datagram = (question: boolean): Buffer => {
    const [source, target] = question ? [5000, 53] : [53, 5000];
    const ip = [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0];
    const ends = question ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1];
    return Buffer.from([
      ...new Array<number>(12).fill(2),
      8,
      0,
      ...ip,
      ...ends,
      ...be16(source),
      ...be16(target),
      0,
      10,
      0,
      0,
      1,
      2,
    ]);
  };
  const flowsOf = async (question: Wrap, answer: Wrap): Promise<number[][]> => {
    const turns = [true, false, true, false].map((asks, at) => ({
      at,
      data: (asks ? question : answer)(datagram(asks)),
    }));
    const { udpFlows } = await analyzeFiles([save(turns)]);
    return udpFlows.map(({ traffic }) => [traffic.client.packets, traffic.server.packets]);
  };
  expect(await flowsOf(tagged(7), bare)).toEqual([[2, 2]]);
  expect(await flowsOf(bare, tagged(7))).toEqual([[2, 2]]);
  expect(await flowsOf(tagged(7), tagged(8))).toEqual([
    [2, 0],
    [2, 0],
  ]);
});

test('an analysis does not depend on one before it in the same process', async () => {
  const path = save(copy(tagged(7), 0), copy(tagged(8), SHIFT));
  const before = await analyzeFiles([path]);
  expect(before.connections.map(({ via }) => via)).toEqual([
    [{ kind: 'vlan', id: 7 }],
    [{ kind: 'vlan', id: 8 }],
  ]);
  const networks = 70_000;
  const datagram = udp([], 9);
  const ended = await analyzeFiles([
    save(
      Array.from({ length: networks }, (_, id) => {
        const inside = ethernet(ipv4(datagram, 17, { source: be32(0x0a000000 + id) }));
        const around = outerUdp([8, 0, 0, 0, ...be24(id), 0, ...inside], 4789);
        return { at: id, data: Buffer.from(ethernet(around)) };
      }),
    ),
  ]);
  expect(ended.udpFlows.filter(({ via }) => via.length > 0)).toHaveLength(MAX_PATHS - 1);
  expect(await analyzeFiles([path])).toEqual(before);
});

describe('it is shown', () => {
  const path = save(copy((frame) => inVxlan(99)(tagged(7)(frame)), 0));

  test('above the ladder', async () => {
    const { stdout } = await runCli(['analyze', path]);
    expect(stdout).toMatch(/^via VXLAN 99, VLAN 7$/m);
  });

  test('in the table, where there is room', async () => {
    const { stdout } = await runCli(['analyze', path, '--width', '120', '--limit', '9']);
    expect(stdout).toMatch(/^# .*server +via +outcome/m);
    expect(stdout).toMatch(/^0 .*:7777 +VXLAN 99, VLAN 7 +closed by/m);
    expect((await runCli(['analyze', recording, '--width', '120', '--limit', '9'])).stdout).not.toMatch(
      / via /,
    );
  });

  test('in JSON', async () => {
    const { stdout } = await runCli(['analyze', path, '--format', 'json']);
    expect(JSON.parse(stdout).connections[0].via).toEqual([
      { kind: 'vxlan', id: 99 },
      { kind: 'vlan', id: 7 },
    ]);
  });
});
