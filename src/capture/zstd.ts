/**
 * zstd, frame by frame and block by block. To read first: RFC 8878, section 3.1.1 (frames and blocks).
 *
 * Our own code, as Node.js 20 does not have it, and as the packages that do trust what they inflate: a block of a few bytes can
 * ask for hours of copying there, and each block moves the whole window. Checksums are skipped: the capture format inside
 * finds the damage that they would find.
 */
import { History } from './history.js';
import { type ByteChunks, frameMagic, InflateFailure, type PackedInput } from './packed-input.js';
import { BlockInflater, LONGEST_BLOCK } from './zstd-block.js';

const MAGIC = 0xfd2f_b528;
const SKIPPABLE = 0x184d_2a50;
/** zstd's own limit (windowLog 27). */
const MAX_WINDOW = 128 * 1024 * 1024;
// frame descriptor
const SINGLE_SEGMENT = 0x20;
const RESERVED_BIT = 0x08;
const CONTENT_CHECKSUM = 0x04;
// block types
const RAW = 0;
const REPEATED = 1;
const RESERVED = 3;

/** Yields the inflated bytes; a chunk is valid until the next one is asked for. */
export async function* zstd(input: PackedInput): ByteChunks {
  const history = new History();
  for (let first = true; first || !(await input.atEnd()); first = false) {
    const magic = await input.number();
    if ((magic & 0xffff_fff0) >>> 0 === SKIPPABLE) {
      await input.skip(await input.number());
      continue;
    }
    if (magic !== MAGIC) throw new InflateFailure(frameMagic(magic, MAGIC));
    yield* frame(input, history);
  }
}

async function* frame(input: PackedInput, history: History): ByteChunks {
  const [descriptor = 0] = await input.take(1);
  const window = await readWindow(input, descriptor);
  const blocks = new BlockInflater();
  history.begin(window);
  for (let last = false; !last; ) {
    const [a = 0, b = 0, c = 0] = await input.take(3);
    const value = a | (b << 8) | (c << 16);
    last = (value & 1) !== 0;
    const type = (value >>> 1) & 3;
    const length = value >>> 3;
    if (type === RESERVED || length > LONGEST_BLOCK) throw new InflateFailure({ kind: 'block-type' });
    const body = await input.take(type === REPEATED ? 1 : length);
    history.makeRoom(type === RAW || type === REPEATED ? length : LONGEST_BLOCK);
    const { bytes, end } = history;
    if (type === RAW) {
      bytes.set(body, end);
      yield history.took(end + length);
    } else if (type === REPEATED) {
      bytes.fill(body[0] ?? 0, end, end + length);
      yield history.took(end + length);
    } else yield history.took(blocks.inflate(body, bytes, end, history.length, window));
  }
  if ((descriptor & CONTENT_CHECKSUM) !== 0) await input.take(4);
}

/** The rest of the frame's header: how far back its blocks repeat bytes. */
async function readWindow(input: PackedInput, descriptor: number): Promise<number> {
  const singleSegment = (descriptor & SINGLE_SEGMENT) !== 0;
  const dictionaryLength = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeLength = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const windowLength = singleSegment ? 0 : 1;
  if ((descriptor & RESERVED_BIT) !== 0) throw new InflateFailure({ kind: 'frame-header' });
  const rest = await input.take(windowLength + dictionaryLength + sizeLength);
  const dictionary = rest.subarray(windowLength, windowLength + dictionaryLength);
  if (dictionary.some((byte) => byte !== 0)) throw new InflateFailure({ kind: 'dictionary' });
  const size = rest.subarray(windowLength + dictionaryLength);
  const window = singleSegment ? contentSize(size) : windowSize(rest[0] ?? 0);
  if (window > MAX_WINDOW) throw new InflateFailure({ kind: 'window', bytes: window, most: MAX_WINDOW });
  return window;
}

function contentSize(bytes: Uint8Array): number {
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return bytes.length === 2 ? value + 256 : value;
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}
