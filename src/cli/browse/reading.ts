/**
 * Reads captures for the browser: all connections as rows, or one with its ladder. Each reading is one pass over the files,
 * in this process, which handles keys in between.
 */
import { Analysis } from '../../analysis/analysis.js';
import type { AnalysisOptions, AnalysisSink, FrameSource } from '../../analysis/sink.js';
import type { CaptureSummary } from '../../analysis/summary.js';
import { type BrowseRow, browseRow } from '../../browse/row.js';
import type { FrameStream } from '../../capture/reader.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { compileFilter, type Filter } from '../../where/filter.js';
import { Picker } from '../../where/picker.js';
import { Tee } from '../save/tee.js';

export interface ReadingSettings {
  /** Packets that are read; all where it is missing. */
  count?: number | undefined;
  maxConnections?: number | undefined;
}

export interface Reached {
  /** Part of the capture, 0 to 1; null where its size is not known. */
  share: number | null;
  packets: number;
  /** Connections that began so far. */
  connections: number;
}

export interface Watching {
  signal: AbortSignal;
  /** How far the reading has come; called a few times a second. */
  progress(reached: Reached): void;
}

/** How long keys may wait. */
const TURN_MS = 15;
const PROGRESS_MS = 200;

/** The same source, which yields to other work while much is read. */
function withTurns(source: FrameSource): FrameSource {
  let since = performance.now();
  return {
    next: (frame) => source.next(frame),
    async fill() {
      if (performance.now() - since > TURN_MS) {
        await nodeHost.pause();
        since = performance.now();
      }
      return source.fill();
    },
  };
}

/** The sum of it; null where the reading was ended before. */
async function readThrough(
  capture: FrameStream,
  sink: AnalysisSink,
  options: AnalysisOptions,
  settings: ReadingSettings,
  { signal, progress }: Watching,
): Promise<CaptureSummary | null> {
  let next = 0;
  const { maxConnections, count } = settings;
  const look = (): void => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_MS;
    const { read, size } = capture.progress;
    const share = size === null || size === 0 ? null : Math.min(1, read / size);
    progress({ share, packets: analysis.packets, connections: analysis.connections });
  };
  const analysis = new Analysis(sink, {
    host: nodeHost,
    signal,
    progress: look,
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...options,
  });
  await analysis.read(withTurns(new Tee(capture, null, count)));
  // the reading was ended: its result is not wanted any more
  if (signal.aborted) return null;
  const flush = async (): Promise<void> => {
    signal.throwIfAborted();
    look();
  };
  try {
    return await analysis.conclude(capture, { flush });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

export interface Loaded {
  summary: CaptureSummary;
  /** Connections that match. */
  matching: number;
}

/** Empty: all of them. */
export function filterOf(where: string): Filter | null {
  return where === '' ? null : compileFilter(where);
}

/** Where rows go. */
export interface RowList {
  /** Further ones are only counted. */
  readonly isFull: boolean;
  add(row: BrowseRow): void;
  /** There are more than it takes. */
  leave(): void;
}

/** Closes the capture; null where the reading was ended before. Each connection that matches, when it is over or at the end. */
export async function loadRows(
  capture: FrameStream,
  where: string,
  list: RowList,
  settings: ReadingSettings,
  watching: Watching,
): Promise<Loaded | null> {
  const filter = filterOf(where);
  let matching = 0;
  const picker = filter === null ? null : new Picker(filter);
  const sink: AnalysisSink = {
    times: () => (filter?.asksRoundTrips === true ? 'all' : 'responses'),
    wantsUdpFlow: () => false,
    picks(facts) {
      const isWanted = picker?.facts(facts) !== false;
      const isKnown = picker === null || picker.early === true;
      if (!isKnown || !list.isFull) return isWanted;
      matching++;
      list.leave();
      return false;
    },
    connection(snapshot) {
      const report = judgeConnection(snapshot);
      if (picker?.matches(() => report) === false) return;
      matching++;
      if (list.isFull) list.leave();
      else list.add(browseRow(report));
    },
  };
  try {
    const summary = await readThrough(capture, sink, {}, settings, watching);
    return summary === null ? null : { summary, matching };
  } finally {
    await capture.close();
  }
}

export interface LoadedLadder {
  /** Null where the files have no such connection, or no longer have it. */
  report: ConnectionReport | null;
  /** Connections in all. */
  connections: number;
}

/** The connection with its ladder; null where the reading was ended before. */
export async function loadLadder(
  files: readonly string[],
  index: number,
  settings: ReadingSettings,
  watching: Watching,
): Promise<LoadedLadder | null> {
  const capture = await openCaptures(files, { signal: watching.signal });
  let report: ConnectionReport | null = null;
  const sink: AnalysisSink = {
    wants: (each) => each === index,
    wantsUdpFlow: () => false,
    connection(snapshot) {
      report = judgeConnection(snapshot);
    },
  };
  try {
    const summary = await readThrough(capture, sink, { ladderOf: new Set([index]) }, settings, watching);
    return summary === null ? null : { report, connections: summary.connections };
  } finally {
    await capture.close();
  }
}
