import { describe, expect, test } from 'vitest';
import { OTHER, Packet, TCP, UDP } from '../../src/decode/packet.js';
import { isBroadcast } from '../../src/track/udp/flows.js';
import { type Bytes, be16, be32, ethernet, gre, ipv4, ipv6, outer, tcp, udp, vlan } from './bytes.js';
import { decoded, pathText, payload, sourceText } from './decoded.js';

const data = Array.from({ length: 100 }, (_, index) => index);
const segment = tcp(data);

interface Part {
  from: number;
  to: number;
  more?: boolean;
  id?: number;
  content?: Bytes;
}

function fragment4({ from, to, more = to < segment.length, id = 7, content = segment }: Part): Bytes {
  return ipv4(content.slice(from, to), 6, { offset: from, more, id });
}

function fragment6({ from, to, more = to < segment.length, id = 7, content = segment }: Part): Bytes {
  const header = [6, 0, ...be16(from | (more ? 1 : 0)), ...be32(id)];
  return ipv6([...header, ...content.slice(from, to)], 44);
}

/** Decodes raw IP packets one after the other; the kind of each. */
function kinds(packet: Packet, frames: readonly Bytes[], seconds = 1000): number[] {
  return frames.map((bytes) => decoded(101, bytes, { packet, seconds }).kind);
}

describe.each([
  ['IPv4', fragment4, '10.0.0.1'],
  ['IPv6', fragment6, '2001:db8::1'],
] as const)('%s', (_, fragment, source) => {
  const parts = [
    fragment({ from: 0, to: 48 }),
    fragment({ from: 48, to: 96 }),
    fragment({ from: 96, to: 120 }),
  ];
  const [first = [], second = [], third = []] = parts;

  test.each([
    ['in order', [first, second, third]],
    ['backwards', [third, second, first]],
    ['with one repeated', [first, second, second, first, third]],
  ])('the datagram counts in the frame that completes it: %s', (_name, frames) => {
    const packet = new Packet();
    const others = frames.slice(1).map(() => OTHER);
    expect(kinds(packet, frames)).toEqual([...others, TCP]);
    expect([packet.payloadLength, payload(packet), sourceText(packet)]).toEqual([100, data, source]);
    expect([packet.ipOffset, packet.fragments.waiting.datagrams]).toEqual([-1, 0]);
  });

  test('two datagrams at once, distinguished by their identification', () => {
    const other = [fragment({ from: 0, to: 48, id: 8 }), fragment({ from: 48, to: 120, id: 8 })];
    const packet = new Packet();
    expect(kinds(packet, [first, ...other, second, third])).toEqual([OTHER, OTHER, TCP, OTHER, TCP]);
  });

  test('a fragment 31 seconds later belongs to another datagram', () => {
    const packet = new Packet();
    kinds(packet, [first, second]);
    expect(kinds(packet, [third], 1031)).toEqual([OTHER]);
    expect(kinds(packet, [first, second], 1032)).toEqual([OTHER, TCP]);
  });

  test('a fragment that the snap length cut completes nothing; in IPv4 the first shows its header', () => {
    const packet = new Packet();
    const shown = decoded(101, first, { captured: first.length - 10, packet });
    expect(shown.kind).toBe(fragment === fragment4 ? TCP : OTHER);
    if (shown.kind === TCP) expect(shown.payloadLength).toBe(28);
    expect(shown.fragments.waiting.datagrams).toBe(0);
    expect(decoded(101, second, { captured: second.length - 1, packet }).kind).toBe(OTHER);
  });

  test('tiny fragments hide nothing', () => {
    const frames: Bytes[] = [];
    for (let from = 0; from < 120; from += 8) frames.push(fragment({ from, to: from + 8 }));
    const packet = new Packet();
    expect(kinds(packet, frames).at(-1)).toBe(TCP);
    expect(payload(packet)).toEqual(data);
  });

  test('a datagram that would be longer than any is dropped', () => {
    const packet = new Packet();
    expect(kinds(packet, [fragment({ from: 0, to: 120, more: true })])).toEqual([OTHER]);
    const end = fragment({ from: 65_528, to: 65_528 + 100, content: new Array(65_640).fill(0), more: false });
    expect(kinds(packet, [end])).toEqual([OTHER]);
    expect(packet.fragments.waiting.datagrams).toBe(1);
  });
});

describe('overlaps', () => {
  const lies = segment.map((byte, index) => (index < 64 ? byte : 0xff));

  test('IPv4: the fragment that begins first wins', () => {
    const packet = new Packet();
    const frames = [fragment4({ from: 0, to: 80 }), fragment4({ from: 64, to: 120, content: lies })];
    expect(kinds(packet, frames)).toEqual([OTHER, TCP]);
    expect(payload(packet)).toEqual([...data.slice(0, 60), ...new Array(40).fill(0xff)]);
  });

  test('IPv6: the datagram is discarded, with the fragments still to come (RFC 5722)', () => {
    const packet = new Packet();
    const frames = [
      fragment6({ from: 0, to: 80 }),
      fragment6({ from: 64, to: 120 }),
      fragment6({ from: 80, to: 120 }),
    ];
    expect(kinds(packet, frames)).toEqual([OTHER, OTHER, OTHER]);
    expect(packet.fragments.waiting.bytes).toBe(0);
  });
});

describe('where fragments were found', () => {
  test('those of different VLANs are not mixed', () => {
    const packet = new Packet();
    const tagged = (id: number, part: Part) => ethernet(vlan(id, fragment4(part)), 0x8100);
    const frames = [
      tagged(7, { from: 0, to: 48 }),
      tagged(8, { from: 48, to: 120 }),
      tagged(7, { from: 48, to: 120 }),
    ];
    expect(frames.map((bytes) => decoded(1, bytes, { packet }).kind)).toEqual([OTHER, OTHER, TCP]);
    expect(pathText(packet)).toBe('vlan 7');
  });

  test('a tunnel may be fragmented, and its content again', () => {
    const inside = gre(0x0800, fragment4({ from: 0, to: 48 }));
    const whole = outer(gre(0x0800, fragment4({ from: 48, to: 120 })), 47);
    const options = { source: whole.slice(12, 16), target: whole.slice(16, 20), id: 9 };
    const frames = [
      ipv4(inside.slice(0, 32), 47, { ...options, more: true }),
      ipv4(inside.slice(32), 47, { ...options, offset: 32 }),
      whole,
    ];
    const packet = new Packet();
    expect(kinds(packet, frames)).toEqual([OTHER, OTHER, TCP]);
    expect([pathText(packet), payload(packet)]).toEqual(['gre', data]);
  });

  test('the link layer is not searched in a reassembled datagram', () => {
    const packet = new Packet();
    const whole = outer(udp(data, 9), 17);
    const pieces = [
      ethernet(ipv4(whole.slice(0, 64), 4, { more: true })),
      ethernet(ipv4(whole.slice(64), 4, { offset: 64 })),
    ];
    expect(pieces.map((bytes) => decoded(1, bytes, { packet }).kind)).toEqual([OTHER, UDP]);
    expect([packet.ipOffset, packet.ethernetOffset]).toEqual([0, -1]);
    expect(isBroadcast(packet)).toBe(false);
  });

  test.each([
    ['IPv4', (part: Bytes, offset: number) => ethernet(ipv4(part, 4, { id: 9, offset, more: offset === 0 }))],
    [
      'IPv6',
      (part: Bytes, offset: number) =>
        ethernet(ipv6([4, 0, ...be16(offset | (offset === 0 ? 1 : 0)), ...be32(9), ...part], 44), 0x86dd),
    ],
  ] as const)('an %s tunnel that was fragmented has no Ethernet header in front', (_, frameOf) => {
    const inside = ipv4(segment);
    const packet = new Packet();
    decoded(1, frameOf(inside.slice(0, 32), 0), { packet });
    expect(packet.ethernetOffset).toBeGreaterThanOrEqual(0);
    expect(decoded(1, frameOf(inside.slice(32), 32), { packet }).kind).toBe(TCP);
    // the view is of the datagram's own bytes: an offset in the frame may lie beyond their end
    expect(packet.ethernetOffset).toBe(-1);
    expect(payload(packet)).toEqual(data);
  });
});

test('memory is bounded: the oldest datagrams are evicted', () => {
  const packet = new Packet();
  for (let id = 0; id < 10_000; id++) kinds(packet, [fragment4({ from: 0, to: 48, id })]);
  expect(packet.fragments.waiting.datagrams).toBe(4096);
  const rest = (id: number) => kinds(packet, [fragment4({ from: 48, to: 120, id })]);
  expect([rest(9999), rest(0)]).toEqual([[TCP], [OTHER]]);
  const big = new Array<number>(60_000).fill(1);
  for (let id = 0; id < 1000; id++)
    kinds(packet, [ipv4(big.slice(0, 1400), 6, { id, offset: 1400 * 8, more: true })]);
  for (let id = 0; id < 400; id++) kinds(packet, [ipv4(big, 6, { id, more: true })]);
  expect(packet.fragments.waiting.bytes).toBeLessThanOrEqual(16 * 1024 * 1024);
});
