/** What the analysis asks of Node.js. */
import { createRequire } from 'node:module';
import type { Host } from '../analysis/sink.js';

// loading it takes some milliseconds, so only a capture with IPComp loads it; decoding cannot wait for a promise
let zlib: typeof import('node:zlib') | null = null;

export const nodeHost: Required<Host> = {
  // lets signals be handled
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  inflateRaw(deflated, most) {
    zlib ??= createRequire(process.execPath)('node:zlib') as typeof import('node:zlib');
    try {
      return zlib.inflateRawSync(deflated, { maxOutputLength: most });
    } catch {
      return null;
    }
  },
};
