/** What a report says of a capture as a whole. */
import type { Problem } from '../capture/problem.js';
import type { CaptureWarning, Drops, FrameStream } from '../capture/reader.js';
import type { ClosingKind, OpeningKind } from '../verdict/catalogue.js';
import type { Pattern } from '../verdict/patterns.js';
import type { CaptureTally } from './capture-tally.js';

/** Seconds since 1970 and nanoseconds within that second. */
export interface CaptureTime {
  seconds: number;
  nanoseconds: number;
}

/** One file of a capture. */
export interface FileSummary {
  path: string;
  format: 'pcap' | 'pcapng';
  packets: number;
  bytes: number;
  damaged: boolean;
}

/** What was not TCP or UDP: how many, and whether it was damaged rather than merely something else. */
export interface OtherCount {
  what: string;
  packets: number;
  broken: boolean;
}

export interface CaptureSummary {
  files: FileSummary[];
  /** False where reading was interrupted. */
  complete: boolean;
  /** Frames. An A-MSDU contains several of the packets counted below. */
  packets: number;
  tcpSegments: number;
  udpDatagrams: number;
  other: number;
  others: OtherCount[];
  start: CaptureTime | null;
  end: CaptureTime | null;
  drops: Drops | null;
  warnings: CaptureWarning[];
  /** Null for a capture from a file. */
  live: LiveFacts | null;
  connections: number;
  udpFlows: number;
  openings: Partial<Record<OpeningKind, number>>;
  closings: Partial<Record<ClosingKind, number>>;
  patterns: Pattern[];
  /** UDP servers that more than one client spoke to. */
  oneToMany: { server: string; clients: number }[];
  evicted: { halfOpen: number; others: number; udpFlows: number };
}

/** How a live capture was made. */
export interface LiveFacts {
  backend: string;
  interface: string;
  clock: 'kernel' | 'user-space';
  precision: 'ns' | 'us';
  snaplen: number;
}

/** What a finished capture says about itself. */
export interface CaptureFacts extends Pick<FrameStream, 'warnings' | 'drops'> {
  readonly files: readonly FileSummary[];
  /** Bytes read and bytes there are, where reading was interrupted. */
  readonly interrupted?: Interruption | null;
}

export interface Interruption {
  read: number;
  /** Null where that is not known. */
  size: number | null;
}

/** What packets and the reading of them say. */
export function captureSummary(
  tally: CaptureTally,
  facts: CaptureFacts,
): Pick<
  CaptureSummary,
  'files' | 'complete' | 'packets' | 'other' | 'others' | 'start' | 'end' | 'drops' | 'warnings'
> {
  const { packets, others, start, end, backwards } = tally.totals();
  const interrupted = facts.interrupted ?? null;
  return {
    files: fileSummaries(facts.files),
    complete: interrupted === null,
    packets,
    other: others.reduce((sum, each) => sum + each.packets, tally.unnamed),
    others: others.sort((a, b) => b.packets - a.packets || (a.what < b.what ? -1 : 1)),
    start,
    end,
    drops: facts.drops,
    warnings: [
      ...facts.warnings,
      ...clockWarnings(backwards),
      ...(interrupted === null ? [] : [interruptionWarning(interrupted)]),
    ],
  };
}

/** What a summary says of each file, apart from whatever else reads it. */
export function fileSummaries(files: readonly FileSummary[]): FileSummary[] {
  return files.map(({ path, format, packets, bytes, damaged }) => ({
    path,
    format,
    packets,
    bytes,
    damaged,
  }));
}

/** Said where the clock was set back. */
export function clockWarnings(backwards: number): CaptureWarning[] {
  if (backwards === 0) return [];
  const problem = { kind: 'clock-goes-back', packet: backwards } as const;
  const place = { file: null, packet: backwards, offset: null };
  return [{ code: 'time-goes-back', problem, continued: null, ...place, damage: false }];
}

/** The warning of an interrupted reading. */
export function interruptionWarning({ read, size }: Interruption): CaptureWarning {
  const problem: Problem =
    size === null || size === 0
      ? { kind: 'interrupted-of-unknown', read }
      : { kind: 'interrupted', read, size };
  return {
    code: 'interrupted',
    problem,
    continued: null,
    file: null,
    packet: null,
    offset: null,
    damage: false,
  };
}
