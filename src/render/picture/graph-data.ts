/** The segments of one connection as numbers, for graphs of it. */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import * as codes from '../../track/memory/codes.js';
import type { SackBlocks, SegmentRow } from '../../track/results/sink.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';

/** Of more segments the rest is left out, and said to be. */
const MAX_SEGMENTS = 2_000_000;

export interface GraphSegment {
  packet: number;
  /** Seconds since the connection began. */
  time: number;
  fromClient: boolean;
  flags: number;
  codes: number;
  ignored: boolean;
  /** Relative; `acknowledgement` null without ACK. */
  sequence: number;
  acknowledgement: number | null;
  length: number;
  /** Payload bytes that are in the capture from an earlier segment. */
  repeated: number;
  /** As in the header. */
  window: number;
  /** Seconds of the round trip that it ends; null where it ends none. */
  roundTrip: number | null;
  sacks: SackBlocks;
}

/** Collects the segments of a connection while its capture is read. */
export class GraphRows {
  private readonly rows: SegmentRow[] = [];
  /** Segments beyond the limit. */
  leftOut = 0;

  /** `connection`: its index. */
  constructor(private readonly connection: number) {}

  add(row: SegmentRow): void {
    if (row.connection !== this.connection) return;
    if (this.rows.length < MAX_SEGMENTS) this.rows.push(row);
    else this.leftOut++;
  }

  /** In the order of the capture, without second copies. */
  segments({ clientSide, startedAt }: ConnectionReport): GraphSegment[] {
    return this.rows
      .filter((row) => (row.codes & codes.CAPTURE_DUPLICATE) === 0)
      .sort((a, b) => a.packet - b.packet)
      .map((row) => ({
        packet: row.packet,
        time: (row.at - startedAt) / 1e9,
        fromClient: row.side === clientSide,
        flags: row.flags,
        codes: row.codes,
        ignored: row.ignored !== null,
        sequence: row.sequence,
        acknowledgement: row.acknowledgement,
        length: row.length,
        repeated: row.repeated,
        window: row.window,
        roundTrip: row.roundTrip === null ? null : row.roundTrip / 1e9,
        sacks: row.sacks ?? [],
      }));
  }
}

/** What the segments of the receiver of one direction announced, in order. */
export interface Allowance {
  time: number;
  packet: number;
  /** All before this number has arrived. */
  acknowledged: number;
  /** Up to this number the sender may send; null where the scale of the window is not known. */
  edge: number | null;
  /** Nothing may be sent. */
  closed: boolean;
  duplicate: boolean;
  /** Seconds of the round trip that it ends; null where it ends none. */
  roundTrip: number | null;
  sacks: SackBlocks;
}

/** `fromClient`: the direction of the data. */
export function allowances(
  segments: readonly GraphSegment[],
  fromClient: boolean,
  { opening }: ConnectionReport,
): Allowance[] {
  const scale = windowShift(opening.options, fromClient ? 'server' : 'client');
  const result: Allowance[] = [];
  for (const segment of segments) {
    const { acknowledgement, flags } = segment;
    if (segment.fromClient === fromClient || acknowledgement === null || segment.ignored) continue;
    if ((flags & RST) !== 0) continue;
    // RFC 7323 2.2: the window of a SYN or SYN-ACK is never scaled
    const window = (flags & SYN) !== 0 ? segment.window : scale === null ? null : segment.window * 2 ** scale;
    const before = result.at(-1);
    result.push({
      time: segment.time,
      packet: segment.packet,
      acknowledged: Math.max(acknowledgement, before?.acknowledged ?? 0),
      edge: window === null ? null : acknowledgement + window,
      closed: segment.window === 0,
      duplicate: (segment.codes & codes.DUPLICATE_ACK) !== 0,
      roundTrip: segment.roundTrip,
      sacks: segment.sacks,
    });
  }
  return result;
}

/** Data, SYN or FIN: what takes sequence numbers. */
export function takesNumbers({ flags, length }: GraphSegment): boolean {
  return length > 0 || (flags & (SYN | FIN)) !== 0;
}

export function isProbe({ codes: bits }: GraphSegment): boolean {
  return (bits & (codes.ZERO_WINDOW_PROBE | codes.KEEP_ALIVE)) !== 0;
}

export function isPureAck({ flags, length }: GraphSegment): boolean {
  return (flags & ACK) !== 0 && length === 0 && (flags & (SYN | FIN | RST)) === 0;
}

/** SACK blocks beyond the acknowledgement: the others report data received twice (DSACK, RFC 2883). */
export function sackBlocks({ sacks, acknowledged }: Allowance): Allowance['sacks'] {
  return sacks.filter(([left]) => left >= acknowledged);
}
