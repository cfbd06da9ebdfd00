/**
 * LZ4 frames, decompressed block by block. To read first: lz4_Frame_format.md and lz4_Block_format.md of
 * https://github.com/lz4/lz4
 *
 * Our own code, because the available packages inflate a whole file in memory, or need a compiler. Checksums are
 * skipped: the capture format inside finds the damage that they would find.
 */
import { History } from './history.js';
import { type ByteChunks, frameMagic, InflateFailure, type PackedInput } from './packed-input.js';

const MAGIC = 0x184d2204;
const SKIPPABLE = 0x184d2a50;
// frame descriptor flags
const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const DICTIONARY_ID = 0x01;
/** Set in a block's size: its bytes are not compressed. */
const UNCOMPRESSED = 0x8000_0000;
/** Bytes back that a match may reach, into the blocks before. */
const HISTORY = 65_536;
const SHORTEST_MATCH = 4;

/** Yields each block inflated; a chunk is valid until the next one is asked for. */
export async function* lz4(input: PackedInput): ByteChunks {
  const history = new History();
  for (let first = true; ; first = false) {
    if (!first && (await input.atEnd())) return;
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
  const [flags = 0, sizes = 0] = await input.take(2);
  if ((flags & VERSION_MASK) !== VERSION_1) throw new InflateFailure({ kind: 'frame-version' });
  const longest = 1 << (8 + 2 * ((sizes >>> 4) & 7));
  if (longest < 65_536) throw new InflateFailure({ kind: 'block-size' });
  if ((flags & DICTIONARY_ID) !== 0) throw new InflateFailure({ kind: 'dictionary' });
  await input.take(((flags & CONTENT_SIZE) !== 0 ? 8 : 0) + 1);
  history.begin(HISTORY);
  for (;;) {
    const size = await input.number();
    if (size === 0) break;
    const length = size & ~UNCOMPRESSED;
    if (length > longest) throw new InflateFailure({ kind: 'block-bytes', bytes: length, most: longest });
    const block = await input.take(length);
    const isPlain = size >= UNCOMPRESSED;
    // what a block inflates to is 255 times its length at most
    const most = isPlain ? length : Math.min(longest, length * 255);
    history.makeRoom(most);
    if (isPlain) history.bytes.set(block, history.end);
    const end = isPlain ? history.end + length : inflateBlock(block, history, most);
    if ((flags & BLOCK_CHECKSUM) !== 0) await input.take(4);
    yield history.took(end);
  }
  if ((flags & CONTENT_CHECKSUM) !== 0) await input.take(4);
}

/** Inflates one block behind the history, to `most` bytes. Returns the end of what it wrote. */
function inflateBlock(block: Uint8Array, history: History, most: number): number {
  const { bytes: out, end: start } = history;
  const limit = start + most;
  let at = 0;
  let to = start;
  while (at < block.length) {
    const token = block[at++] ?? 0;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        more = block[at++] ?? 0;
        literals += more;
      } while (more === 255);
    }
    if (at + literals > block.length || to + literals > limit) throw new InflateFailure({ kind: 'literals' });
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) {
      let more: number;
      do {
        more = block[at++] ?? 0;
        length += more;
      } while (more === 255);
    }
    length += SHORTEST_MATCH;
    if (distance === 0 || distance > history.length + to - start || to + length > limit)
      throw new InflateFailure({ kind: 'match' });
    // a match may overlap what it writes: then byte by byte
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let i = 0; i < length; i++) out[to + i] = out[to + i - distance] ?? 0;
    to += length;
  }
  return to;
}
