/**
 * Compressed captures: gzip, zstd and lz4, recognized by their first bytes. Inflated bytes are passed on before
 * more are inflated, so that a small file that would inflate to terabytes never does so in memory.
 */
import { CaptureError, type ErrorValues } from '../errors.js';
import { lz4 } from './lz4.js';
import { type ByteChunks, InflateFailure, PackedInput, whyOf } from './packed-input.js';
import type { ByteSource, ByteWindow } from './window.js';

export type Compression = 'gzip' | 'zstd' | 'lz4';

/** Inflates bytes that come in pieces of any length. */
export type Inflate = (chunks: ByteChunks) => ByteChunks;

/** How the compressed bytes begin with, in big-endian order; null where they are not compressed. */
export function compressionOf(window: ByteWindow): Compression | null {
  if (window.available < 4) return null;
  const magic = window.view.getUint32(window.position);
  if (magic >>> 16 === 0x1f8b) return 'gzip';
  // a skippable frame (0x184d2a5?) may come first; parallel compressors of zstd write one
  if (magic === 0x28b5_2ffd || (magic & 0xf0ff_ffff) >>> 0 === 0x502a_4d18) return 'zstd';
  if (magic === 0x0422_4d18) return 'lz4';
  return null;
}

/** A source of inflated bytes: of those in `window` and of all that follow. */
export async function decompress(
  window: ByteWindow,
  path: string,
  compression: Compression,
  gunzip?: Inflate,
): Promise<ByteSource> {
  const inflated = await inflatorOf(compression, path, packed(window), gunzip);
  let chunk: Uint8Array = new Uint8Array(0);
  let used = 0;
  return {
    async read(into) {
      while (used === chunk.length) {
        const next = await inflated.next().catch((error: unknown) => {
          throw error instanceof CaptureError ? error : inflateError(error, compression, path, window.offset);
        });
        if (next.done === true) return 0;
        chunk = next.value;
        used = 0;
      }
      const count = Math.min(into.length, chunk.length - used);
      into.set(used === 0 && count === chunk.length ? chunk : chunk.subarray(used, used + count));
      used += count;
      return count;
    },
    close: () => window.close(),
  };
}

async function inflatorOf(
  compression: Compression,
  path: string,
  chunks: ByteChunks,
  gunzip: Inflate | undefined,
): Promise<ByteChunks> {
  const input = new PackedInput(chunks);
  if (compression === 'lz4') return counted(input, lz4(input));
  if (compression === 'gzip') {
    if (gunzip !== undefined) return gunzip(chunks);
    throw new CaptureError(path, { kind: 'gzip-not-here' }, 0);
  }
  // Node's own (from 22.15 on) ends at the first of several frames, and knows no skippable ones
  const { zstd } = await import('./zstd.js');
  return counted(input, zstd(input));
}

/** The place of a failure does not depend on the pieces in which the bytes come. */
async function* counted(input: PackedInput, inflated: ByteChunks): ByteChunks {
  try {
    yield* inflated;
  } catch (error) {
    if (error instanceof CaptureError) throw error;
    throw new InflateFailure(whyOf(error), input.taken);
  }
}

async function* packed(window: ByteWindow): ByteChunks {
  do {
    // in pieces, because what one piece inflates to is lost where its end is corrupt
    while (window.available > 0) {
      const part = window.peek(1 << 16).slice();
      window.position += part.length;
      yield part;
    }
  } while (await window.more());
}

function inflateError(error: unknown, compression: Compression, path: string, offset: number): CaptureError {
  const why = whyOf(error);
  if (endsTooSoon(why))
    return new CaptureError(path, { kind: 'data-cut-short', compression, at: offset }, offset);
  const at = error instanceof InflateFailure ? (error.taken ?? offset) : offset;
  return new CaptureError(path, { kind: 'data-corrupt', compression, at, why }, at);
}

/** Of this code, or of zlib. */
function endsTooSoon(why: ErrorValues): boolean {
  return (
    why.kind === 'packed-end' || (why.kind === 'words' && /unexpected (end of file|EOF)/i.test(why.text))
  );
}
