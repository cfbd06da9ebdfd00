/** The outcomes of the connections of a live page so far, from their reports: the server keeps no sums for pages. */

import type { CaptureSummary } from '../analysis/summary.js';
import type { FailureKind, Overview } from '../group/overview.js';
import { stepsFor, Timeline } from '../group/timeline.js';
import { secondsBetween } from '../time.js';
import type { OutcomeKind } from '../verdict/catalogue.js';
import { causesOf } from '../verdict/outcome.js';
import type { ConnectionReport } from '../verdict/report.js';

const MOST_BARS = 40;

interface Tally {
  kind: Pick<FailureKind, 'kind' | 'by'>;
  reports: ConnectionReport[];
  causes: Map<string, number>;
}

/** Null without connections. Distributions and what stands out are left to a report of the whole capture. */
export function liveOverview(
  connections: readonly ConnectionReport[],
  { start, end }: Pick<CaptureSummary, 'start' | 'end'>,
): Overview | null {
  if (connections.length === 0 || start === null || end === null) return null;
  const steps = stepsFor(start.seconds, start.nanoseconds / 1e9, secondsBetween(start, end), MOST_BARS);
  const timeline = (reports: readonly ConnectionReport[]): number[] => {
    const line = new Timeline();
    for (const { startedAt } of reports) line.add(startedAt);
    return line.inSteps(steps.width * 1e9, steps.count, steps.offset * 1e9 - start.nanoseconds);
  };
  const outcomes = new Map<OutcomeKind, number>();
  const tallies = new Map<string, Tally>();
  for (const report of connections) {
    const { kind, failed } = report.outcome;
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    if (failed) addFailure(tallies, report);
  }
  const failures = [...tallies.values()]
    .map(({ kind, reports, causes }) => ({
      ...kind,
      count: reports.length,
      causes: [...causes].sort((a, b) => b[1] - a[1]),
      mostSyns: reports.reduce((most, { opening }) => Math.max(most, opening.synCount), 0),
      longest: reports.reduce((most, { duration }) => Math.max(most, duration), 0),
      timeline: timeline(reports),
    }))
    .sort((a, b) => b.count - a.count);
  return {
    connections: connections.length,
    failed: failures.reduce((sum, { count }) => sum + count, 0),
    outcomes: [...outcomes].sort((a, b) => b[1] - a[1]),
    steps,
    timeline: timeline(connections),
    failures,
    connect: null,
    response: null,
    duration: null,
    slowConnects: 0,
    codes: [],
    standsOut: [],
  };
}

function addFailure(tallies: Map<string, Tally>, report: ConnectionReport): void {
  const { kind, by } = report.outcome;
  const shownBy = kind === 'reset' ? by : null;
  const key = `${kind} ${shownBy}`;
  let tally = tallies.get(key);
  if (tally === undefined) {
    tally = { kind: { kind, by: shownBy }, reports: [], causes: new Map() };
    tallies.set(key, tally);
  }
  tally.reports.push(report);
  const causes = causesOf(report.closing.reset);
  if (causes !== '') tally.causes.set(causes, (tally.causes.get(causes) ?? 0) + 1);
}
