/**
 * What the report page shows, as plain values for JSON: the reports of a capture as the command line has them, segments
 * of some connections, and the bytes of their TCP headers.
 */

import type { CaptureSummary } from '../analysis/summary.js';
import type { GroupReport } from '../group/groups.js';
import type { Overview } from '../group/overview.js';
import type { LadderSegment } from '../track/memory/extras.js';
import type { SackBlocks } from '../track/results/sink.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';

export interface PageData {
  schema: typeof PAGE_SCHEMA;
  /** Version of synfin that made it. */
  version: string;
  /** Names of the files, as they were given. */
  files: readonly string[];
  /** Which connections were asked for (where/filter.ts); null for all. */
  where: string | null;
  capture: CaptureSummary;
  overview: Overview | null;
  /** The servers with the most failures, then with the most connections. */
  servers: readonly GroupReport[];
  /** By index; `ladder` is null where the page has no segments of it. */
  connections: readonly ConnectionReport[];
  udpFlows: readonly UdpFlowReport[];
  /** By index of the connection: segments that its ladder has only as part of a fold. */
  folded: Readonly<Record<number, readonly LadderSegment[]>>;
  /** By packet number: nanoseconds of the round trip that a segment ends, and its SACK blocks (track/results/sink.ts). */
  roundTrips: Readonly<Record<number, number>>;
  sacks: Readonly<Record<number, SackBlocks>>;
  /** By packet number: TCP header and first payload bytes, in hexadecimal. */
  headers: Readonly<Record<number, string>>;
  left: LeftOut;
}

/** What the page does not have. */
export interface LeftOut {
  connections: number;
  udpFlows: number;
  /** Connections in the list without segments. */
  ladders: number;
}

export const PAGE_SCHEMA = 'synfin-page/1';

export interface PageBounds {
  /** Connections in the list; beyond, only those that failed, up to as many again. */
  connections: number;
  udpFlows: number;
  /** The number of first flows that have their datagrams, and of datagrams of each. */
  datagramsOf: number;
  datagramsOfOne: number;
  servers: number;
  /** Segments over all connections, and of one. */
  segments: number;
  segmentsOfOne: number;
  /** Where the capture cannot be read twice: connections whose segments are kept. */
  first: number;
}

const MOST_CONNECTIONS = 20_000;
const MOST_FLOWS = 2000;
const DATAGRAMS_OF = 200;
/** As many as a picture shows (render/svg/udp-ladder.ts). */
export const DATAGRAMS_OF_ONE = 40;
const MOST_SERVERS = 200;
const MOST_SEGMENTS = 50_000;
const SEGMENTS_OF_ONE = 2000;
const FIRST_CONNECTIONS = 200;

export const PAGE_BOUNDS: PageBounds = {
  connections: MOST_CONNECTIONS,
  udpFlows: MOST_FLOWS,
  datagramsOf: DATAGRAMS_OF,
  datagramsOfOne: DATAGRAMS_OF_ONE,
  servers: MOST_SERVERS,
  segments: MOST_SEGMENTS,
  segmentsOfOne: SEGMENTS_OF_ONE,
  first: FIRST_CONNECTIONS,
};
