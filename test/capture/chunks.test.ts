/** The frames of a capture do not depend on where its pieces end: a file, a pipe that pauses, reads of any length. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { CaptureReader } from '../../src/capture/open.js';
import { NAME_RESOLUTION } from '../../src/capture/pcapng-blocks.js';
import type { MeasuredSource } from '../../src/capture/window.js';
import { CaptureError } from '../../src/errors.js';
import { block, describeInterface, enhanced, section, textOf } from './bytes.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const SMALL = 20_000;

const captures = ['variants', 'synthetic', 'cases']
  .flatMap((folder) => readdirSync(join(FIXTURES, folder)).map((name) => join(FIXTURES, folder, name)))
  .filter((path) => /\.(pcap|pcapng)$/.test(path))
  .map((path) => ({ name: path.slice(FIXTURES.length + 1), bytes: readFileSync(path) }))
  .filter(({ bytes }) => bytes.length < SMALL);

/** Gives a limited number of bytes at a time: the lengths in turn. `direct`: as a source that is read without a thread. */
function pieces(bytes: Uint8Array, lengths: readonly number[], direct: boolean): MeasuredSource {
  let at = 0;
  let turn = 0;
  return {
    direct,
    size: bytes.length,
    get taken() {
      return at;
    },
    async read(into) {
      const most = lengths[turn++ % lengths.length] ?? into.length;
      const piece = bytes.subarray(at, at + Math.min(most, into.length));
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
    async close() {},
  };
}

/** Every frame with its bytes, and every warning. */
async function read(bytes: Uint8Array, lengths: readonly number[], direct = false): Promise<string[]> {
  const output: string[] = [];
  try {
    const reader = await CaptureReader.from(pieces(bytes, lengths, direct), 'x', {});
    const frame = new Frame();
    while (await reader.fill()) {
      while (reader.next(frame)) {
        const { number, seconds, nanoseconds, linkType, offset, capturedLength, originalLength, view } =
          frame;
        const content = Buffer.from(view.buffer, view.byteOffset + offset, capturedLength).toString('hex');
        output.push([number, seconds, nanoseconds, linkType, originalLength, content].join(' '));
      }
    }
    for (const warning of reader.warnings)
      output.push(`${warning.code} ${textOf(warning)} ${warning.offset}`);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    output.push(error.message);
  }
  return output;
}

const WHOLE = [Number.POSITIVE_INFINITY];

async function expectSame(bytes: Uint8Array): Promise<void> {
  const whole = await read(bytes, WHOLE);
  for (const lengths of [[1], [2], [7], [4096], [24, 1, 500]]) {
    for (const direct of [false, true]) {
      expect(await read(bytes, lengths, direct), `in pieces of ${lengths}, ${direct}`).toEqual(whole);
    }
  }
}

describe('the same frames and warnings in pieces of any length', () => {
  it('are of enough captures', () => {
    expect(captures.length).toBeGreaterThan(100);
  });

  it.each(captures)('$name', async ({ bytes }) => {
    await expectSame(bytes);
  });

  it('of a block that does not end with its length, though it has no packet', async () => {
    const names = Buffer.from(block(NAME_RESOLUTION, Buffer.alloc(3000)));
    names.writeUInt32LE(5, names.length - 4);
    const packet = enhanced(Buffer.alloc(60, 1));
    await expectSame(Buffer.concat([section(), describeInterface(), packet, names, packet, packet]));
    // and one that claims more than there is
    names.writeUInt32LE(1_000_000, 4);
    await expectSame(Buffer.concat([section(), describeInterface(), packet, names, packet, packet]));
  });

  it('also of a capture that is damaged', { timeout: 120_000 }, async () => {
    const damage = fc.record({
      capture: fc.constantFrom(...captures.map(({ bytes }) => bytes)),
      at: fc.nat(),
      with: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      cut: fc.option(fc.nat(), { nil: null }),
      lengths: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      direct: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ capture, at, with: bytes, cut, lengths, direct }) => {
        const damaged = Uint8Array.from(capture);
        for (const [i, byte] of bytes.entries()) damaged[(at + i) % damaged.length] = byte;
        const content = cut === null ? damaged : damaged.subarray(0, cut % damaged.length);
        expect(await read(content, lengths, direct)).toEqual(await read(content, WHOLE));
      }),
      { numRuns: 1000 },
    );
  });
});
