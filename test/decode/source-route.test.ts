/** The destination of a packet on a source route is the last address of the route, not the next router's. */
import { describe, expect, test } from 'vitest';
import { CHECKSUM_HOLDS, lookAtChecksum } from '../../src/decode/checksum.js';
import { ICMP_ERROR, OTHER, TCP } from '../../src/decode/packet.js';
import { type Bytes, be16, CLIENT, FAR, ipv4, ipv6, NEAR, outer, tcp, zeros } from './bytes.js';
import { decoded, sourceText, targetText } from './decoded.js';

/** From CLIENT to SERVER by the header, with these options. */
function routed(options: Bytes, inside: Bytes = tcp(), protocol = 6): Bytes {
  const padded = [...options, ...zeros(-options.length & 3)];
  const plain = ipv4([...padded, ...inside], protocol);
  return [0x45 + padded.length / 4, ...plain.slice(1)];
}

const route = (pointer: number, type = 131): Bytes => [type, 11, pointer, ...NEAR, ...FAR];

describe('IPv4', () => {
  test.each<[string, Bytes, string]>([
    ['a loose route at its beginning', route(4), '192.0.2.2'],
    ['a loose route in its middle', route(8), '192.0.2.2'],
    ['a loose route at its end', route(12), '10.0.0.2'],
    ['a strict route at its beginning', route(4, 137), '192.0.2.2'],
    ['a strict route in its middle', route(8, 137), '192.0.2.2'],
    ['a strict route at its end', route(12, 137), '10.0.0.2'],
    ['behind other options', [1, 7, 7, 4, ...zeros(4), ...route(4)], '192.0.2.2'],
    ['a recorded route', [7, 11, 4, ...NEAR, ...FAR], '10.0.0.2'],
    ['behind the end of options', [0, ...route(4)], '10.0.0.2'],
    ['a pointer before the first address', route(0), '10.0.0.2'],
    ['a pointer between addresses', route(5), '10.0.0.2'],
    ['a pointer far beyond', route(255), '10.0.0.2'],
    ['addresses that are not whole', [131, 10, 4, ...NEAR, ...FAR.slice(1)], '10.0.0.2'],
    ['no address', [131, 3, 4], '10.0.0.2'],
    ['a route that is longer than the options', [131, 40, 4, ...NEAR, ...FAR], '10.0.0.2'],
    ['an option of length 0', [68, 0, ...route(4)], '10.0.0.2'],
  ])('%s', (_, options, target) => {
    const packet = decoded(101, routed(options));
    expect([packet.kind, sourceText(packet), targetText(packet)]).toEqual([TCP, '10.0.0.1', target]);
  });

  test('the checksum is that of the final destination (RFC 1122 4.1.3.4)', () => {
    // of the segment from CLIENT to FAR
    const sum = [...CLIENT, ...FAR, 0, 6, ...be16(tcp().length), ...tcp(), 0].reduce(
      (total, byte, index) => total + (index % 2 === 0 ? byte << 8 : byte),
      0,
    );
    const checksum = ~((sum & 0xffff) + (sum >>> 16));
    const segment = [...tcp().slice(0, 16), ...be16(checksum), ...tcp().slice(18)];
    expect(lookAtChecksum(decoded(101, routed(route(4), segment)))).toBe(CHECKSUM_HOLDS);
    expect(lookAtChecksum(decoded(101, routed(route(12), segment)))).not.toBe(CHECKSUM_HOLDS);
  });

  test('fragments on a route are reassembled', () => {
    const packet = decoded(101, routed(route(4), tcp().slice(0, 16)));
    const piece = (inside: Bytes, fragment: number): Bytes => {
      const bytes = routed(route(4), inside);
      return [...bytes.slice(0, 6), ...be16(fragment), ...bytes.slice(8)];
    };
    expect(decoded(101, piece(tcp().slice(0, 16), 0x2000), { packet }).kind).toBe(OTHER);
    expect(decoded(101, piece(tcp().slice(16), 2), { packet }).kind).toBe(TCP);
    expect(targetText(packet)).toBe('192.0.2.2');
  });

  test('an ICMP error quotes the route too', () => {
    const packet = decoded(101, outer([11, 0, ...zeros(6), ...routed(route(4)).slice(0, 40)], 1));
    expect([packet.kind, sourceText(packet), targetText(packet)]).toEqual([
      ICMP_ERROR,
      '10.0.0.1',
      '192.0.2.2',
    ]);
    expect(packet.icmpSource3 >>> 0).toBe(0xc0000201);
  });

  test('options that were not captured have no effect', () => {
    expect(decoded(101, routed(route(4)), { captured: 28 }).kind).toBe(OTHER);
  });
});

const address = (last: number): Bytes => [0x20, 1, 0x0d, 0xb8, ...zeros(11), last];
const routing = (type: number, left: number, ...addresses: Bytes[]): Bytes => [
  6,
  addresses.length * 2,
  type,
  left,
  ...zeros(4),
  ...addresses.flat(),
];

describe('IPv6', () => {
  test.each<[string, number, Bytes, string, string]>([
    ['type 0, at its beginning', 43, routing(0, 2, address(8), address(9)), '2001:db8::1', '2001:db8::9'],
    ['type 0, in its middle', 43, routing(0, 1, address(8), address(9)), '2001:db8::1', '2001:db8::9'],
    ['type 0, at its end', 43, routing(0, 0, address(8), address(9)), '2001:db8::1', '2001:db8::2'],
    ['type 0, more left than there are', 43, routing(0, 3, address(8)), '2001:db8::1', '2001:db8::2'],
    ['type 0 of nothing', 43, routing(0, 1), '2001:db8::1', '2001:db8::2'],
    ['the home address of a mobile host', 43, routing(2, 1, address(9)), '2001:db8::1', '2001:db8::9'],
    ['segments, the last one first', 43, routing(4, 1, address(9), address(8)), '2001:db8::1', '2001:db8::9'],
    ['segments, at the last', 43, routing(4, 0, address(9), address(8)), '2001:db8::1', '2001:db8::2'],
    ['another type', 43, routing(253, 1, address(9)), '2001:db8::1', '2001:db8::2'],
    ['from a mobile host', 60, [6, 2, 201, 16, ...address(7), 1, 2, 0, 0], '2001:db8::7', '2001:db8::2'],
    ['the same, padded before', 60, [6, 2, 0, 1, 1, 0, 201, 16, ...address(7)], '2001:db8::7', '2001:db8::2'],
    ['an option that is too long', 60, [6, 0, 201, 16, ...zeros(4)], '2001:db8::1', '2001:db8::2'],
  ])('%s', (_, next, header, source, target) => {
    const packet = decoded(101, ipv6([...header, ...tcp()], next));
    expect([packet.kind, sourceText(packet), targetText(packet)]).toEqual([TCP, source, target]);
    const quote = ipv6([...header, ...tcp()], next);
    const error = decoded(101, ipv6([3, 0, ...zeros(6), ...quote], 58));
    expect([error.kind, sourceText(error), targetText(error)]).toEqual([ICMP_ERROR, source, target]);
  });
});

test('both ends of a connection of a mobile host are the same in both directions', () => {
  const home = address(7);
  const out = decoded(101, ipv6([...[6, 2, 201, 16, ...home, 1, 2, 0, 0], ...tcp()], 60));
  const back = decoded(101, ipv6([...routing(2, 1, home), ...tcp()], 43));
  expect(sourceText(out)).toBe(targetText(back));
});
