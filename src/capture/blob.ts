/** Captures from a Blob or File, as browsers have them. To read first: the File API and Compression Streams. */
import type { ByteChunks } from './packed-input.js';
import type { MeasuredSource } from './window.js';

/** The bytes of a blob, read in pieces of the length asked for. */
export function blobSource(blob: Blob): MeasuredSource {
  let taken = 0;
  return {
    size: blob.size,
    get taken() {
      return taken;
    },
    async read(into) {
      const piece = new Uint8Array(await blob.slice(taken, taken + into.length).arrayBuffer());
      into.set(piece);
      taken += piece.length;
      return piece.length;
    },
    async close() {},
  };
}

/** Inflates gzip by DecompressionStream, which takes one member: what follows the first is an error. */
export async function* inflateGzip(chunks: ByteChunks): ByteChunks {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const feeding = (async () => {
    for await (const chunk of chunks) await writer.write(new Uint8Array(chunk));
    await writer.close();
  })();
  // it shows where the inflated bytes are read
  feeding.catch(() => {});
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await feeding;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
