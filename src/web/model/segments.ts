/** The segments of a connection that the page has, each with what the ladder says of it. */
import { type IcmpRow, ladderRows } from '../../render/ladder-rows.js';
import { labelOf } from '../../render/picture/labels.js';
import { type RowContext, type SegmentLine, segmentLine } from '../../render/segment-line.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import type { ConnectionReport } from '../../verdict/report.js';

export interface Segment extends LadderSegment {
  fromClient: boolean;
  /** Seconds since the connection began. */
  time: number;
  /** States of both ends after it. */
  client: string;
  server: string;
  /** `SYN-ACK`, `100 bytes`. */
  title: string;
  again: boolean;
  notes: readonly string[];
}

/** In the order of their packets. `folded`: those that the ladder has only as part of a fold. */
export function segmentsOf(report: ConnectionReport, folded: readonly LadderSegment[]): Segment[] {
  const lines = linesOf(report);
  const own = (report.ladder ?? []).filter(isSegment);
  return [...own, ...folded]
    .sort((a, b) => a.packet - b.packet)
    .map((segment) => described(segment, lines.get(segment.packet), report));
}

function isSegment(entry: LadderEntry): entry is LadderSegment {
  return 'packet' in entry;
}

/** All rows of the ladder, by packet. */
function linesOf(report: ConnectionReport): Map<number, SegmentLine> {
  const lines = ladderRows(report, false, false).filter((row) => row.row === 'segment');
  return new Map(lines.map((line) => [line.packet, line]));
}

/** ICMP errors that answered it. */
export function icmpRows(report: ConnectionReport): IcmpRow[] {
  return ladderRows(report, false, false).filter((row) => row.row === 'icmp');
}

function described(
  segment: LadderSegment,
  known: SegmentLine | undefined,
  report: ConnectionReport,
): Segment {
  // one that the ladder has in a fold
  const line = known ?? segmentLine(segment, contextOf(report), false, { before: null, states: ['', ''] });
  return {
    ...segment,
    fromClient: line.fromClient,
    time: line.time,
    client: line.client,
    server: line.server,
    title: labelOf(line, undefined).what,
    again: line.again,
    notes: line.notes,
  };
}

function contextOf({ clientSide, startedAt, traffic, opening }: ConnectionReport): RowContext {
  const { client, server } = traffic;
  return {
    clientSide,
    startedAt,
    serverSeen: server.packets > 0,
    listened: opening.synAckCount > 0,
    sent: [client.bytes, server.bytes],
  };
}
