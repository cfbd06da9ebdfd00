/** gzip, by Node's zlib. */
import { createReadStream } from 'node:fs';
import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ByteChunks, InflateFailure, whyOf } from '../capture/packed-input.js';
import { errorCode } from '../errors.js';

/** Bytes inflated at a time. */
const INFLATED = 1 << 18;

/** Compressed bytes of a pipe, the first ones, that are kept to be inflated once more. */
const KEPT = 1 << 23;
/** Bytes inflated at a time where one of them is corrupt. */
const STEP = 512;

/**
 * When a write ends in an error, Node.js gives nothing of what it inflated. So the bytes before the error are inflated again,
 * as far as possible. `again` reads the compressed bytes from their beginning; null for a pipe.
 */
export async function* gunzip(chunks: ByteChunks, again: (() => ByteChunks) | null = null): ByteChunks {
  const kept: Uint8Array[] = [];
  let taken = 0;
  let last = 0;
  let given = 0;
  const keeping = async function* (): ByteChunks {
    for await (const chunk of chunks) {
      last = chunk.length;
      taken += last;
      if (again === null && taken <= KEPT) kept.push(chunk);
      yield chunk;
    }
  };
  try {
    for await (const chunk of through(createGunzip({ chunkSize: INFLATED }), keeping())) {
      given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (errorCode(error) !== 'Z_DATA_ERROR') throw error;
    if (again === null && taken > KEPT) throw error;
    yield* behind(given, again ?? (() => listed(kept)), taken - last, STEP);
    throw error;
  }
}

/**
 * What compressed bytes inflate to behind the first `given` bytes: from `corruptFrom` on `step` bytes are inflated at a time,
 * then, where that fails, one.
 */
async function* behind(
  given: number,
  again: () => ByteChunks,
  corruptFrom: number,
  step: number,
): ByteChunks {
  let taken = 0;
  const small = async function* (): ByteChunks {
    for await (const chunk of again()) {
      for (let at = 0; at < chunk.length; ) {
        const length = Math.min(chunk.length - at, taken < corruptFrom ? corruptFrom - taken : step);
        taken += length;
        yield chunk.subarray(at, at + length);
        at += length;
      }
    }
  };
  let inflated = 0;
  try {
    for await (const chunk of through(createGunzip({ chunkSize: INFLATED }), small())) {
      const skipped = Math.min(chunk.length, Math.max(0, given - inflated));
      inflated += chunk.length;
      if (skipped < chunk.length) yield chunk.subarray(skipped);
    }
  } catch (error) {
    if (errorCode(error) !== 'Z_DATA_ERROR') throw error;
    if (step > 1) yield* behind(Math.max(given, inflated), again, taken - step, 1);
    throw new InflateFailure(whyOf(error), taken);
  }
}

export async function* readAgain(path: string): ByteChunks {
  yield* createReadStream(path);
}

async function* listed(chunks: readonly Uint8Array[]): ByteChunks {
  yield* chunks;
}

/** Feeds a transform one piece at a time, and reads all of its output before the next. */
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
