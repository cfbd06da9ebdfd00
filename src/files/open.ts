/** Opens a capture from a path, standard input or a stream. */
import type { Inflate } from '../capture/decompress.js';
import { CaptureReader, type ReadOptions } from '../capture/open.js';
import { type FollowOptions, fileSource, standardInput, streamSource } from './source.js';
import type { ByteStream } from './streams.js';

export interface OpenOptions extends ReadOptions, FollowOptions {}

/** Loaded only where a capture is compressed. */
const gunzip: Inflate = async function* (chunks) {
  const { gunzip: inflate } = await import('./gunzip.js');
  yield* inflate(chunks);
};

/** `path`: a file, or `-` for standard input. Throws CaptureError where it cannot be read at all. */
export async function openCapture(path: string, options: OpenOptions = {}): Promise<CaptureReader> {
  const reading = { gunzip, ...options };
  if (path === '-') {
    const name = 'standard input';
    return CaptureReader.from(await standardInput(name, options), name, reading);
  }
  const isInput = path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0';
  return CaptureReader.from(await (isInput ? standardInput : fileSource)(path, options), path, reading);
}

/** `stream`: a Node.js `Readable`. `name` stands for the stream in messages and in the JSON's `path`. */
export function openStream(
  stream: ByteStream,
  name: string,
  options: OpenOptions = {},
): Promise<CaptureReader> {
  return CaptureReader.from(streamSource(stream, name, options), name, { gunzip, ...options });
}
