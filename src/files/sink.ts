/** Files and streams that captures are written to. */
import { close, ftruncate, open, write } from 'node:fs';
import { promisify } from 'node:util';
import { RecordSink } from '../capture/sink.js';
import { errorCode, UserError } from '../errors.js';
import type { ByteTarget } from './streams.js';

/** A new file, or one that is written over. */
export async function fileSink(path: string): Promise<RecordSink> {
  const file = await promisify(open)(path, 'w').catch((error: unknown) => {
    const why = { kind: 'not-opened-for-writing', system: errorCode(error) } as const;
    throw new UserError({ kind: 'of-file', path, why }, null, { cause: error });
  });
  const writeSome = promisify(write);
  /** End of the last batch that was written whole. */
  let whole = 0;
  const put = async (bytes: Uint8Array, ends: Uint32Array): Promise<void> => {
    let at = 0;
    try {
      while (at < bytes.length) {
        at += (await writeSome(file, bytes, at, bytes.length - at, null)).bytesWritten;
      }
      whole += bytes.length;
    } catch (error) {
      // half a packet at the end would make the file damaged; a pipe cannot be cut, and need not be
      const fitted = ends.findLast((end) => end <= at) ?? 0;
      await promisify(ftruncate)(file, whole + fitted).catch(() => {});
      throw error;
    }
  };
  return new RecordSink(path, put, () => promisify(close)(file));
}

/** A stream; its creator ends it. */
export function streamSink(stream: ByteTarget, name: string): RecordSink {
  const put = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  // a stream that fails also emits the error; here the write's callback reports it
  const ignore = () => {};
  stream.on('error', ignore);
  return new RecordSink(name, put, async () => {
    stream.off('error', ignore);
  });
}
