/**
 * zstd by the package fzstd, as Node.js 20 does not have it. To read first: RFC 8878, section 3.1.1 (frames and
 * blocks).
 *
 * The frames are walked here, so that fzstd is given one block at a time, which inflates to 128 KiB at most, and
 * no frame that asks for more memory than zstd itself would give it.
 */
import { CaptureError } from '../errors.js';
import { type ByteChunks, frameMagic, InflateFailure, type PackedInput } from './packed-input.js';

const MAGIC = 0xfd2f_b528;
const SKIPPABLE = 0x184d_2a50;
/** zstd's own limit (windowLog 27). */
const MAX_WINDOW = 128 * 1024 * 1024;
// block types
const REPEATED = 1;
const RESERVED = 3;
const LONGEST_BLOCK = 128 * 1024;

/** Yields the inflated bytes. Throws CaptureError where the package is missing. */
export async function* zstd(input: PackedInput, path: string): ByteChunks {
  const { Decompress } = await import('fzstd').catch(() => {
    throw new CaptureError(path, { kind: 'fzstd-missing' }, 0);
  });
  for (let first = true; first || !(await input.atEnd()); first = false) {
    const magic = await input.take(4);
    const number = new DataView(magic.buffer, magic.byteOffset, 4).getUint32(0, true);
    if ((number & 0xffff_fff0) >>> 0 === SKIPPABLE) {
      await input.skip(await input.number());
      continue;
    }
    if (number !== MAGIC) throw new InflateFailure(frameMagic(number, MAGIC));
    let out: Uint8Array[] = [];
    const inflate = new Decompress((chunk) => {
      out.push(chunk);
    });
    for await (const { bytes, last } of pieces(magic.slice(), input)) {
      inflate.push(bytes, last);
      yield* out;
      out = [];
    }
  }
}

interface Piece {
  bytes: Uint8Array;
  last: boolean;
}

/** The header of a frame, then its blocks; the checksum comes with the last one. */
async function* pieces(magic: Uint8Array, input: PackedInput): AsyncGenerator<Piece, void, undefined> {
  const [descriptor = 0] = (await input.take(1)).slice();
  const singleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  const dictionaryLength = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeLength = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const windowLength = singleSegment ? 0 : 1;
  const rest = (await input.take(windowLength + dictionaryLength + sizeLength)).slice();
  const size = rest.subarray(windowLength + dictionaryLength);
  const needed = singleSegment ? contentSize(size) : windowSize(rest[0] ?? 0);
  if (needed > MAX_WINDOW) throw new InflateFailure({ kind: 'window', bytes: needed, most: MAX_WINDOW });
  yield { bytes: concatenated([magic, Uint8Array.of(descriptor), rest]), last: false };
  for (let last = false; !last; ) {
    const head = (await input.take(3)).slice();
    const value = (head[0] ?? 0) | ((head[1] ?? 0) << 8) | ((head[2] ?? 0) << 16);
    last = (value & 1) !== 0;
    const type = (value >>> 1) & 3;
    const length = value >>> 3;
    if (type === RESERVED || length > LONGEST_BLOCK) throw new InflateFailure({ kind: 'block-type' });
    const body = (await input.take(type === REPEATED ? 1 : length)).slice();
    const checksum = last && hasChecksum ? (await input.take(4)).slice() : new Uint8Array(0);
    yield { bytes: concatenated([head, body, checksum]), last };
  }
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function contentSize(bytes: Uint8Array): number {
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return bytes.length === 2 ? value + 256 : value;
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}
