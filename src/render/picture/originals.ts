/** Which segment a retransmission repeats, and whether that one was lost. */
import type { LadderRow } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';

/**
 * `lost`: duplicate ACKs show that the receiver lacked it while later ones had arrived, and where it agreed to SACK, no DSACK
 * says that it came after all (RFC 2883). Not said of a retransmission by timer: an ACK may have been lost as well.
 */
export interface Original {
  row: SegmentLine;
  lost: boolean;
}

/** By the row of the retransmission. `sack`: both ends agreed to selective acknowledgements. */
export function originals(rows: readonly LadderRow[], sack: boolean): ReadonlyMap<SegmentLine, Original> {
  const found = new Map<SegmentLine, Original>();
  const before: SegmentLine[] = [];
  for (const row of rows) {
    if (row.row !== 'segment' || row.codes.includes('capture-duplicate')) continue;
    if (row.again) {
      const original = before.findLast((earlier) => repeats(row, earlier));
      if (original !== undefined) {
        const lost =
          sack && row.codes.includes('fast-retransmission') && !row.codes.includes('spurious-retransmission');
        found.set(row, { row: original, lost: lost && !deniedLater(rows, row) });
      }
    }
    before.push(row);
  }
  return found;
}

function repeats(row: SegmentLine, earlier: SegmentLine): boolean {
  if (earlier.fromClient !== row.fromClient || earlier.ignored) return false;
  const at = row.numbers.sequence;
  const end = earlier.numbers.sequence + Math.max(1, earlier.length);
  return at >= earlier.numbers.sequence && at < end && earlier.length > 0 === row.length > 0;
}

/** The receiver reported something as received twice afterwards. */
function deniedLater(rows: readonly LadderRow[], row: SegmentLine): boolean {
  const at = rows.indexOf(row);
  return rows
    .slice(at + 1)
    .some(
      (later) =>
        later.row === 'segment' && later.fromClient !== row.fromClient && later.codes.includes('dsack'),
    );
}
