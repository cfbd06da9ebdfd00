/** Where a command's results are written: standard output, or a file. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { cannotWrite } from '../../files/writable.js';
import { type CliIo, write } from './io.js';
import { replacedFile } from './replaced-file.js';

export interface Output {
  /** Resolves when the data is no longer needed: its memory may be used again. Waits for a slower reader. */
  write(data: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Gives up what was written, where that is a file. */
  drop(): void;
}

/** `path`: the file of `-o`; without it, standard output. `growing`: somebody may read it while it is written. */
export async function openOutput(path: string | undefined, io: CliIo, growing = false): Promise<Output> {
  if (path === undefined) {
    return {
      async write(data) {
        io.beforeResults?.();
        await write(io.stdout, data);
      },
      end: async () => {},
      drop() {},
    };
  }
  const file = replacedFile(path, growing);
  const stream: Writable = createWriteStream(file.path, { flags: file.flags });
  try {
    await once(stream, 'open');
  } catch (error) {
    file.drop();
    throw cannotWrite(path, error);
  }
  let failure: Error | null = null;
  // the first one says why; those behind it only that the file is closed
  stream.on('error', (error) => {
    failure ??= error;
  });
  const check = (): void => {
    if (failure === null) return;
    file.drop();
    throw cannotWrite(path, failure);
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
      try {
        file.keep();
      } catch (error) {
        file.drop();
        throw cannotWrite(path, error);
      }
    },
    drop() {
      stream.destroy();
      file.drop();
    },
  };
}
