/** gzip, by Node's zlib. */
import type { Transform } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { type ByteChunks, InflateFailure } from '../capture/packed-input.js';
import { errorCode } from '../errors.js';

/** Bytes inflated at a time. */
const INFLATED = 1 << 18;

/** Compressed bytes that are kept to be inflated once more, and what they may come to. */
const KEPT = 1 << 16;
const MOST_AGAIN = 1 << 24;

/**
 * Node.js gives nothing of what a write inflates to that ends in an error, which may be all of a short file: its first
 * bytes are inflated once more then, as far as they go.
 */
export async function* gunzip(chunks: ByteChunks): ByteChunks {
  const kept: Uint8Array[] = [];
  let taken = 0;
  let given = 0;
  const keeping = async function* (): ByteChunks {
    for await (const chunk of chunks) {
      taken += chunk.length;
      if (taken <= KEPT) kept.push(chunk);
      yield chunk;
    }
  };
  try {
    for await (const chunk of through(createGunzip({ chunkSize: INFLATED }), keeping())) {
      given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (errorCode(error) !== 'Z_DATA_ERROR' || taken > KEPT) throw error;
    const { inflated, length } = longest(Buffer.concat(kept));
    if (inflated.length > given) yield inflated.subarray(given);
    throw new InflateFailure(error instanceof Error ? error.message : String(error), length + 1);
  }
}

/** The longest beginning that can be inflated, and what of it. */
function longest(packed: Uint8Array): { inflated: Uint8Array; length: number } {
  let best = { inflated: new Uint8Array(0), length: 0 };
  for (let [low, high] = [0, packed.length]; high - low > 1; ) {
    const length = (low + high) >>> 1;
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_AGAIN };
      best = { inflated: new Uint8Array(gunzipSync(packed.subarray(0, length), options)), length };
      low = length;
    } catch {
      high = length;
    }
  }
  return best;
}

/** One piece at a time through a transform, and all that comes out of it before the next. */
async function* through(transform: Transform, parts: ByteChunks): ByteChunks {
  let failure: Error | null = null;
  let ended = false;
  let wake = (): void => {};
  transform.on('error', (error) => {
    failure = error;
    wake();
  });
  transform.on('end', () => {
    ended = true;
    wake();
  });
  transform.on('readable', () => wake());
  try {
    for (let more = true; more && !ended; ) {
      const part = await parts.next();
      more = part.done !== true;
      let taken = false;
      const done = (): void => {
        taken = more;
        wake();
      };
      if (part.done === true) transform.end(done);
      else transform.write(part.value, done);
      while (!taken && !ended) {
        const chunk: Uint8Array | null = transform.read();
        if (chunk !== null) yield chunk;
        else if (failure !== null) throw failure;
        else if (!taken && !ended) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      for (let chunk = transform.read(); chunk !== null; chunk = transform.read()) yield chunk;
    }
  } finally {
    transform.destroy();
  }
}
