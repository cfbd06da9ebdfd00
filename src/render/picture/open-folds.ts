/** Folds of a picture that a reader opened: the segments in them, one by one. */
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import { isFold } from '../../track/results/ladder.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { FoldRow, LadderRow } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';

export interface OpenFolds {
  /** Segments that the ladder has only as part of a fold, in the order of their packets. */
  segments: readonly LadderSegment[];
  /** First and last packets; each fold that shares a packet with one is open. */
  ranges: readonly (readonly [number, number])[];
}

/** The ladder with these segments in the place of its folds; a fold that lacks some of its segments stays. */
export function withoutFolds(report: ConnectionReport, segments: readonly LadderSegment[]): LadderEntry[] {
  return (report.ladder ?? []).flatMap((entry): LadderEntry | LadderEntry[] => {
    if (!isFold(entry)) return entry;
    const inside = segments.filter(({ packet }) => packet >= entry.from && packet <= entry.to);
    return inside.length === entry.segments[0] + entry.segments[1] ? inside : entry;
  });
}

/**
 * The rows of a picture with its open folds as segments. `whole`: the rows of the ladder without folds, from which every segment is
 * taken, so that what is known by row is known of each.
 */
export function openFolds(
  rows: readonly LadderRow[],
  whole: readonly LadderRow[],
  ranges: OpenFolds['ranges'],
): LadderRow[] {
  const lines = whole.filter((row) => row.row === 'segment');
  const byPacket = new Map(lines.map((line) => [line.packet, line]));
  return rows.flatMap((row): LadderRow[] => {
    if (row.row === 'segment') return [byPacket.get(row.packet) ?? row];
    if (row.row !== 'fold' || !ranges.some(([from, to]) => from <= row.to && to >= row.from)) return [row];
    return insideOf(row, rows, lines) ?? [row];
  });
}

/** Null where some of its segments are missing. */
function insideOf(
  fold: FoldRow,
  rows: readonly LadderRow[],
  lines: readonly SegmentLine[],
): SegmentLine[] | null {
  // rows between two joined runs are drawn already
  const drawn = new Set(rows.map((row) => (row.row === 'segment' ? row.packet : 0)));
  const inside = lines.filter(({ packet }) => packet >= fold.from && packet <= fold.to && !drawn.has(packet));
  return inside.length === fold.segments[0] + fold.segments[1] ? inside : null;
}
