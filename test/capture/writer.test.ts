import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { PcapWriter } from '../../src/capture/pcap-writer.js';
import { RecordSink } from '../../src/capture/sink.js';
import { UserError } from '../../src/errors.js';
import { openCapture } from '../../src/files/open.js';
import { type CaptureFormat, createCaptureWriter, formatForName } from '../../src/files/writer.js';
import { payload, readFrames } from './bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-writer-'));
afterAll(() => rmSync(folder, { recursive: true }));

function frameOf(data: Uint8Array, fields: Partial<Frame> = {}): Frame {
  const frame = new Frame();
  const copy = new Uint8Array(data);
  Object.assign(frame, { seconds: 1_700_000_000, nanoseconds: 123_456_789, linkType: 1 });
  Object.assign(frame, {
    view: new DataView(copy.buffer),
    capturedLength: data.length,
    originalLength: data.length,
  });
  return Object.assign(frame, fields);
}

/** A stream that keeps what it is given, and fails after `most` bytes. */
function collector(most = Number.POSITIVE_INFINITY) {
  const parts: Buffer[] = [];
  let length = 0;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      length += chunk.length;
      if (length > most) return done(Object.assign(new Error('full'), { code: 'ENOSPC' }));
      parts.push(Buffer.from(chunk));
      setTimeout(done, 1);
    },
  });
  return { stream, content: () => Buffer.concat(parts) };
}

const formats: CaptureFormat[] = ['pcap', 'pcapng'];

describe.each(formats)('%s', (format) => {
  test('written frames are read again, to the nanosecond', async () => {
    const shape = fc.record({
      length: fc.oneof(fc.nat(200), fc.constant(70_000), fc.constant(400_000)),
      seconds: fc.oneof(fc.nat(4_294_967_295), fc.constant(1_700_000_000)),
      nanoseconds: fc.nat(999_999_999),
      more: fc.nat(2000),
      direction: fc.constantFrom(0, 1, 2),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { maxLength: 20 }), async (shapes) => {
        const path = join(folder, `round-${run++}.${format}`);
        const writer = await createCaptureWriter(path, format, { snaplen: 400_000 });
        for (const { length, more, ...time } of shapes) {
          const frame = frameOf(payload(length), { ...time, originalLength: length + more });
          await writer.write(frame);
        }
        await writer.close();
        const reader = await openCapture(path);
        const frames = await readFrames(reader);
        expect(reader.warnings).toEqual([]);
        expect(reader.format).toBe(format);
        expect(frames).toHaveLength(shapes.length);
        for (const [i, { length, seconds, nanoseconds, more, direction }] of shapes.entries()) {
          expect(frames[i]).toMatchObject({
            seconds,
            nanoseconds,
            linkType: 1,
            originalLength: length + more,
          });
          expect(frames[i]?.data.equals(payload(length))).toBe(true);
          expect(frames[i]?.direction).toBe(format === 'pcap' ? 0 : direction);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('to a stream, with back-pressure', async () => {
    const { stream, content } = collector();
    const writer = await createCaptureWriter(stream, format, { linkType: () => 1 });
    let waited = 0;
    for (let i = 0; i < 3000; i++) {
      const writing = writer.write(frameOf(payload(1000)));
      if (writing !== undefined) {
        waited++;
        await writing;
      }
    }
    await writer.close();
    expect(writer.packets).toBe(3000);
    expect(waited).toBeGreaterThan(5);
    expect(waited).toBeLessThan(50);
    expect(content().length).toBeGreaterThan(3_000_000);
  });

  test('no space left is a UserError, and the file has whole packets only', async () => {
    const { stream, content } = collector(600_000);
    const writer = await createCaptureWriter(stream, format);
    const writing = async () => {
      for (let i = 0; i < 3000; i++) await writer.write(frameOf(payload(1000)));
    };
    await expect(writing()).rejects.toThrow(
      'the output stream: the capture could not be written on (no space left)',
    );
    await expect(writer.close()).rejects.toBeInstanceOf(UserError);
    const { read } = await import('./bytes.js');
    const { frames, codes } = await read(content());
    expect(frames.length).toBeGreaterThan(200);
    expect(codes).toEqual([]);
  });

  test('a full device', async () => {
    const writer = await createCaptureWriter('/dev/full', format);
    await writer.write(frameOf(payload(100)));
    await expect(writer.close()).rejects.toThrow(
      '/dev/full: the capture could not be written on (no space left)',
    );
  });

  test.for([1, 20, 200])(
    'a full disk, flushed after each %i packets: all that fit stay',
    async (every, context) => {
      const small = mkdtempSync(join(folder, 'small-'));
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
      if (!mounted) context.skip('a tmpfs cannot be mounted here (needs root)');
      try {
        const path = join(small, `full.${format}`);
        const writer = await createCaptureWriter(path, format);
        const writing = async () => {
          for (let i = 1; i <= 200; i++) {
            await writer.write(frameOf(payload(1000)));
            if (i % every === 0) await writer.flush();
          }
        };
        await expect(writing()).rejects.toThrow('no space left');
        await expect(writer.close()).rejects.toThrow('no space left');
        const reader = await openCapture(path);
        const frames = await readFrames(reader);
        expect(reader.warnings).toEqual([]);
        // with its header, a packet takes 1,016 bytes in pcap and 1,032 in pcapng
        expect(frames.length).toBe(format === 'pcap' ? 64 : 63);
      } finally {
        execFileSync('umount', [small]);
      }
    },
  );

  test('without a frame: a capture all the same', async () => {
    const path = join(folder, `nothing.${format}`);
    await (await createCaptureWriter(path, format, { linkType: () => 101 })).close();
    const reader = await openCapture(path);
    expect(await readFrames(reader)).toEqual([]);
    expect(reader.warnings).toEqual([]);
    expect(reader.interfaces.map(({ linkType }) => linkType)).toEqual([101]);
  });

  test('packets that are not whole are counted', async () => {
    const writer = await createCaptureWriter(join(folder, `cut.${format}`), format);
    for (const more of [0, 1, 1440, 0]) {
      await writer.write(frameOf(payload(60), { originalLength: 60 + more }));
    }
    await writer.close();
    expect(writer).toMatchObject({ packets: 4, cut: 2 });
  });

  test('flush: a reader sees whole packets before the end', async () => {
    const path = join(folder, `live.${format}`);
    const writer = await createCaptureWriter(path, format);
    await writer.write(frameOf(payload(100)));
    await writer.flush();
    const reader = await openCapture(path);
    expect(await readFrames(reader)).toHaveLength(1);
    expect(reader.warnings).toEqual([]);
    await writer.close();
  });

  test.skipIf(spawnSync('capinfos', ['-v']).status !== 0)(
    'as capinfos reads it (skipped where that is missing)',
    async () => {
      const path = join(folder, `peer.${format}`);
      const writer = await createCaptureWriter(path, format, {
        interfaceName: 'eth0',
        application: 'a test',
      });
      for (let i = 0; i < 5; i++)
        await writer.write(frameOf(payload(60 + i), { seconds: 1_700_000_000 + i, direction: i % 3 }));
      await writer.close({ kernel: 7, interface: 2 });
      const { stdout } = spawnSync('capinfos', ['-M', path], { encoding: 'utf8' });
      expect(stdout).toMatch(/Number of packets: +5\n/);
      expect(stdout).toMatch(/File type: .*(nsecpcap|nanosecond|pcapng)/);
      expect(stdout).toMatch(/First packet time: .*\.123456789/);
      if (format === 'pcapng') expect(stdout).toMatch(/Name = eth0/);
    },
  );
});

describe('differences between the formats', () => {
  test('pcapng: an interface for each link type, and lost packets', async () => {
    const path = join(folder, 'interfaces.pcapng');
    const writer = await createCaptureWriter(path, 'pcapng');
    await writer.write(frameOf(payload(60)));
    await writer.write(frameOf(payload(60), { linkType: 113 }));
    await writer.write(frameOf(payload(60), { linkType: 1, interfaceId: 4, fcsLength: 4 }));
    await writer.write(frameOf(payload(60)));
    await writer.close({ kernel: 5_000_000_000, interface: null });
    const reader = await openCapture(path);
    const frames = await readFrames(reader);
    expect(frames.map(({ linkType, interfaceId, fcsLength }) => [linkType, interfaceId, fcsLength])).toEqual([
      [1, 0, 0],
      [113, 1, 0],
      [1, 2, 4],
      [1, 0, 0],
    ]);
    expect(reader.drops).toEqual({ kernel: 5_000_000_000, interface: null });
  });

  test('pcap: one link type only', async () => {
    const writer = await createCaptureWriter(join(folder, 'one.pcap'), 'pcap');
    await writer.write(frameOf(payload(60)));
    await expect(writer.write(frameOf(payload(60), { linkType: 113 }))).rejects.toThrow(UserError);
    await writer.close();
    expect(readFileSync(join(folder, 'one.pcap'))).toHaveLength(24 + 76);
  });

  test.each<[CaptureFormat, number, number]>([
    ['pcap', -5, 0],
    ['pcap', 5_000_000_000, 4_294_967_295],
    ['pcapng', -5, 0],
    ['pcapng', 20_000_000_000, 18_446_744_072],
  ])('%s: a time of %i seconds does not fit and is counted', async (format, seconds, written) => {
    const path = join(folder, 'clipped');
    const writer = await createCaptureWriter(path, format);
    await writer.write(frameOf(payload(60)));
    await writer.write(frameOf(payload(60), { seconds }));
    await writer.close();
    expect(writer.clipped).toBe(1);
    expect((await readFrames(await openCapture(path)))[1]?.seconds).toBe(written);
  });

  test('pcapng: the name of each interface', async () => {
    const path = join(folder, 'names.pcapng');
    const nameOf = (id: number): string | null => (id === 0 ? 'eth0' : id === 1 ? 'é'.repeat(500) : null);
    const writer = await createCaptureWriter(path, 'pcapng', { nameOf });
    for (const interfaceId of [0, 1, 2, 0]) await writer.write(frameOf(payload(60), { interfaceId }));
    await writer.close();
    const reader = await openCapture(path);
    expect((await readFrames(reader)).map((frame) => frame.interfaceId)).toEqual([0, 1, 2, 0]);
    expect(reader.interfaces.map(({ name }) => name)).toEqual(['eth0', 'é'.repeat(128), null]);
  });

  test('a file name decides the format', () => {
    expect(['a.pcap', 'A.CAP', 'a.pcapng', 'a'].map(formatForName)).toEqual([
      'pcap',
      'pcap',
      'pcapng',
      'pcapng',
    ]);
  });

  test('a folder that does not exist', async () => {
    await expect(createCaptureWriter(join(folder, 'no', 'file.pcap'), 'pcap')).rejects.toThrow(UserError);
  });
});

test('a sink knows where each record ends, after a long one too, and is closed once', async () => {
  const batches: { length: number; last: number | undefined }[] = [];
  let closed = 0;
  const put = async (bytes: Uint8Array, ends: Uint32Array): Promise<void> => {
    batches.push({ length: bytes.length, last: ends.at(-1) });
  };
  const sink = new RecordSink('memory', put, async () => void closed++);
  const writer = new PcapWriter(sink);
  await writer.write(frameOf(payload(3 << 20)));
  for (let i = 0; i < 100_000; i++) await writer.write(frameOf(payload(60)));
  await writer.close();
  await sink.close();
  expect(closed).toBe(1);
  expect(batches.length).toBeGreaterThan(3);
  for (const { length, last } of batches) expect(last).toBe(length);
});
