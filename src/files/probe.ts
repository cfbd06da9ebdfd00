/** Looks into captures before they are read: the time of the first frame, and which files of a folder are any. */
// not from fs/promises, which takes longer to load than a short capture to read

import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareTimes, Frame } from '../capture/frame.js';
import type { CaptureReader } from '../capture/open.js';
import { CaptureError, errorCode } from '../errors.js';
import { factsOf } from './facts.js';
import { type OpenOptions, openCapture } from './open.js';

/** Bytes read at a time while looking into a file. */
const PROBE_CHUNK = 1 << 16;

export interface FirstFrame {
  /** Open, where it can be read only once, and with its first frame still to come; else null. */
  reader: CaptureReader | null;
  /** Time of the first frame; of a capture without one, the beginning of all time. */
  seconds: number;
  nanoseconds: number;
  /** Bytes of the file, null where that cannot be known. */
  size: number | null;
}

const NO_FRAME = Number.NEGATIVE_INFINITY;

/** Throws CaptureError where the capture cannot be read at all. */
export async function firstFrame(path: string, options: OpenOptions = {}): Promise<FirstFrame> {
  const facts = path === '-' ? null : factsOf(path);
  const again = facts?.isFile() === true || facts?.isDirectory() === true;
  const reader = await openCapture(path, again ? { chunk: PROBE_CHUNK } : options);
  const { size } = reader.progress;
  // a stream is opened at once, because only reading shows the time of its first frame
  if (!again) return { reader, seconds: NO_FRAME, nanoseconds: 0, size };
  try {
    const frame = new Frame();
    while (await reader.fill()) {
      if (!reader.next(frame)) continue;
      return { reader: null, seconds: frame.seconds, nanoseconds: frame.nanoseconds, size };
    }
    return { reader: null, seconds: NO_FRAME, nanoseconds: 0, size };
  } finally {
    await reader.close();
  }
}

/**
 * The captures in a folder and its subfolders (except links to folders), recognized by content, in the order of their first
 * frames. What cannot be read, though it is named like a capture, is added to `skipped`; files of other kinds
 * are left out. Throws CaptureError where the folder cannot be read; folders in it that cannot are added to `skipped`. An
 * aborted `signal` ends the search with its reason.
 */
export async function capturesIn(
  folder: string,
  skipped: CaptureError[] = [],
  signal?: AbortSignal,
): Promise<string[]> {
  const found: { path: string; first: FirstFrame }[] = [];
  for (const { path, name } of filesIn(folder, entriesOf(folder), skipped)) {
    signal?.throwIfAborted();
    if (factsOf(path)?.isFile() !== true) continue;
    try {
      found.push({ path, first: await firstFrame(path) });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      // there may be other files next to captures; but what is named like a capture was meant to be read
      const other = error.code === 'unknown-format' || error.code === 'empty';
      if (!other || /\.(pcap|pcapng|cap|dmp)(\d*|\.(gz|zst|lz4))$/i.test(name)) skipped.push(error);
    }
  }
  found.sort((a, b) => compareTimes(a.first, b.first));
  return found.map(({ path }) => path);
}

/** Paths with each folder replaced by the captures in it. Throws CaptureError for a folder without one. */
export async function expandFolders(
  paths: readonly string[],
  skipped: CaptureError[] = [],
  signal?: AbortSignal,
): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    const isFolder = path !== '-' && factsOf(path)?.isDirectory() === true;
    if (!isFolder) {
      expanded.push(path);
      continue;
    }
    const inside = await capturesIn(path, skipped, signal);
    if (inside.length === 0) throw new CaptureError(path, { kind: 'empty-folder' });
    expanded.push(...inside);
  }
  return expanded;
}

/** The files in a folder and below it, in the order of names; links to files are followed, links to folders are not. */
function* filesIn(
  folder: string,
  entries: readonly Dirent[],
  skipped: CaptureError[],
): Generator<{ path: string; name: string }> {
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      yield { path, name: entry.name };
      continue;
    }
    let inside: Dirent[] = [];
    try {
      inside = entriesOf(path);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      skipped.push(error);
    }
    yield* filesIn(path, inside, skipped);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new CaptureError(folder, { kind: 'not-read', system: errorCode(error) });
  }
}
