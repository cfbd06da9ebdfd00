/** IP payload compression: deflate is inflated, within bounds; other content is named. */
import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { OTHER, TCP } from '../../src/decode/packet.js';
import { type Bytes, be16, ipv4, ipv6, outer, PAYLOAD, tcp, zeros } from './bytes.js';
import { decoded, decoder, pathText, payload } from './decoded.js';

const compressed = (body: Uint8Array | Bytes, next = 6, index = 2): Bytes => [
  next,
  0,
  ...be16(index),
  ...body,
];
const deflated = (inside: Bytes, next = 6, index = 2): Bytes =>
  compressed(deflateRawSync(Uint8Array.from(inside)), next, index);

test('the segment is the one that was compressed', () => {
  const packet = decoded(101, ipv4(deflated(tcp()), 108));
  expect([packet.kind, packet.payloadLength, payload(packet)]).toEqual([TCP, PAYLOAD.length, PAYLOAD]);
  expect(packet.ipOffset).toBe(-1);
});

test('in fragments', () => {
  const packet = decoder();
  const bytes = deflated(tcp());
  expect(decoded(101, ipv4(bytes.slice(0, 16), 108, { more: true }), { packet }).kind).toBe(OTHER);
  expect(decoded(101, ipv4(bytes.slice(16), 108, { offset: 16 }), { packet }).kind).toBe(TCP);
  expect(payload(packet)).toEqual(PAYLOAD);
});

describe('content that cannot be inflated is named', () => {
  const bomb = deflateRawSync(Buffer.alloc(1 << 24));
  test.each<[string, Bytes]>([
    ['LZS', compressed(zeros(40), 6, 3)],
    ['LZJH', compressed(zeros(40), 6, 4)],
    ['an agreed algorithm that is not deflate', compressed([0xff, ...zeros(40)], 6, 300)],
    ['nothing', compressed([])],
    ['with a header that RFC 2394 does not have', compressed(deflateSync(Uint8Array.from(tcp())))],
    ['cut', deflated(tcp()).slice(0, -4)],
    ['one within another', deflated(deflated(tcp()), 108)],
    ['more than any packet may have', compressed(bomb)],
  ])('%s', (_, bytes) => {
    for (const around of [ipv4(bytes, 108), ipv6(bytes, 108)]) {
      const packet = decoded(101, around);
      expect([packet.kind, packet.stop, packet.broken, packet.ipHeaders]).toEqual([
        OTHER,
        'IPComp',
        false,
        1,
      ]);
    }
  });

  test('where the end was not captured: its length is not known', () => {
    const bytes = ipv4(deflated(tcp()), 108);
    for (let captured = 24; captured < bytes.length; captured++)
      expect(decoded(101, bytes, { captured }).stop).toBe('IPComp');
    expect(decoded(101, bytes, { captured: 22 }).stop).toBe('IPComp cut short');
  });
});

test('bombs within bombs cost no more than the headers that may be nested', () => {
  let inside = ipv4([...tcp(), ...zeros(60_000)]);
  for (let depth = 0; depth < 20; depth++) inside = outer(deflated(inside, 4), 108);
  const packet = decoder();
  decoded(101, inside, { packet });
  const started = performance.now();
  decoded(101, inside, { packet });
  // milliseconds; the limit leaves room for a busy machine
  expect(performance.now() - started).toBeLessThan(200);
  expect([packet.kind, packet.stop]).toEqual([OTHER, 'headers nested too deep']);
});

test('a tunnel within is reported, the compression is not', () => {
  const packet = decoded(101, outer(deflated(ipv4(tcp()), 4), 108));
  expect([packet.kind, pathText(packet), packet.ipHeaders]).toEqual([TCP, 'ipip', 2]);
});
