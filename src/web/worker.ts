/** A worker that reads a dropped capture, apart from the page so that it stays usable. */
import { blobSource, inflateGzip } from '../capture/blob.js';
import { compareTimes, Frame } from '../capture/frame.js';
import { MergedReader } from '../capture/merge.js';
import { CaptureReader } from '../capture/open.js';
import type { FrameStream } from '../capture/reader.js';
import { CaptureError, type ErrorValues, UserError } from '../errors.js';
import { collectReports, collectSegments, type PageOptions } from '../page/collect-page.js';
import type { PageData } from '../page/page-data.js';
import type { SegmentsPart } from '../page/segments-part.js';

export interface Job {
  files: readonly File[];
  version: string;
}

export type News =
  /** `part`: of the reading that goes on, 0 to 1; null where the size is not known. */
  | { type: 'progress'; part: number | null; packets: number }
  /** All but segments, while those are read; not sent for a short capture. */
  | { type: 'reports'; data: PageData }
  /** `data`: null where it was sent before; `segments`: null where none is worth a reading. */
  | { type: 'done'; data: PageData | null; segments: SegmentsPart | null }
  /** `values`: null where it is a fault of synfin itself. The page says them: the worker has no other language than English. */
  | { type: 'failed'; message: string; values: ErrorValues | null };

/** What a worker has in place of a window. */
interface Scope {
  onmessage: ((event: MessageEvent<Job>) => void) | null;
  postMessage(news: News): void;
}

const scope = globalThis as unknown as Scope;
scope.onmessage = ({ data: job }) => {
  readFiles(job, (news) => scope.postMessage(news)).catch((error: unknown) => {
    scope.postMessage({ type: 'failed', message: String(error), values: valuesOf(error) });
  });
};

function valuesOf(error: unknown): ErrorValues | null {
  if (error instanceof CaptureError) return { kind: 'of-file', path: error.path, why: error.values };
  return error instanceof UserError ? error.values : null;
}

/** Milliseconds between two signs of progress. */
const PROGRESS_EVERY = 100;
/** A first reading that took longer than this, in milliseconds, is shown while the second goes on. */
const SHOWN_EARLY = 300;

async function readFiles({ files, version }: Job, report: (news: News) => void): Promise<void> {
  const began = Date.now();
  let last = 0;
  const source = { open: () => openFiles(files), twice: true };
  const options: PageOptions = {
    version,
    where: null,
    filter: null,
    host: {},
    progress({ progress: { read, size }, packets }) {
      const now = Date.now();
      if (now - last < PROGRESS_EVERY) return;
      last = now;
      const part = size === null || size === 0 ? null : Math.min(1, read / size);
      report({ type: 'progress', part, packets });
    },
  };
  const collected = await collectReports(source, options);
  const { data } = collected;
  const isEarly = Date.now() - began > SHOWN_EARLY;
  if (isEarly) report({ type: 'reports', data });
  const segments = await collectSegments(source, collected, options);
  report({ type: 'done', data: isEarly ? null : data, segments });
}

async function openFiles(files: readonly File[]): Promise<FrameStream> {
  const open = (file: File): Promise<CaptureReader> =>
    CaptureReader.from(blobSource(file), file.name, { gunzip: inflateGzip });
  const [only] = files;
  if (only !== undefined && files.length === 1) return open(only);
  const waiting = await Promise.all(
    files.map(async (file) => ({
      path: file.name,
      open: () => open(file),
      reader: null,
      size: file.size,
      ...(await firstTime(await open(file))),
    })),
  );
  return new MergedReader(waiting.sort(compareTimes));
}

/** Of the first frame; the beginning of all time where there is none. */
async function firstTime(reader: CaptureReader): Promise<{ seconds: number; nanoseconds: number }> {
  const frame = new Frame();
  try {
    while (await reader.fill())
      if (reader.next(frame)) return { seconds: frame.seconds, nanoseconds: frame.nanoseconds };
    return { seconds: Number.NEGATIVE_INFINITY, nanoseconds: 0 };
  } finally {
    await reader.close();
  }
}
