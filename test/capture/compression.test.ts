import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type ByteChunks, InflateFailure } from '../../src/capture/packed-input.js';
import { gunzip } from '../../src/files/gunzip.js';
import { openBytes, pcap, pcapng, read, textOf } from './bytes.js';

const LENGTHS = Array.from({ length: 3000 }, (_, i) => (i * 37) % 1400);
const plain = pcap(...LENGTHS);

/** Bytes through a program; null where it is not installed. */
function through(command: string, input: Buffer, ...options: string[]): Buffer | null {
  const done = spawnSync(command, options, { input, maxBuffer: 1 << 30 });
  return done.error === undefined && done.status === 0 ? done.stdout : null;
}

describe('gzip', () => {
  const packed = gzipSync(plain);

  test('is recognized by its content, from pieces of any size', async () => {
    for (const piece of [1000, 1 << 16]) {
      const { reader, frames, codes } = await read(packed, { piece });
      expect(frames.map(({ data }) => data.length)).toEqual(LENGTHS);
      expect(codes).toEqual([]);
      expect(reader.compression).toBe('gzip');
      expect(reader.bytes).toBe(plain.length);
    }
  });

  test('several members one after the other', async () => {
    const members = Buffer.concat([gzipSync(plain.subarray(0, 1000)), gzipSync(plain.subarray(1000))]);
    const { frames, codes } = await read(members);
    expect(frames).toHaveLength(LENGTHS.length);
    expect(codes).toEqual([]);
  });

  test('cut short: all that could be inflated is read, and the cut is reported', async () => {
    const { frames, warnings, damaged } = await read(packed.subarray(0, packed.length - 5000));
    expect(frames.length).toBeGreaterThan(LENGTHS.length / 2);
    expect(frames.map(({ data }) => data.length)).toEqual(LENGTHS.slice(0, frames.length));
    expect(damaged).toBe(true);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'cut-short', damage: true });
    expect(textOf(warnings[0])).toMatch(
      /^the gzip data is cut short at byte \d+ of the file; reading ended after packet \d+$/,
    );
  });

  test('cut anywhere: never anything but a warning or a CaptureError', async () => {
    const little = gzipSync(pcapng(60, 61, 62));
    for (let length = 4; length < little.length; length++) {
      const outcome = await read(little.subarray(0, length)).then(
        ({ codes }) => codes.at(-1),
        (error: unknown) => (error as { code: string }).code,
      );
      expect(outcome).toBe('cut-short');
    }
  });

  test('corrupt in the middle', async () => {
    const corrupt = Buffer.from(packed);
    corrupt.fill(0xff, packed.length >> 1, (packed.length >> 1) + 50);
    const { frames, damaged } = await read(corrupt);
    expect(frames.length).toBeGreaterThan(0);
    expect(damaged).toBe(true);
  });

  test('of a wrong checksum or a corrupt end, all before that is read, and the place is the same in any pieces', async () => {
    const little = gzipSync(pcap(60, 61, 62));
    for (const at of [little.length - 1, little.length - 6, little.length - 20]) {
      const corrupt = Buffer.from(little);
      corrupt[at] = (corrupt[at] ?? 0) ^ 0xff;
      const whole = await read(corrupt);
      if (at > little.length - 10) expect(whole.frames).toHaveLength(3);
      expect(whole.warnings).toMatchObject([{ code: 'corrupt', damage: true }]);
      for (const piece of [1, 7, 50]) {
        const { frames, warnings } = await read(corrupt, { piece });
        expect(frames.map(({ data }) => data)).toEqual(whole.frames.map(({ data }) => data));
        expect(warnings).toEqual(whole.warnings);
      }
    }
  });

  describe('corrupt long after its beginning: as much as gzip inflates, from a file and from a pipe, in any pieces', () => {
    // letters by a pseudo-random sequence: they shrink, but not to nothing
    let seed = 7;
    const letters = Array.from({ length: 900_000 }, () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return 0x61 + ((seed >>> 16) % 26);
    });
    const large = gzipSync(Buffer.from(letters));

    /** The inflated bytes, and how they end; `again`: the bytes can be read again. */
    async function inflated(packed: Buffer, piece: number, again: boolean): Promise<[Buffer, unknown]> {
      const chunks = async function* (): ByteChunks {
        for (let at = 0; at < packed.length; at += piece) yield packed.subarray(at, at + piece);
      };
      const found: Uint8Array[] = [];
      try {
        for await (const chunk of gunzip(chunks(), again ? chunks : null)) found.push(Buffer.from(chunk));
      } catch (error) {
        return [Buffer.concat(found), error];
      }
      return [Buffer.concat(found), null];
    }

    test.each([0.3, 0.55, 0.8, 0.999999])('at %d of it', async (share) => {
      const at = Math.min(large.length - 5, Math.floor(large.length * share));
      expect(at).toBeGreaterThan(1 << 17);
      const corrupt = Buffer.from(large);
      for (let i = at; i < Math.min(at + 400, large.length); i++) corrupt[i] = (corrupt[i] ?? 0) ^ (i * 89);
      const [whole, error] = await inflated(corrupt, 1 << 16, true);
      expect(error).toBeInstanceOf(InflateFailure);
      // it writes what it has in whole buffers
      const { stdout } = spawnSync('gzip', ['-dc'], { input: corrupt, maxBuffer: 1 << 30 });
      expect(whole.length).toBeGreaterThanOrEqual(stdout.length);
      expect(whole.subarray(0, stdout.length).equals(stdout)).toBe(true);
      expect(whole.length).toBeGreaterThan(letters.length * share * 0.99);
      for (const [piece, again] of [
        [1 << 16, false],
        [5000, true],
        [30_000, false],
      ] as const) {
        const [bytes, failure] = await inflated(corrupt, piece, again);
        expect(bytes.equals(whole)).toBe(true);
        expect(failure).toMatchObject({ taken: error instanceof InflateFailure ? error.taken : -1 });
      }
    });
  });

  test('of a text, and of nothing', async () => {
    await expect(openBytes(gzipSync('GET / HTTP/1.1\r\n'))).rejects.toThrow(
      'test.pcap: not a capture: decompressed (gzip), it begins with the text "GET / HTTP/1.1\\r\\n", where pcap or pcapng has a magic number',
    );
    await expect(openBytes(gzipSync(''))).rejects.toMatchObject({ code: 'empty' });
  });
});

describe.each([
  ['zstd', [['-q'], ['-q', '-19'], ['-q', '--no-check']]],
  ['lz4', [['-q'], ['-q', '-BD'], ['-q', '-B4', '-BX'], ['-q', '-9', '--content-size', '--no-frame-crc']]],
] as const)('%s', (command, variants) => {
  const available = through(command, plain, '-q') !== null;

  test.skipIf(!available)(`as the program ${command} writes it (skipped where that is missing)`, async () => {
    for (const options of variants) {
      const packed = through(command, plain, ...options) ?? Buffer.alloc(0);
      const { frames, codes, reader } = await read(packed, { piece: 1001 });
      expect(frames.map(({ data }) => data.length)).toEqual(LENGTHS);
      expect(codes).toEqual([]);
      expect(reader.compression).toBe(command);
    }
  });

  test.skipIf(!available)('several frames one after the other, and a skippable one', async () => {
    const frames = [plain.subarray(0, 5000), plain.subarray(5000)].map(
      (part) => through(command, part, '-q') ?? part,
    );
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5]);
    const [first = plain, second = plain] = frames;
    const done = await read(Buffer.concat([first, skippable, second]));
    expect(done.codes).toEqual([]);
    expect(done.frames).toHaveLength(LENGTHS.length);
  });

  test.skipIf(!available)('cut short and corrupt', async () => {
    const packed = through(command, plain, '-q', ...(command === 'lz4' ? ['-B4'] : [])) ?? plain;
    const cut = await read(packed.subarray(0, -9));
    expect(cut.frames.length).toBeGreaterThan(0);
    expect(cut.codes).toEqual(['cut-short']);
    for (const at of [4, 5, 6, 7, 30, 1000, packed.length >> 1, packed.length - 20]) {
      const corrupt = Buffer.from(packed);
      corrupt[at] = (corrupt[at] ?? 0) ^ 0xff;
      // read as far as it goes, or a CaptureError: the same in any pieces
      const outcomes = await Promise.all(
        [1 << 16, 777].map((piece) =>
          read(corrupt, { piece }).then(
            ({ frames, warnings }) => ({ frames: frames.length, warnings }),
            (error: unknown) => {
              expect(error).toMatchObject({ name: 'CaptureError' });
              return error instanceof Error ? error.message : '';
            },
          ),
        ),
      );
      expect(outcomes[1]).toEqual(outcomes[0]);
    }
  });
});

describe('a file that inflates to a thousand times its size', () => {
  const zeros = Buffer.concat([pcap(60), Buffer.alloc(256 << 20)]);

  test.each(['gzip', 'zstd', 'lz4'])('%s: never in memory', async (command) => {
    const packed = command === 'gzip' ? gzipSync(zeros) : through(command, zeros, '-q');
    if (packed === null) return;
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    const { frames } = await read(packed);
    clearInterval(timer);
    // a pcap record of zeros at a time that is not the first is no packet
    expect(frames).toHaveLength(1);
    expect(most).toBeLessThan(100 << 20);
  });
});
