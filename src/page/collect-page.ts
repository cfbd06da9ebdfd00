/**
 * A capture as the report page shows it. It is read twice where that can be done: which connections are worth their segments is
 * known only when all of it was read.
 */
import { Analysis } from '../analysis/analysis.js';
import type { Host } from '../analysis/sink.js';
import type { CaptureSummary } from '../analysis/summary.js';
import type { FrameStream } from '../capture/reader.js';
import { judgeConnection } from '../verdict/report.js';
import { chooseConnections } from './choose.js';
import { firstDatagrams } from './first-datagrams.js';
import { PAGE_BOUNDS, PAGE_SCHEMA, type PageBounds, type PageData } from './page-data.js';
import { type PageFilter, ReportsLog } from './reports-log.js';
import { SegmentsLog } from './segments-log.js';

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
  /** Called for each chunk read; `reading`: the first time, or the second. */
  progress?(stream: FrameStream, reading: 1 | 2): void;
}

/** @throws CaptureError where it cannot be read at all. */
export async function collectPage(source: PageSource, options: PageOptions): Promise<PageData> {
  const bounds = options.bounds ?? PAGE_BOUNDS;
  const reports = new ReportsLog(bounds, options.filter);
  const atOnce = source.twice ? null : new SegmentsLog(firstOnes(bounds.first), null, bounds);
  const summary = await read(source, 1, reports, atOnce, options);
  reports.connections.sort((a, b) => a.index - b.index);
  reports.flows.sort((a, b) => a.index - b.index);
  const segments = atOnce ?? (await readSegments(source, reports, options, bounds));
  const connections = reports.connections.map((report) => ({
    ...report,
    ladder: segments.ladderOf(report.index),
  }));
  return {
    schema: PAGE_SCHEMA,
    version: options.version,
    files: summary.files.map(({ path }) => path),
    where: options.where,
    capture: summary,
    overview: reports.overview(summary),
    servers: reports.topServers(),
    connections,
    udpFlows: reports.flows.map((flow) => firstDatagrams(flow, bounds.datagramsOfOne)),
    folded: segments.folded(),
    roundTrips: segments.roundTrips,
    sacks: segments.sacks,
    headers: segments.headers(),
    left: {
      connections: reports.leftConnections,
      udpFlows: reports.leftFlows,
      ladders: connections.filter(({ ladder }) => ladder === null).length,
    },
  };
}

async function readSegments(
  source: PageSource,
  reports: ReportsLog,
  options: PageOptions,
  bounds: PageBounds,
): Promise<SegmentsLog> {
  const chosen = chooseConnections(reports.connections, bounds);
  const ports = reports.connections.filter(({ index }) => chosen.has(index));
  const segments = new SegmentsLog(chosen, ports, bounds);
  if (chosen.size > 0 && options.signal?.aborted !== true)
    await read(source, 2, null, segments, options, chosen);
  return segments;
}

/** The indices of the first connections. */
function firstOnes(most: number): ReadonlySet<number> {
  return new Set(Array.from({ length: most }, (_, index) => index));
}

async function read(
  source: PageSource,
  reading: 1 | 2,
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
          segments?.ladder(judgeConnection(snapshot));
        },
        ...(reports === null
          ? { wants: (index: number) => chosen.has(index), wantsUdpFlow: () => false }
          : reports.sink.picks === undefined
            ? {}
            : { picks: reports.sink.picks }),
        ...(reports?.sink.udpFlow === undefined ? {} : { udpFlow: reports.sink.udpFlow }),
        ...(segments === null ? {} : { segment: (row) => segments.segment(row) }),
      },
      {
        host,
        ...(reports === null ? {} : { datagramsOf: bounds.datagramsOf }),
        ...(segments === null ? {} : { ladderOf: chosen, recorder: segments.recorder }),
        ...(signal === undefined ? {} : { signal }),
        ...(maxConnections === undefined ? {} : { maxConnections }),
        progress: () => progress?.(stream, reading),
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
