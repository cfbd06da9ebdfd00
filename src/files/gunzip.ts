/** gzip, by Node's zlib. */
import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteChunks } from '../capture/packed-input.js';

/** Bytes inflated at a time. */
const INFLATED = 1 << 18;

export function gunzip(chunks: ByteChunks): ByteChunks {
  return through(createGunzip({ chunkSize: INFLATED }), chunks);
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
