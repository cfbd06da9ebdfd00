/** Cut at every byte and every byte changed: never another error than CaptureError, never a hang. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureError } from '../../src/errors.js';
import { openBytes, pcap, pcapng, readFrames } from './bytes.js';

const LENGTHS = [60, 74, 0, 1, 130, 66, 61];
const small: [name: string, content: Buffer, headerLength: number, overhead: (length: number) => number][] = [
  ['pcap', pcap(...LENGTHS), 24, (length) => 16 + length],
  ['pcapng', pcapng(...LENGTHS), 48, (length) => 32 + ((length + 3) & ~3)],
];

/** What can be read of it: frames and warnings, or the CaptureError of opening. */
async function survey(content: Uint8Array, piece = 1 << 16, chunk = 1 << 12) {
  try {
    const reader = await openBytes(content, { piece, chunk });
    const frames = await readFrames(reader);
    expect(reader.bytes).toBeLessThanOrEqual(content.length);
    // a packet that is left out keeps its number
    expect(frames.every(({ number }, i) => number > (frames[i - 1]?.number ?? 0))).toBe(true);
    return { frames, warnings: reader.warnings, damaged: reader.damaged, error: null };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { frames: [], warnings: [], damaged: true, error };
  }
}

describe.each(small)('%s', (_, content, headerLength, overhead) => {
  const ends = LENGTHS.map((__, i) =>
    LENGTHS.slice(0, i + 1).reduce((sum, each) => sum + overhead(each), headerLength),
  );

  test('cut at every byte: all that is whole is read, and the cut is reported', async () => {
    for (let length = 0; length < content.length; length++) {
      const { frames, warnings, error } = await survey(
        content.subarray(0, length),
        length % 2 === 0 ? 5 : 1 << 16,
      );
      if (length < (content[0] === 0x0a ? 28 : 24)) {
        expect(error?.code).toMatch(/empty|cut-short|unknown-format/);
        continue;
      }
      expect(frames).toHaveLength(ends.filter((end) => end <= length).length);
      const between =
        (length === 28 && content[0] === 0x0a) || length === headerLength || ends.includes(length);
      expect(warnings.map(({ code }) => code)).toEqual(between ? [] : ['cut-short']);
    }
  });

  test.each([0x01, 0x80, 0xff])('every byte changed by %i: at most two packets are lost', async (change) => {
    for (let at = headerLength; at < content.length; at++) {
      const changed = Buffer.from(content);
      changed[at] = (changed[at] ?? 0) ^ change;
      await survey(changed, 7, 64);
      const { frames, error } = await survey(changed);
      expect(error).toBeNull();
      // the packet that was hit, and one that its wrong length swallowed
      const data = new Set(frames.map((frame) => frame.data.toString('hex')));
      const lost = LENGTHS.filter((__, i) => !data.has(content.subarray(...placeOf(i)).toString('hex')));
      expect(lost.length, `byte ${at}`).toBeLessThanOrEqual(2);
    }
  });

  test('every byte of the headers changed: read, or a CaptureError', async () => {
    for (let at = 0; at < headerLength; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(content);
        changed[at] = (changed[at] ?? 0) ^ change;
        await survey(changed);
      }
    }
  });

  test('several places overwritten, at random', async () => {
    const patch = fc.record({
      at: fc.nat(content.length - 1),
      value: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.constant(new Uint8Array(8)),
        fc.constant(new Uint8Array(4).fill(255)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(patch, { minLength: 1, maxLength: 4 }),
        fc.nat(40),
        async (patches, piece) => {
          const changed = Buffer.from(content);
          for (const { at, value } of patches) changed.set(value.subarray(0, changed.length - at), at);
          await survey(changed, piece + 1, 64);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a piece removed, or inserted twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length), fc.nat(content.length), fc.boolean(), async (a, b, twice) => {
        const from = Math.max(headerLength, Math.min(a, b));
        const to = Math.max(from, a, b);
        const rest = content.subarray(twice ? from : to);
        await survey(Buffer.concat([content.subarray(0, twice ? to : from), rest]));
      }),
      { numRuns: 300 },
    );
  });

  test('random bytes behind a good header', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (noise) => {
        await survey(Buffer.concat([content.subarray(0, headerLength), noise]), 100, 256);
      }),
      { numRuns: 300 },
    );
  });

  function placeOf(index: number): [number, number] {
    const from = (ends[index] ?? 0) - overhead(LENGTHS[index] ?? 0) + (content[0] === 0x0a ? 28 : 16);
    return [from, from + (LENGTHS[index] ?? 0)];
  }
});
