/** Where a command's results are written: standard output, or a file. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { cannotWrite } from './files.js';
import { type CliIo, write } from './io.js';

export interface Output {
  /** Resolves when the data is no longer needed: its memory may be used again. Waits for a slower reader. */
  write(data: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** `path`: the file of `-o`; without it, standard output. */
export async function openOutput(path: string | undefined, io: CliIo): Promise<Output> {
  if (path === undefined) {
    return {
      async write(data) {
        io.beforeResults?.();
        await write(io.stdout, data);
      },
      end: async () => {},
    };
  }
  const stream: Writable = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw cannotWrite(path, error);
  }
  let failure: Error | null = null;
  // the first one says why; those behind it only that the file is closed
  stream.on('error', (error) => {
    failure ??= error;
  });
  const check = (): void => {
    if (failure !== null) throw cannotWrite(path, failure);
  };
  return {
    async write(data) {
      const failed = await write(stream, data);
      failure ??= failed;
      check();
    },
    async end() {
      stream.end();
      // one that failed has closed already
      if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
      check();
    },
  };
}
