/** Captures from a Blob or File, as browsers have them. To read first: the File API and Compression Streams. */
import type { ByteChunks } from './packed-input.js';
import type { MeasuredSource } from './window.js';

/** A piece that is read at once; browsers give less, about 80 kB. */
const PIECE = 1 << 18;

/** The bytes of a blob, as a stream: three times as fast as slice by slice, as the browser reads ahead. */
export function blobSource(blob: Blob): MeasuredSource {
  const stream = pieces(blob.stream());
  let taken = 0;
  /** What came with the last piece and was not asked for yet. */
  let rest: Uint8Array = new Uint8Array(0);
  return {
    size: blob.size,
    get taken() {
      return taken;
    },
    async read(into) {
      while (rest.length === 0) {
        const piece = await stream.next();
        if (piece === null) return 0;
        rest = piece;
      }
      const given = rest.subarray(0, into.length);
      into.set(given);
      rest = rest.subarray(given.length);
      taken += given.length;
      return given.length;
    },
    close: () => stream.close(),
  };
}

interface Pieces {
  /** The next bytes, valid until the next call; null at the end. */
  next(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** Into one buffer again and again, where the stream can do that. */
function pieces(stream: ReadableStream<Uint8Array>): Pieces {
  const intoBuffer = byteReader(stream);
  if (intoBuffer === null) {
    const reader = stream.getReader();
    return {
      next: async () => (await reader.read()).value ?? null,
      close: () => reader.cancel().catch(() => {}),
    };
  }
  let buffer = new ArrayBuffer(PIECE);
  return {
    async next() {
      const { done, value } = await intoBuffer.read(new Uint8Array(buffer));
      if (done || value === undefined) return null;
      buffer = value.buffer;
      return value;
    },
    close: () => intoBuffer.cancel().catch(() => {}),
  };
}

/** Null in browsers whose blobs give no byte streams. */
function byteReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
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
