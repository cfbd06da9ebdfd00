/** What each acknowledgement adds to the one before: `ack 8 = 7 + FIN`. RFC 9293 3.4: SYN and FIN take a number each. */
import type { LadderRow } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';

/** The number acknowledged before, and what has been acknowledged since. */
export interface AckStep {
  syn: boolean;
  bytes: number;
  fin: boolean;
}

/** What is known of one end while its rows pass. */
interface End {
  /** The number that it acknowledged last; null before the first, and where that is not known. */
  acknowledged: number | null;
  isFirst: boolean;
  /** Its own SYN was seen; the number of its FIN. */
  syn: boolean;
  fin: number | null;
}

/** By row, for those that acknowledge something new of which all parts are known. */
export function ackSteps(rows: readonly LadderRow[]): ReadonlyMap<SegmentLine, AckStep> {
  const steps = new Map<SegmentLine, AckStep>();
  const ends: [End, End] = [newEnd(), newEnd()];
  for (const row of rows) {
    if (row.row === 'fold')
      ends.forEach((end, at) => {
        if ((row.segments[at] ?? 0) > 0) forget(end);
      });
    if (row.row !== 'segment' || row.ignored || row.codes.includes('capture-duplicate')) continue;
    const [own, other] = row.fromClient ? ends : [ends[1], ends[0]];
    noteOwn(own, row);
    const { acknowledgement } = row.numbers;
    if (acknowledgement === null || row.acknowledgement?.includes('raw') === true) continue;
    const step = stepOf(acknowledgement, own, other);
    if (step !== null) steps.set(row, step);
    own.acknowledged = acknowledgement;
    own.isFirst = false;
  }
  return steps;
}

function newEnd(): End {
  return { acknowledged: null, isFirst: true, syn: false, fin: null };
}

function forget(end: End): void {
  end.acknowledged = null;
  end.isFirst = false;
}

function noteOwn(end: End, { flags, numbers, length }: SegmentLine): void {
  const isSyn = flags.includes('SYN');
  if (isSyn) end.syn = true;
  if (flags.includes('FIN')) end.fin = numbers.sequence + length + (isSyn ? 1 : 0);
}

function stepOf(acknowledgement: number, own: End, other: End): AckStep | null {
  const fin = other.fin !== null && acknowledgement === other.fin + 1;
  if (own.acknowledged === null) {
    if (own.isFirst && other.syn && acknowledgement === 1) return { syn: true, bytes: 0, fin: false };
    return fin ? { syn: false, bytes: 0, fin } : null;
  }
  const added = acknowledgement - own.acknowledged - (fin ? 1 : 0);
  if (acknowledgement <= own.acknowledged || added < 0) return null;
  return { syn: false, bytes: added, fin };
}
