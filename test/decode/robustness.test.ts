/** Packet content never throws, nothing is read beyond what was captured, and time is bounded. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeNext } from '../../src/decode/aggregate.js';
import { DECODED_LINK_TYPES } from '../../src/decode/formats.js';
import { ICMP_ERROR, OTHER, Packet, TCP, UDP } from '../../src/decode/packet.js';
import { type Bytes, outer, outerUdp, zeros } from './bytes.js';
import { decoded } from './decoded.js';
import { OTHERS, VARIANTS } from './variants.js';

const linkTypes = [...DECODED_LINK_TYPES.keys()];
const frames = [...VARIANTS, ...OTHERS];

/** All packets of a frame. */
function check(packet: Packet): void {
  do one(packet);
  while (decodeNext(packet));
}

function one(packet: Packet): void {
  const { kind, stop, broken, view, captureEnd, transportOffset, payloadOffset, payloadLength } = packet;
  expect([OTHER, TCP, UDP, ICMP_ERROR]).toContain(kind);
  expect(stop === '').toBe(kind !== OTHER && !broken);
  expect(packet.depth).toBeLessThanOrEqual(17);
  if (kind === OTHER) return;
  const { ethernetOffset } = packet;
  if (ethernetOffset >= 0) expect(ethernetOffset + 14).toBeLessThanOrEqual(view.byteLength);
  expect(broken).toBe(stop === 'malformed TCP header length');
  expect(captureEnd).toBeLessThanOrEqual(view.byteLength);
  expect(transportOffset).toBeGreaterThanOrEqual(0);
  expect(transportOffset + 8).toBeLessThanOrEqual(captureEnd);
  expect([4, 6]).toContain(packet.ipVersion);
  if (kind === ICMP_ERROR) return;
  expect(payloadOffset).toBeGreaterThanOrEqual(transportOffset + (broken ? 0 : 8));
  expect(payloadLength).toBeGreaterThanOrEqual(0);
  expect(packet.paths.describe(packet.path).length).toBeLessThanOrEqual(64);
}

describe('never throws', { timeout: 60_000 }, () => {
  test('random bytes over every link type', () => {
    const packet = new Packet();
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...linkTypes, 147, 65_535), bytes, (linkType, content) => {
        check(decoded(linkType, content, { packet }));
      }),
      { numRuns: 10_000 },
    );
  });

  test('valid frames cut anywhere', () => {
    for (const { linkType, bytes } of frames) {
      for (let captured = 0; captured <= bytes.length; captured++) {
        const packet = decoded(linkType, bytes, { captured });
        check(packet);
        check(decoded(linkType, bytes.slice(0, captured)));
      }
    }
  });

  test('valid frames with bytes changed, cut, repeated', () => {
    const packet = new Packet();
    const changes = fc.array(fc.tuple(fc.nat(199), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.constantFrom(...frames),
        changes,
        fc.nat(300),
        fc.nat(60),
        (frame, edits, length, seconds) => {
          const bytes = [...frame.bytes];
          for (const [at, value] of edits) bytes[at % bytes.length] = value;
          const captured = Math.min(length, bytes.length);
          check(decoded(frame.linkType, bytes, { captured, packet, seconds }));
          check(decoded(frame.linkType, bytes, { packet, seconds: 1000 + seconds }));
        },
      ),
      { numRuns: 15_000 },
    );
  });
});

describe('time is bounded', () => {
  const ported = (port: number, unit: Bytes): Bytes => {
    let inside: Bytes = zeros(40);
    for (let depth = 0; depth < 60; depth++) inside = outerUdp([...unit, ...inside], port);
    return inside;
  };
  const repeated = (unit: Bytes, count: number): Bytes => new Array<Bytes>(count).fill(unit).flat();

  test.each<[string, number, Bytes]>([
    ['IP in IP without end', 101, outer(repeated(outer([], 4).slice(0, 20), 3000), 4)],
    ['VXLAN without end', 101, ported(4789, [8, 0, 0, 0, 0, 0, 1, 0, ...zeros(12), 8, 0])],
    ['GTP-U without end', 101, ported(2152, [0x30, 0xff, 0xff, 0xff, 0, 0, 0, 1])],
    ['VLAN tags without end', 1, [...zeros(12), ...repeated([0x81, 0, 0, 1], 15_000)]],
    ['MPLS labels without end', 1, [...zeros(12), 0x88, 0x47, ...zeros(60_000)]],
    ['IPv6 options without end', 229, [0x60, 0, 0, 0, 0xff, 0xff, 0, 9, ...zeros(60_000)]],
    ['AH without end', 101, outer(repeated([51, 1, 0, 0, ...zeros(8)], 5000), 51)],
    [
      'A-MSDU subframes of little',
      105,
      [0x88, 2, ...zeros(22), 0x80, 0, ...repeated([...zeros(13), 2, 0xaa, 0xaa], 4000)],
    ],
    ['A-MSDU subframes of nothing', 105, [0x88, 2, ...zeros(22), 0x80, 0, ...zeros(60_000)]],
    ['AYIYA without end', 101, ported(5072, [0x01, 0x02, 0x11, 4, ...zeros(5)])],
    ['FabricPath without end', 1, repeated([...zeros(12), 0x89, 0x03, 0, 0], 4000)],
    ['E-Tags without end', 1, [...zeros(12), ...repeated([0x89, 0x3f, ...zeros(6)], 7000)]],
    ['IPv4 options of nothing', 101, [0x4f, 0, 0, 60, ...zeros(5), 6, ...zeros(10), ...repeated([1], 40)]],
    [
      'IPv6 routes without end',
      229,
      [0x60, 0, 0, 0, 0xff, 0xff, 43, 9, ...zeros(32), ...repeated([43, 0, 0, 1, ...zeros(4)], 7000)],
    ],
    [
      'IPv6 destination options without end',
      229,
      [0x60, 0, 0, 0, 0xff, 0xff, 60, 9, ...zeros(32), ...repeated([60, 255, ...zeros(2046)], 30)],
    ],
    ['TZSP padding', 101, outerUdp([1, 0, 0, 1, ...zeros(60_000)], 37008)],
    ['NFLOG attributes', 239, [2, 0, 0, 0, ...repeated([4, 0, 1, 0], 15_000)]],
    ['PPI of PPI', 192, repeated([0, 0, 8, 0, 192, 0, 0, 0], 7000)],
    ['PKTAP of PKTAP', 258, repeated([12, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0], 5000)],
    ['PPP multilink of itself', 9, repeated([0, 0x3d, 0xc0, 0, 0, 1], 10_000)],
    ['bridged PPP of itself', 9, repeated([0, 0x31, 0, 1, ...zeros(12), 0x88, 0x0b], 4000)],
  ])('%s', (_, linkType, bytes) => {
    const packet = new Packet();
    decoded(linkType, bytes, { packet });
    const started = performance.now();
    for (let run = 0; run < 10; run++) decoded(linkType, bytes, { packet });
    // microseconds each; the limit leaves room for a busy machine
    expect((performance.now() - started) / 10).toBeLessThan(20);
    check(packet);
  });
});
