import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openStream } from '../../src/files/open.js';
import {
  block,
  bytes,
  describeInterface,
  enhanced,
  type Order,
  option,
  type PacketShape,
  payload,
  pcapng,
  read,
  readFrames,
  section,
  simple,
  textOf,
} from './bytes.js';

const u8 = (value: number) => bytes('little', ['u8', value]);

describe.each<Order>(['little', 'big'])('pcapng, %s-endian', (order) => {
  const packet = (seed: number, shape: PacketShape = {}) => enhanced(payload(60, seed), { order, ...shape });

  test('packets of several interfaces, each with its link type, resolution and offset', async () => {
    const tsoffset = bytes(order, ['u64', -3600]);
    const second = Buffer.concat([
      option(9, u8(9), order),
      option(14, tsoffset, order),
      option(13, u8(4), order),
    ]);
    const { frames, codes } = await read(
      Buffer.concat([
        section(order),
        describeInterface(order),
        describeInterface(order, { linkType: 101, options: second }),
        packet(0, { time: 1_700_000_000_123_456n, original: 1500 }),
        packet(1, { interfaceId: 1, time: 1_700_000_000_123_456_789n }),
      ]),
    );
    expect(codes).toEqual([]);
    const [first, last] = frames;
    expect(first).toMatchObject({ number: 1, seconds: 1_700_000_000, nanoseconds: 123_456_000, linkType: 1 });
    expect(first).toMatchObject({ interfaceId: 0, fcsLength: 0, originalLength: 1500, data: payload(60, 0) });
    expect(last).toMatchObject({
      number: 2,
      seconds: 1_699_996_400,
      nanoseconds: 123_456_789,
      linkType: 101,
    });
    expect(last).toMatchObject({ interfaceId: 1, fcsLength: 4, originalLength: 60, data: payload(60, 1) });
  });

  test('direction and FCS of a packet', async () => {
    const flags = (value: number) => option(2, bytes(order, ['u32', value]), order);
    const shapes = [0, 1, 2, 3, 0x82].map((value) => packet(1, { options: flags(value) }));
    const { frames } = await read(Buffer.concat([section(order), describeInterface(order), ...shapes]));
    expect(frames.map(({ direction }) => direction)).toEqual([0, 1, 2, 0, 2]);
    expect(frames.map(({ fcsLength }) => fcsLength)).toEqual([0, 0, 0, 0, 4]);
  });

  test('sections of either byte order; interfaces are counted over all of them', async () => {
    const other = order === 'little' ? 'big' : 'little';
    const { frames, codes } = await read(
      Buffer.concat([
        section(order, Buffer.alloc(0), 1000),
        describeInterface(order),
        packet(1),
        section(other),
        describeInterface(other, { linkType: 113 }),
        enhanced(payload(60, 2), { order: other }),
        section(order),
        describeInterface(order, { linkType: 276 }),
        packet(3),
      ]),
    );
    expect(codes).toEqual([]);
    expect(frames.map(({ linkType, interfaceId }) => [linkType, interfaceId])).toEqual([
      [1, 0],
      [113, 1],
      [276, 2],
    ]);
  });

  test('simple packets: cut at the snap length, with the time of the packet before, and one warning', async () => {
    const { frames, codes } = await read(
      Buffer.concat([
        section(order),
        describeInterface(order, { snaplen: 64 }),
        packet(1, { time: 7_000_001n }),
        simple(payload(64), 1500, order),
        simple(payload(10), 10, order),
      ]),
    );
    expect(frames.map(({ data }) => data.length)).toEqual([60, 64, 10]);
    expect(frames[1]).toMatchObject({ originalLength: 1500, seconds: 7, nanoseconds: 1000 });
    expect(codes).toEqual(['no-time']);
  });

  test('obsolete packets and the losses in them', async () => {
    const obsolete = (drops: number) =>
      block(
        2,
        bytes(
          order,
          ['u16', 0],
          ['u16', drops],
          ['u32', 0],
          ['u32', 5_000_000],
          ['u32', 60],
          ['u32', 60],
          payload(60),
        ),
        order,
      );
    const { frames, drops } = await read(
      Buffer.concat([section(order), describeInterface(order), obsolete(3), obsolete(0xffff), obsolete(4)]),
    );
    expect(frames.map(({ seconds }) => seconds)).toEqual([5, 5, 5]);
    expect(drops).toEqual({ kernel: 7, interface: null });
  });

  test('statistics: the last of each interface, summed', async () => {
    const statistics = (id: number, ...options: [code: number, value: number][]) =>
      block(
        5,
        bytes(
          order,
          ['u32', id],
          ['u64', 0],
          ...options.map(([code, value]) => option(code, bytes(order, ['u64', value]), order)),
        ),
        order,
      );
    const { drops } = await read(
      Buffer.concat([
        section(order),
        describeInterface(order),
        describeInterface(order),
        statistics(0, [5, 100]),
        statistics(0, [4, 1000], [5, 7], [6, 900], [7, 2]),
        statistics(1, [5, 1]),
      ]),
    );
    expect(drops).toEqual({ kernel: 2, interface: 8 });
    const none = await read(
      Buffer.concat([section(order), describeInterface(order), statistics(0, [4, 1000])]),
    );
    expect(none.drops).toBeNull();
    const many = await read(
      Buffer.concat([section(order), describeInterface(order), statistics(0, [7, 2 ** 63], [5, 2 ** 60])]),
    );
    expect(many.drops).toEqual({ kernel: Number.MAX_SAFE_INTEGER, interface: Number.MAX_SAFE_INTEGER });
  });

  test('comments of section, interface and packets, for those who ask', async () => {
    const comment = (text: string) => option(1, Buffer.from(text), order);
    const file = Buffer.concat([
      section(order, comment('the section')),
      describeInterface(order, { options: comment('the interface') }),
      packet(1),
      packet(2, { options: Buffer.concat([comment('the packet'), comment('é\0\0')]) }),
    ]);
    expect((await read(file)).comments).toEqual([]);
    expect((await read(file, { comments: true })).comments.map(({ packet, text }) => [packet, text])).toEqual(
      [
        [null, 'the section'],
        [null, 'the interface'],
        [2, 'the packet'],
        [2, 'é'],
      ],
    );
  });
});

describe('blocks that are no packets', () => {
  const begin = Buffer.concat([section(), describeInterface(), enhanced(payload(60, 1))]);
  const end = enhanced(payload(60, 2));

  test.each([
    ['name resolution', 4, 2],
    ['decryption secrets', 10, 2],
    ['unknown', 0x77, 2],
    // these are listed by Wireshark, so that they have a number there
    ['systemd journal', 9, 3],
    ['custom', 0xbad, 3],
    ['custom, not to be copied', 0x4000_0bad, 3],
  ])('%s: skipped', async (_, type, number) => {
    const { frames, codes } = await read(Buffer.concat([begin, block(type, payload(100)), end]), {
      piece: 11,
    });
    expect(codes).toEqual([]);
    expect(frames.map((frame) => frame.number)).toEqual([1, number]);
  });

  test('a long block is skipped without being kept in memory', async () => {
    const length = 200 << 20;
    const head = bytes('little', ['u32', 0xbad], ['u32', length + 12]);
    const piece = Buffer.alloc(1 << 20);
    function* pieces() {
      yield Buffer.concat([begin, head]);
      for (let i = 0; i < length >> 20; i++) yield piece;
      yield bytes('little', ['u32', length + 12], end);
    }
    const before = process.memoryUsage().arrayBuffers;
    const reader = await openStream(Readable.from(pieces()), 'long');
    const frames = await readFrames(reader);
    expect(frames).toHaveLength(2);
    expect(reader.warnings).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
  });
});

describe('damage in pcapng', () => {
  const good = pcapng(60, 61, 62);
  const three = [0, 1, 2].map((i) => enhanced(payload(60 + i, i)));
  const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = three;
  const begin = Buffer.concat([section(), describeInterface()]);

  function changed(packet: Buffer, at: number, value: number): Buffer {
    const copy = Buffer.from(packet);
    copy.writeUInt32LE(value >>> 0, at < 0 ? copy.length + at : at);
    return copy;
  }

  test.each([
    ['length 0', changed(second, 4, 0), 'claims 0 bytes, 12 to 16777216 expected'],
    ['an absurd length', changed(second, 4, 0x7fff_fff0), 'claims 2147483632 bytes, 12 to 16777216 expected'],
    [
      'lengths that differ',
      changed(second, -4, 40),
      'begins with the length 96 and ends with 40, the same expected',
    ],
    ['a length into the next block', changed(second, 4, 132), 'begins with the length 132 and ends with'],
  ])('%s: reported, and reading goes on at the next block', async (_, broken, problem) => {
    for (const piece of [1, 9, 1 << 16]) {
      const file = Buffer.concat([begin, first, broken, third]);
      const { frames, warnings } = await read(file, { piece, chunk: 64 });
      expect(frames.map(({ data }) => data.length)).toEqual([60, 62]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatchObject({ code: 'corrupt-length', offset: 140, damage: true, packet: 2 });
      expect(textOf(warnings[0])).toContain(`block at byte 140, after packet 1, ${problem}`);
      expect(textOf(warnings[0])).toContain('96 bytes were skipped, to byte 236');
    }
  });

  test('captured length beyond the block: the packet is left out', async () => {
    const { frames, warnings } = await read(Buffer.concat([begin, first, changed(second, 20, 5000), third]));
    expect(frames.map(({ number }) => number)).toEqual([1, 3]);
    expect(textOf(warnings[0])).toBe(
      'packet 2 at byte 140 claims 5000 captured bytes, its block has room for 64: it is left out',
    );
  });

  test('an interface that was not described: reported once, the others are read', async () => {
    const unknown = enhanced(payload(60), { interfaceId: 5 });
    const { frames, warnings } = await read(Buffer.concat([begin, first, unknown, unknown, second]));
    expect(frames.map(({ number }) => number)).toEqual([1, 4]);
    expect(warnings.map(({ code, packet }) => [code, packet])).toEqual([['unknown-interface', 2]]);
  });

  test('a length that is no multiple of 4 is rounded up', async () => {
    const unaligned = changed(changed(second, 4, 94), -4, 94);
    const { frames, codes, damaged } = await read(Buffer.concat([begin, first, unaligned, third]));
    expect(frames).toHaveLength(3);
    expect(codes).toEqual(['unaligned-block']);
    expect(damaged).toBe(false);
  });

  test('a time beyond all calendars: the one before is used', async () => {
    const absurd = enhanced(payload(60), { time: 0xffff_ffff_ffff_ffffn });
    const seconds = describeInterface('little', { options: option(9, u8(0)) });
    const { frames, codes } = await read(Buffer.concat([section(), seconds, absurd, absurd]));
    expect(frames.map((frame) => frame.seconds)).toEqual([0, 0]);
    expect(codes).toEqual(['absurd-time']);
  });

  test('a second section of a version that is not known', async () => {
    const other = section();
    other.writeUInt16LE(9, 12);
    const { frames, warnings } = await read(Buffer.concat([good, other, good]));
    expect(frames).toHaveLength(6);
    expect(textOf(warnings[0])).toContain('begins a section of version 9, 1 expected');
  });

  test('nothing but rubbish after it', async () => {
    const { frames, warnings } = await read(Buffer.concat([good, Buffer.alloc(5000, 0xee)]));
    expect(frames).toHaveLength(3);
    expect(warnings).toHaveLength(1);
    expect(textOf(warnings[0])).toMatch(/reading ended there|cut short/);
  });

  test('a block of 16 MiB that ends in the middle is not believed while blocks follow', async () => {
    const { frames, codes } = await read(Buffer.concat([begin, first, changed(second, 4, 1 << 23), third]));
    expect(frames.map(({ data }) => data.length)).toEqual([60, 62]);
    expect(codes).toEqual(['corrupt-length']);
  });
});
