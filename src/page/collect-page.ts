/**
 * A capture as the report page shows it. It is read twice where that can be done: which connections are worth their segments is
 * known only when all of it was read.
 */
import { Analysis } from '../analysis/analysis.js';
import type { Host } from '../analysis/sink.js';
import type { CaptureSummary } from '../analysis/summary.js';
import type { FrameStream } from '../capture/reader.js';
import { chooseConnections } from './choose.js';
import { firstDatagrams } from './first-datagrams.js';
import { PAGE_BOUNDS, PAGE_SCHEMA, type PageBounds, type PageData } from './page-data.js';
import { type PageFilter, ReportsLog } from './reports-log.js';
import { SegmentsLog } from './segments-log.js';
import { NO_SEGMENTS, type SegmentsPart, withSegments } from './segments-part.js';

export interface PageSource {
  /** Opens it; a second time only where `twice` says so. */
  open(): Promise<FrameStream>;
  twice: boolean;
}

export interface PageOptions {
  version: string;
  /** The expression behind `filter`; both null for all connections. */
  where: string | null;
  filter: PageFilter | null;
  host: Host;
  signal?: AbortSignal;
  bounds?: PageBounds;
  maxConnections?: number;
  /** Called for each chunk read, in each reading. */
  progress?(stream: FrameStream): void;
}

/** What the first reading gives: all but segments, and of which connections these are worth a second one. */
export interface Collected {
  data: PageData;
  chosen: ReadonlySet<number>;
}

/** @throws CaptureError where it cannot be read at all. */
export async function collectPage(source: PageSource, options: PageOptions): Promise<PageData> {
  const { bounds = PAGE_BOUNDS } = options;
  if (source.twice) {
    const collected = await collectReports(source, options);
    return withSegments(collected.data, await collectSegments(source, collected, options));
  }
  const reports = new ReportsLog(bounds, options.filter);
  const segments = new SegmentsLog(firstOnes(bounds.first), null, bounds);
  const summary = await read(source, reports, segments, options);
  return withSegments(dataOf(summary, reports, options.version, options.where), segments.part());
}

/** The first reading. @throws CaptureError where it cannot be read at all. */
export async function collectReports(source: PageSource, options: PageOptions): Promise<Collected> {
  const { bounds = PAGE_BOUNDS, version, where } = options;
  const reports = new ReportsLog(bounds, options.filter);
  const summary = await read(source, reports, null, options);
  const data = dataOf(summary, reports, version, where);
  return { data, chosen: chooseConnections(data.connections, bounds) };
}

/** The second reading, for `withSegments`; null where it is not needed, or was interrupted before it began. */
export async function collectSegments(
  source: PageSource,
  { data, chosen }: Collected,
  options: PageOptions,
): Promise<SegmentsPart | null> {
  if (chosen.size === 0 || options.signal?.aborted === true) return null;
  const { bounds = PAGE_BOUNDS } = options;
  const reports = data.connections.filter(({ index }) => chosen.has(index));
  const segments = new SegmentsLog(chosen, reports, bounds);
  await read(source, null, segments, options, chosen);
  return segments.part();
}

function dataOf(
  summary: CaptureSummary,
  reports: ReportsLog,
  version: string,
  where: string | null,
): PageData {
  return {
    schema: PAGE_SCHEMA,
    version,
    files: summary.files.map(({ path }) => path),
    where,
    capture: summary,
    overview: reports.overview(summary),
    servers: reports.topServers(),
    connections: reports.connections.sort((a, b) => a.index - b.index),
    udpFlows: reports.flows
      .sort((a, b) => a.index - b.index)
      .map((flow) => firstDatagrams(flow, reports.bounds.datagramsOfOne)),
    ...NO_SEGMENTS,
    left: {
      connections: reports.leftConnections,
      udpFlows: reports.leftFlows,
      ladders: reports.connections.length,
    },
  };
}

/** The indices of the first connections. */
function firstOnes(most: number): ReadonlySet<number> {
  return new Set(Array.from({ length: most }, (_, index) => index));
}

async function read(
  source: PageSource,
  reports: ReportsLog | null,
  segments: SegmentsLog | null,
  { host, signal, progress, maxConnections, bounds = PAGE_BOUNDS }: PageOptions,
  chosen: ReadonlySet<number> = firstOnes(bounds.first),
): Promise<CaptureSummary> {
  const stream = await source.open();
  try {
    const analysis = new Analysis(
      {
        connection: (snapshot, drops) => {
          reports?.sink.connection(snapshot, drops);
          segments?.ladder(snapshot);
        },
        ...(reports === null
          ? { wants: (index: number) => chosen.has(index), wantsUdpFlow: () => false }
          : reports.sink.picks === undefined
            ? {}
            : { picks: reports.sink.picks }),
        ...(reports?.sink.udpFlow === undefined ? {} : { udpFlow: reports.sink.udpFlow }),
        ...(segments === null
          ? {}
          : { segment: (row) => segments.segment(row), wantsSegments: (index) => chosen.has(index) }),
      },
      {
        host,
        zeek: reports !== null,
        ...(reports === null ? {} : { datagramsOf: bounds.datagramsOf }),
        ...(segments === null ? {} : { ladderOf: chosen, recorder: segments.recorder }),
        ...(signal === undefined ? {} : { signal }),
        ...(maxConnections === undefined ? {} : { maxConnections }),
        progress: () => progress?.(stream),
      },
    );
    await analysis.read(stream);
    const interrupted = signal?.aborted === true ? stream.progress : null;
    const { files, warnings, drops } = stream;
    return await analysis.conclude({ files, warnings, drops, interrupted }, { flush: async () => {} });
  } finally {
    await stream.close();
  }
}
