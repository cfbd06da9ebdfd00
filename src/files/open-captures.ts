/** Opens one capture, or several as one. */
import { compareTimes } from '../capture/frame.js';
import { MergedReader, type Waiting } from '../capture/merge.js';
import type { FrameStream } from '../capture/reader.js';
import { CaptureError } from '../errors.js';
import { type OpenOptions, openCapture } from './open.js';
import { expandFolders, firstFrame } from './probe.js';

/** With more files than this, each that is open at the same time is given less memory. */
const MANY = 16;
const SMALL_CHUNK = 1 << 18;
/** …and a file that is shorter than this chunk only what it needs, this much at least. */
const SMALLEST_CHUNK = 1 << 14;

/** One capture, or several as one in time order; a folder stands for the captures in it. Throws CaptureError. */
export async function openCaptures(
  paths: readonly string[],
  options: OpenOptions = {},
): Promise<FrameStream> {
  const skipped: CaptureError[] = [];
  const files = await expandFolders(paths, skipped, options.signal);
  const [only] = files;
  const alone = files.length === 1 && only !== undefined && skipped.length === 0;
  return alone ? openCapture(only, options) : mergedReader(files, options, skipped);
}

/** Leaves out files that cannot be read, with a warning; throws CaptureError where no other is left. */
export async function mergedReader(
  paths: readonly string[],
  options: OpenOptions = {},
  skipped: readonly CaptureError[] = [],
): Promise<MergedReader> {
  const waiting: Waiting[] = [];
  const failed: CaptureError[] = [];
  const readingOf = (size: number | null): OpenOptions => {
    if (paths.length <= MANY) return options;
    const chunk = Math.min(SMALL_CHUNK, Math.max(SMALLEST_CHUNK, size ?? SMALL_CHUNK));
    return { chunk, ...options };
  };
  try {
    for (const path of paths) {
      try {
        const first = await firstFrame(path, options);
        waiting.push({ path, open: () => openCapture(path, readingOf(first.size)), ...first });
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        failed.push(error);
      }
    }
    const [first] = failed;
    if (waiting.length === 0 && first !== undefined) throw first;
  } catch (error) {
    for (const { reader } of waiting) await reader?.close();
    throw error;
  }
  // sort is stable: files of the same time stay as they were given
  return new MergedReader(waiting.sort(compareTimes), [...skipped, ...failed]);
}
