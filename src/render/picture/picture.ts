/** What a picture of a connection shows, as values: its rows, what their numbers mean, and which repeat which. */
import type { ConnectionReport } from '../../verdict/report.js';
import { type LadderRow, ladderRows } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';
import { type AckStep, ackSteps } from './ack-steps.js';
import { type OpenFolds, openFolds, withoutFolds } from './open-folds.js';
import { type Original, originals } from './originals.js';
import { pictureRows } from './picture-rows.js';

export interface Picture {
  rows: readonly LadderRow[];
  steps: ReadonlyMap<SegmentLine, AckStep>;
  originals: ReadonlyMap<SegmentLine, Original>;
}

/** `absolute`: raw sequence numbers. `open`: the opened folds; null for the default folds. */
export function pictureOf(
  report: ConnectionReport,
  absolute: boolean,
  open: OpenFolds | null = null,
): Picture {
  const all = ladderRows(report, absolute, false);
  const found = originalsOf(all, report);
  const rows = pictureRows(all, new Set([...found.values()].map(({ row }) => row)));
  if (open === null || open.ranges.length === 0) return { rows, steps: ackSteps(all), originals: found };
  const whole = ladderRows({ ...report, ladder: withoutFolds(report, open.segments) }, absolute, false);
  return {
    rows: openFolds(rows, whole, open.ranges),
    steps: ackSteps(whole),
    originals: originalsOf(whole, report),
  };
}

function originalsOf(rows: readonly LadderRow[], report: ConnectionReport): Picture['originals'] {
  return originals(rows, report.opening.options.agreed?.sack === true);
}
