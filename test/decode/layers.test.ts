import { describe, expect, test } from 'vitest';
import { ICMP_ERROR, OTHER, TCP, UDP } from '../../src/decode/packet.js';
import {
  ACKNOWLEDGEMENT,
  be16,
  be32,
  ethernet,
  gre,
  ipv4,
  ipv6,
  network,
  outer,
  outerUdp,
  PAYLOAD,
  SEQUENCE,
  snap,
  tcp,
  udp,
  vlan,
  wifi,
  zeros,
} from './bytes.js';
import { decoded, pathText, payload, sourceText, targetText } from './decoded.js';
import { VARIANTS } from './variants.js';

describe('every link type, network layer and tunnel leads to the same segment', () => {
  test.each(VARIANTS.map((variant) => [variant.name, variant] as const))('%s', (_, variant) => {
    const packet = decoded(variant.linkType, variant.bytes);
    expect({ kind: packet.kind, stop: packet.stop, broken: packet.broken }).toEqual({
      kind: TCP,
      stop: '',
      broken: false,
    });
    const six = variant.version === 6;
    expect(sourceText(packet)).toBe(six ? '2001:db8::1' : '10.0.0.1');
    expect(targetText(packet)).toBe(six ? '2001:db8::2' : '10.0.0.2');
    expect([packet.sourcePort, packet.targetPort, packet.flags, packet.window]).toEqual([
      40000, 80, 0x18, 512,
    ]);
    expect(packet.sequence >>> 0).toBe(SEQUENCE);
    expect(packet.acknowledgement >>> 0).toBe(ACKNOWLEDGEMENT);
    expect(packet.payloadLength).toBe(PAYLOAD.length);
    expect(payload(packet)).toEqual(PAYLOAD);
    expect(pathText(packet)).toBe(variant.path ?? '');
  });
});

describe('lengths come from the headers', () => {
  const frame = ethernet(ipv4(tcp(zeros(1000))));

  test('where the snap length cut the payload', () => {
    const packet = decoded(1, frame, { captured: 60 });
    expect([packet.kind, packet.payloadLength, payload(packet).length]).toEqual([TCP, 1000, 6]);
  });

  test.each([
    [15, OTHER],
    [16, TCP],
    [19, TCP],
  ])('of a TCP header cut after %i bytes', (length, kind) => {
    const packet = decoded(1, frame, { captured: 34 + length });
    expect(packet.kind).toBe(kind);
    expect(packet.broken).toBe(kind === OTHER);
    if (kind === TCP) expect([packet.payloadLength, packet.window, payload(packet)]).toEqual([1000, 512, []]);
  });

  test('where an FCS follows', () => {
    const raw = [...ipv4(tcp(), 6, { totalLength: 0 }), 1, 2, 3, 4];
    expect(decoded(1, ethernet(raw), { fcsLength: 4 }).payloadLength).toBe(PAYLOAD.length);
    expect(decoded(1, ethernet(raw)).payloadLength).toBe(PAYLOAD.length + 4);
  });

  test('of an IPv4 packet that claims more than was on the wire', () => {
    expect(decoded(101, ipv4(tcp(), 6, { totalLength: 500 })).payloadLength).toBe(PAYLOAD.length);
  });

  test.each([
    [0x40, [9, 0, 0, 0]],
    [0x70, [0, 0x18, ACKNOWLEDGEMENT, 512]],
  ])('an impossible header length gives a TCP packet that is broken', (dataOffset, expected) => {
    const packet = decoded(101, ipv4([...tcp().slice(0, 12), dataOffset, ...tcp().slice(13)]));
    expect([packet.kind, packet.broken, packet.stop]).toEqual([TCP, true, 'malformed TCP header length']);
    const { payloadLength, flags, acknowledgement, window } = packet;
    expect([payloadLength, flags, acknowledgement >>> 0, window]).toEqual(expected);
    expect(packet.sequence >>> 0).toBe(SEQUENCE);
  });

  test('padding is not read as a header', () => {
    const packet = decoded(1, ethernet([...ipv4(tcp().slice(0, 10)), ...zeros(16)]));
    expect([packet.kind, packet.stop]).toEqual([OTHER, 'TCP header cut short']);
  });

  test('BIG TCP in IPv6 beyond 65,535 bytes', () => {
    const length = 100_000;
    const jumbo = ipv6([6, 0, 0xc2, 4, ...be32(8 + 20 + length), ...tcp(zeros(length))], 0, 0);
    expect(decoded(1, ethernet(jumbo, 0x86dd), { captured: 200 }).payloadLength).toBe(length);
  });
});

describe('802.11 in CAPWAP', () => {
  const inside = snap(ipv4(tcp()));
  /** Frame control and sequence control as they stand in the frame. */
  const capwap = (
    control: [number, number],
    sequence: [number, number],
    body: readonly number[] = inside,
  ) => {
    const frame = wifi(body);
    const swapped = [...control, ...frame.slice(2, 22), ...sequence, ...frame.slice(24)];
    return decoded(101, outerUdp([0, 0x10, 3, 0, ...zeros(4), ...swapped], 5247));
  };

  test.each<[string, [number, number], [number, number], number]>([
    ['as in the standard', [8, 1], [0x30, 0x76], TCP],
    ['as in the standard, a fragment', [8, 1], [0x31, 0x76], UDP],
    ['as in the standard, the first fragment', [8, 5], [0x30, 0x76], UDP],
    ['swapped', [1, 8], [0x76, 0x30], TCP],
    ['swapped, a fragment', [1, 8], [0x76, 0x31], UDP],
    ['swapped, the first fragment', [5, 8], [0x76, 0x30], UDP],
    ['swapped, except sequence control', [1, 8], [0x30, 0x76], TCP],
    ['swapped, encrypted', [0x41, 8], [0x76, 0x30], UDP],
  ])('%s', (_, control, sequence, kind) => {
    expect(capwap(control, sequence).kind).toBe(kind);
  });

  test('the last fragment does not begin with LLC, whatever its number looks like', () => {
    // as an IP packet that could be one
    const rest = [0, 0, 6, 0, ...inside.slice(4)];
    expect(capwap([1, 8], [0x70, 0x31], rest).kind).toBe(UDP);
    expect(capwap([1, 8], [0x70, 0x31]).kind).toBe(TCP);
  });

  test('a fragment of CAPWAP itself', () => {
    const frame = wifi(inside);
    expect(decoded(101, outerUdp([0, 0x10, 3, 0x80, ...zeros(4), ...frame], 5247)).kind).toBe(UDP);
  });
});

test('the first fragment of an ARCNET packet has the length of its IP header', () => {
  const whole = ipv4(tcp(zeros(900)));
  const packet = decoded(7, [1, 2, 0xd4, 1, 0, 9, ...whole.slice(0, 504)]);
  expect([packet.kind, packet.payloadLength, payload(packet).length]).toEqual([TCP, 900, 464]);
});

describe('other protocols are named', () => {
  test.each([
    ['ARP', 1, ethernet(zeros(28), 0x0806), false],
    ['other EtherType', 1, ethernet(zeros(28), 0x1234), false],
    ['MACsec', 1, ethernet(zeros(28), 0x88e5), false],
    ['IEEE 802.2 LLC', 1, ethernet([0x42, 0x42, 3, ...zeros(35)], 38), false],
    ['PPPoE discovery', 1, ethernet(zeros(28), 0x8863), false],
    ['ESP', 101, ipv4(zeros(20), 50), false],
    ['SCTP', 101, ipv4(zeros(20), 132), false],
    ['ARCNET fragment', 129, [1, 2, 0, 0, 0xd4, 2, 0, 9, ...zeros(40)], false],
    ['ARP', 7, [1, 2, 0xd5, 0, 0, 9, ...zeros(20)], false],
    ['other ARCNET protocol', 7, [1, 2, 0xcd, ...zeros(20)], false],
    ['ARCNET header cut short', 7, [1, 2, 0xd4, 0xff, 0xff, 0xff, 0xd4], true],
    ['tag cut short', 1, ethernet([0, 0, 0, 0, 0, 0, 8], 0x893f), true],
    ['Ethernet cut short', 1, ethernet([0, 0x60, ...zeros(13)], 0x8903), true],
    ['other IP protocol', 101, ipv4(zeros(20), 89), false],
    ['ICMP', 101, ipv4([8, 0, ...zeros(10)], 1), false],
    ['encrypted 802.11 data', 105, wifi(snap(ipv4(tcp())), 0, 0x41), false],
    ['802.11 management or control', 105, [0x80, ...zeros(40)], false],
    ['802.11 without data', 105, wifi([], 4), false],
    ['GRE acknowledgement', 101, outer(gre(0x880b, [], 0x2081, [0, 0, 0, 9, ...be32(1)]), 47), false],
    ['compressed PPP', 9, [0xff, 3, 0, 0xfd, 1, 2], false],
    ['unknown link type', 147, zeros(60), false],
    ['malformed IPv4 header', 101, [0x44, ...zeros(30)], true],
    ['malformed IPv4 length', 101, ipv4(tcp(), 6, { totalLength: 19 }), true],
    ['neither IPv4 nor IPv6', 101, zeros(40), true],
    ['Ethernet cut short', 1, zeros(10), true],
  ] as const)('%s', (stop, linkType, bytes, broken) => {
    const packet = decoded(linkType, bytes);
    expect([packet.kind, packet.stop, packet.broken]).toEqual([OTHER, stop, broken]);
  });

  test('headers nested too deep', () => {
    let bytes = ipv4(tcp());
    for (let depth = 0; depth < 40; depth++) bytes = outer(bytes, 4);
    expect(decoded(101, bytes).stop).toBe('headers nested too deep');
    let tags = ipv4(tcp());
    for (let depth = 0; depth < 40; depth++) tags = vlan(7, tags, depth === 0 ? 0x0800 : 0x8100);
    expect(decoded(1, ethernet(tags, 0x8100)).stop).toBe('VLAN tags nested too deep');
  });
});

describe('UDP', () => {
  test('ports and payload', () => {
    const packet = decoded(101, ipv4(udp(PAYLOAD, 53), 17));
    expect([packet.kind, packet.sourcePort, packet.targetPort]).toEqual([UDP, 50000, 53]);
    expect(payload(packet)).toEqual(PAYLOAD);
  });

  test.each([
    ['VXLAN with ARP', [8, 0, 0, 0, ...network(9), ...ethernet(zeros(28), 0x0806)], 4789],
    ['VXLAN port, other content', PAYLOAD, 4789],
    ['GTP-U echo', [0x32, 1, 0, 4, ...zeros(8)], 2152],
    ['L2TP control', [0xc8, 2, ...be16(12), ...zeros(8)], 1701],
    ['Teredo bubble of nothing', zeros(4), 3544],
    ['AYIYA echo', [0x41, 0x52, 0x12, 59, ...zeros(44)], 5072],
    ['AYIYA cut short', [0xf1, 0xf2, 0x11, 41, ...zeros(44)], 5072],
    ['AYIYA with another protocol', [0x01, 0x02, 0x11, 6, ...zeros(44)], 5072],
  ])('the packet is the datagram where no IP is inside: %s', (_, inside, port) => {
    const packet = decoded(101, outerUdp(inside, port));
    expect([packet.kind, packet.stop, packet.targetPort, packet.path]).toEqual([UDP, '', port, 0]);
    expect(sourceText(packet)).toBe('192.0.2.1');
    expect(payload(packet)).toEqual(inside);
  });
});

describe('ICMP errors quote a packet that is never taken for real', () => {
  const quoted = ipv4(tcp()).slice(0, 28);

  test('IPv4', () => {
    const packet = decoded(101, outer([3, 3, 0, 0, 0, 0, 0, 0, ...quoted], 1));
    expect([packet.kind, packet.icmp, packet.quotedProtocol]).toEqual([ICMP_ERROR, 0x0303, 6]);
    expect([sourceText(packet), packet.sourcePort, packet.targetPort]).toEqual(['10.0.0.1', 40000, 80]);
    expect(packet.sequence >>> 0).toBe(SEQUENCE);
    expect(packet.icmpSource3 >>> 0).toBe(0xc0000201);
  });

  test('IPv6 with extension headers in the quote', () => {
    const inside = ipv6([43, 0, 1, 4, 0, 0, 0, 0, 6, 0, 4, 0, 0, 0, 0, 0, ...tcp()], 0);
    const packet = decoded(101, ipv6([2, 0, 0, 0, 0, 0, 5, 0, ...inside], 58));
    expect([packet.kind, packet.icmp, packet.targetPort]).toEqual([ICMP_ERROR, 0x0200, 80]);
  });

  test('extensions behind the quote are no part of it (RFC 4884)', () => {
    const inside = [0x4f, ...ipv4(zeros(108)).slice(1)];
    const packet = decoded(101, outer([3, 3, 0, 0, 0, 32, 0, 0, ...inside, 0x20, 0, 0, 0], 1));
    expect([packet.kind, packet.broken]).toEqual([ICMP_ERROR, false]);
  });

  test.each([
    ['another protocol', ipv4(zeros(8), 89)],
    ['a later fragment', ipv4(tcp(), 6, { offset: 1480 })],
  ])('of %s: nothing is quoted', (_, inside) => {
    const packet = decoded(101, outer([3, 3, 0, 0, 0, 0, 0, 0, ...inside], 1));
    expect([packet.kind, packet.stop, packet.broken]).toEqual([OTHER, 'ICMP', false]);
    expect(sourceText(packet)).toBe('192.0.2.1');
  });
});
