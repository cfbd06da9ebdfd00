/** What is counted of a capture as a whole, and what a summary of it tells. */
import type { Problem } from './capture/problem.js';
import type { CaptureWarning, Drops, FrameStream } from './capture/reader.js';
import type { ClosingKind, OpeningKind } from './verdict/catalogue.js';
import type { Pattern } from './verdict/patterns.js';

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
  /** Frames. An A-MSDU holds several of what is counted below. */
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

/** What a finished capture tells about itself. */
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

/** What packets taken one by one do not tell of the part of a capture that they are from. */
export interface PartTotals {
  packets: number;
  /** What was neither TCP nor UDP nor an ICMP error. */
  others: OtherCount[];
  start: CaptureTime | null;
  end: CaptureTime | null;
  /** First packet, counted over all parts, whose time lies before an earlier one's; 0 where none. */
  backwards: number;
}

/** Counts packets, their times, and what was neither TCP nor UDP. */
export class CaptureTally {
  packets = 0;
  /** Neither TCP nor UDP, and lost to a damaged part what they were. */
  unnamed = 0;
  /** First packet whose time lies before an earlier one's, 0 where none. */
  backwards = 0;
  private readonly counts = new Map<string, OtherCount>();
  private startSeconds = Number.POSITIVE_INFINITY;
  private startNanoseconds = 0;
  private endSeconds = Number.NEGATIVE_INFINITY;
  private endNanoseconds = 0;

  /** The next packet, by its frame number. */
  packet(number: number, seconds: number, nanoseconds: number): void {
    this.packets++;
    const isBack =
      seconds < this.endSeconds || (seconds === this.endSeconds && nanoseconds < this.endNanoseconds);
    if (isBack && this.backwards === 0) this.backwards = number;
    this.span(seconds, nanoseconds);
  }

  other(what: string, broken: boolean, packets = 1): void {
    const known = this.counts.get(what);
    if (known === undefined) this.counts.set(what, { what, packets, broken });
    else known.packets += packets;
  }

  /** What another tally had, of the part behind. */
  add(part: PartTotals): void {
    this.packets += part.packets;
    for (const { what, packets, broken } of part.others) this.other(what, broken, packets);
    if (this.backwards === 0) this.backwards = part.backwards;
    if (part.start !== null) this.span(part.start.seconds, part.start.nanoseconds);
    if (part.end !== null) this.span(part.end.seconds, part.end.nanoseconds);
  }

  totals(): PartTotals {
    const { packets, backwards } = this;
    const none = packets === 0;
    return {
      packets,
      others: [...this.counts.values()],
      start: none ? null : { seconds: this.startSeconds, nanoseconds: this.startNanoseconds },
      end: none ? null : { seconds: this.endSeconds, nanoseconds: this.endNanoseconds },
      backwards,
    };
  }

  private span(seconds: number, nanoseconds: number): void {
    if (seconds > this.endSeconds || (seconds === this.endSeconds && nanoseconds > this.endNanoseconds)) {
      this.endSeconds = seconds;
      this.endNanoseconds = nanoseconds;
    }
    if (
      seconds < this.startSeconds ||
      (seconds === this.startSeconds && nanoseconds < this.startNanoseconds)
    ) {
      this.startSeconds = seconds;
      this.startNanoseconds = nanoseconds;
    }
  }
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

/** What is said of a reading that was interrupted. */
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
