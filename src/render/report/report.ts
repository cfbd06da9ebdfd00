/**
 * A report as values: which blocks it has, and in which order. One renderer a format turns it into text or a picture
 * (renderers.ts).
 */
import type { CaptureSummary } from '../../analysis/summary.js';
import type { Drops } from '../../capture/reader.js';
import type { Overview } from '../../group/overview.js';
import { doubtedBy, flowDoubtedBy } from '../../verdict/losses.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import type { GraphSegment } from '../picture/graph-data.js';
import type { GraphChoice } from '../picture/names.js';

/** A few of many connections: some of each failure, then the slowest to connect, or the first ones where there are neither. */
export interface Examples {
  failed: readonly ConnectionReport[];
  slow: readonly ConnectionReport[];
  first: readonly ConnectionReport[];
  /** How many there are of each failure at most. */
  ofEachFailure: number;
}

export type Block =
  | { block: 'overview' }
  /** The ends and the outcome of the only connection. */
  | { block: 'outcome'; report: ConnectionReport }
  /** Totals of many connections. */
  | { block: 'outcomes'; overview: Overview }
  | { block: 'examples'; examples: Examples }
  | { block: 'connections'; rows: readonly ConnectionReport[] }
  | { block: 'flows'; rows: readonly UdpFlowReport[] }
  /** `named`: there are others; `doubt`: lost packets that put its verdict in doubt. */
  | { block: 'ladder'; report: ConnectionReport; named: boolean; doubt: Drops | null }
  | { block: 'udp-ladder'; flow: UdpFlowReport; named: boolean; doubt: Drops | null }
  /** `leftOut`: segments that there was no room for. */
  | {
      block: 'graph';
      report: ConnectionReport;
      segments: readonly GraphSegment[];
      leftOut: number;
      choice: GraphChoice;
    };

export interface Report {
  summary: CaptureSummary;
  blocks: readonly Block[];
}

/** What the page of a capture is made from. */
export interface PageParts {
  summary: CaptureSummary;
  /** Those that are shown, by index. */
  connections: readonly ConnectionReport[];
  flows: readonly UdpFlowReport[];
  /** Null where connections were chosen by their numbers. */
  overview: Overview | null;
  /** In place of a table, where there are more connections than are shown. */
  examples: Examples | null;
  /** How many ladders follow; null for all, 0 for none. */
  ladders: number | null;
}

/** The page of a capture: the whole first, then rows, then ladders. */
export function pageOf({ summary, connections, flows, overview, examples, ladders }: PageParts): Report {
  const blocks: Block[] = [{ block: 'overview' }];
  const [only] = connections;
  if (only !== undefined && connections.length === 1) blocks.push({ block: 'outcome', report: only });
  else if (overview !== null && summary.connections > 0) blocks.push({ block: 'outcomes', overview });
  if (examples !== null) blocks.push({ block: 'examples', examples });
  else if (connections.length > 1) blocks.push({ block: 'connections', rows: connections });
  if (flows.length > 0) blocks.push({ block: 'flows', rows: flows });
  return { summary, blocks: [...blocks, ...ladderBlocks(summary, connections, flows, ladders)] };
}

/** A ladder of each, at most so many connections and so many flows; null for all. */
export function ladderBlocks(
  { drops }: Pick<CaptureSummary, 'drops'>,
  connections: readonly ConnectionReport[],
  flows: readonly UdpFlowReport[],
  max: number | null,
): Block[] {
  return [
    ...connections.slice(0, max ?? undefined).map((report): Block => {
      const doubt = doubtedBy(report, drops);
      return { block: 'ladder', report, named: connections.length > 1, doubt };
    }),
    ...flows.slice(0, max ?? undefined).map((flow): Block => {
      const doubt = flowDoubtedBy(flow, drops);
      return { block: 'udp-ladder', flow, named: flows.length > 1, doubt };
    }),
  ];
}

/**
 * Every format: turns a report and its style into pieces of text that are written one after another. Formats of rows
 * (json, ndjson, csv, parquet), which are written while the capture is read, are not renderers.
 */
export type Renderer<Options> = (report: Report, options: Options) => Iterable<string>;
