/** Opens a capture from a path, standard input or a stream. */
import type { Inflate } from '../capture/decompress.js';
import { CaptureReader, type ReadOptions } from '../capture/open.js';
import { factsOf } from './facts.js';
import { type FollowOptions, fileSource, standardInput, streamSource } from './source.js';
import type { ByteStream } from './streams.js';

export interface OpenOptions extends ReadOptions, FollowOptions {}

/** Loaded only where a capture is compressed. `path`: of a file that can be read again; null for a pipe. */
function gunzipOf(path: string | null): Inflate {
  return async function* (chunks) {
    const { gunzip, readAgain } = await import('./gunzip.js');
    yield* gunzip(chunks, path === null ? null : () => readAgain(path));
  };
}

/** `path`: a file, or `-` for standard input. Throws CaptureError where it cannot be read at all. */
export async function openCapture(path: string, options: OpenOptions = {}): Promise<CaptureReader> {
  const isFile = path !== '-' && factsOf(path)?.isFile() === true;
  const reading = { gunzip: gunzipOf(isFile ? path : null), ...options };
  if (path === '-') {
    const name = 'standard input';
    return CaptureReader.from(await standardInput(name, options), name, reading);
  }
  const isInput = path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0';
  return CaptureReader.from(await (isInput ? standardInput : fileSource)(path, options), path, reading);
}

/** `stream`: a Node.js `Readable`. `name` is its name in messages and in the JSON's `path`. */
export function openStream(
  stream: ByteStream,
  name: string,
  options: OpenOptions = {},
): Promise<CaptureReader> {
  return CaptureReader.from(streamSource(stream, name, options), name, {
    gunzip: gunzipOf(null),
    ...options,
  });
}
