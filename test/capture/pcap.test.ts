import { describe, expect, test } from 'vitest';
import { type Order, payload, pcap, pcapHeader, read, record, textOf } from './bytes.js';

describe('classic pcap', () => {
  const flavours: [name: string, magic: number, order: Order, nanoseconds: number, extra: number][] = [
    ['microseconds, little-endian', 0xa1b2c3d4, 'little', 123_456_000, 0],
    ['microseconds, big-endian', 0xa1b2c3d4, 'big', 123_456_000, 0],
    ['nanoseconds, little-endian', 0xa1b23c4d, 'little', 123_456, 0],
    ['nanoseconds, big-endian', 0xa1b23c4d, 'big', 123_456, 0],
    ['modified, little-endian', 0xa1b2cd34, 'little', 123_456_000, 8],
    ['modified, big-endian', 0xa1b2cd34, 'big', 123_456_000, 8],
  ];
  test.each(flavours)('%s', async (_, magic, order, nanoseconds, extra) => {
    const packet = record(payload(60), { order, fraction: 123_456, original: 1500, extra });
    const { frames, warnings } = await read(Buffer.concat([pcapHeader({ magic, order }), packet, packet]));
    expect(warnings).toEqual([]);
    expect(frames).toHaveLength(2);
    expect(frames[1]).toMatchObject({
      number: 2,
      seconds: 1_700_000_000,
      nanoseconds,
      linkType: 1,
      originalLength: 1500,
    });
    expect(frames[1]?.data).toEqual(payload(60));
  });

  test('a snap length of 0 is none, and a link type may carry the length of the FCS', async () => {
    const header = pcapHeader({ snaplen: 0, network: 0x2400_0001 });
    const { frames } = await read(Buffer.concat([header, record(payload(2000))]));
    expect(frames[0]).toMatchObject({ linkType: 1, fcsLength: 4, originalLength: 2000 });
  });

  test('version 2.2 has the two lengths in the other order', async () => {
    const packet = record(payload(60), { captured: 1500, original: 60 });
    const { frames } = await read(Buffer.concat([pcapHeader({ version: [2, 2] }), packet]));
    expect(frames[0]).toMatchObject({ originalLength: 1500 });
    expect(frames[0]?.data).toHaveLength(60);
  });

  test('times after 2038 and fractions of more than a second', async () => {
    const packets = [
      record(payload(4), { seconds: 0xf000_0000 }),
      record(payload(4), { seconds: 5, fraction: 2_500_000 }),
    ];
    const { frames } = await read(Buffer.concat([pcapHeader(), ...packets]));
    expect(frames[0]?.seconds).toBe(0xf000_0000);
    expect(frames[1]).toMatchObject({ seconds: 7, nanoseconds: 500_000_000 });
  });

  test('packets without a byte are packets', async () => {
    const { frames, warnings } = await read(pcap(0, 60, 0, 0, 60));
    expect(frames.map(({ data }) => data.length)).toEqual([0, 60, 0, 0, 60]);
    expect(warnings).toEqual([]);
  });

  test.each([1, 3, 7, 16, 64, 1000])('the same in pieces of %i bytes', async (piece) => {
    const whole = pcap(60, 1514, 0, 9000, 60);
    const expected = await read(whole);
    for (const chunk of [16, 100, 1 << 20]) {
      const { frames, codes } = await read(whole, { piece, chunk });
      expect(frames).toEqual(expected.frames);
      expect(codes).toEqual([]);
    }
  });

  test('a record as long as the snap length allows', async () => {
    const long = payload(1_000_000);
    const file = Buffer.concat([pcapHeader({ snaplen: 1_000_000 }), record(long), record(payload(60))]);
    const { frames, codes } = await read(file, { piece: 1000, chunk: 4096 });
    expect(codes).toEqual([]);
    expect(frames[0]?.data.equals(long)).toBe(true);
    expect(frames).toHaveLength(2);
  });
});

describe('damage in classic pcap', () => {
  test('an impossible length: goes on at the next packet, and reports what it skipped', async () => {
    const broken = record(payload(60), { captured: 0xffff_0000 });
    const good = [0, 1, 2].map((i) => record(payload(100, i), { seconds: 1_700_000_001 + i }));
    const file = Buffer.concat([pcapHeader(), record(payload(60)), broken, ...good]);
    for (const piece of [1, 37, 1 << 16]) {
      const { frames, warnings, damaged } = await read(file, { piece, chunk: 64 });
      expect(frames.map(({ data }) => data.length)).toEqual([60, 100, 100, 100]);
      expect(damaged).toBe(true);
      expect(warnings).toEqual([
        {
          code: 'corrupt-length',
          problem: { kind: 'claims-captured', packet: 2, at: 100, captured: 4294901760, most: 262144 },
          continued: { kind: 'skipped', skipped: 76, to: 176 },
          file: 'test.pcap',
          packet: 2,
          offset: 100,
          damage: true,
        },
      ]);
      expect(textOf(warnings[0])).toBe(
        'packet 2 at byte 100 claims 4294901760 captured bytes, at most 262144 expected; 76 bytes were skipped, to byte 176',
      );
    }
  });

  test('pages of zeros in the middle are skipped', async () => {
    const file = Buffer.concat([pcap(60, 60), Buffer.alloc(8192), pcap(60, 60).subarray(24)]);
    const { frames, warnings } = await read(file);
    expect(frames).toHaveLength(4);
    expect(textOf(warnings[0])).toBe(
      'packet 3 at byte 176 has a header of zeros; 8192 bytes were skipped, to byte 8368',
    );
  });

  test('rubbish to the end: reading stops, and says so', async () => {
    const { frames, warnings } = await read(Buffer.concat([pcap(60, 60), Buffer.alloc(100_000, 0xee)]));
    expect(frames).toHaveLength(2);
    expect(warnings).toHaveLength(1);
    expect(textOf(warnings[0])).toContain('no further packet was found, reading ended there');
  });

  test('the search ends after 64 MiB', async () => {
    const file = Buffer.concat([pcap(60, 60), Buffer.alloc(70 << 20, 0xee), pcap(60, 60).subarray(24)]);
    const { frames, codes, reader } = await read(file, { piece: 1 << 22 });
    expect(frames).toHaveLength(2);
    expect(codes).toEqual(['corrupt-length']);
    expect(reader.bytes).toBeLessThan(66 << 20);
  });
});
