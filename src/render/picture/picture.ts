/** What a picture of a connection shows, as values: its rows, what their numbers mean, and which repeat which. */
import type { ConnectionReport } from '../../verdict/report.js';
import { type LadderRow, ladderRows } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';
import { type AckStep, ackSteps } from './ack-steps.js';
import { type Original, originals } from './originals.js';
import { pictureRows } from './picture-rows.js';

export interface Picture {
  rows: readonly LadderRow[];
  steps: ReadonlyMap<SegmentLine, AckStep>;
  originals: ReadonlyMap<SegmentLine, Original>;
}

/** `absolute`: raw sequence numbers. */
export function pictureOf(report: ConnectionReport, absolute: boolean): Picture {
  const all = ladderRows(report, absolute, false);
  const found = originals(all, report.opening.options.agreed?.sack === true);
  const rows = pictureRows(all, new Set([...found.values()].map(({ row }) => row)));
  return { rows, steps: ackSteps(all), originals: found };
}
