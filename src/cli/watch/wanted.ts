/** Which connections are printed while they are watched: `--only`, `--where` and its shorthands. */
import type { ConnectionReport } from '../../verdict/report.js';
import type { Filter } from '../../where/filter.js';
import type { Only } from '../options/only.js';

/** Seconds from which on connecting, or a response, is slow. */
const SLOW = 1;

export function hasSlowResponse({ response }: Pick<ConnectionReport, 'response'>): boolean {
  return (response?.max ?? 0) >= SLOW;
}

export function isSlow(report: Pick<ConnectionReport, 'response' | 'opening'>): boolean {
  return hasSlowResponse(report) || (report.opening.connectTime ?? 0) >= SLOW;
}

const MEANING: Readonly<Record<Only, (report: ConnectionReport) => boolean>> = {
  failed: ({ outcome }) => outcome.failed,
  reset: ({ outcome }) => outcome.kind === 'reset',
  slow: isSlow,
};

/** Whether a connection is printed; `over`: its outcome is decided. */
export type Wanted = (report: ConnectionReport, over: boolean) => boolean;

/** Null where all are. */
export function wantedBy(only: readonly Only[] | undefined, filter: Filter | null): Wanted | null {
  if (only === undefined && filter === null) return null;
  return (report, over) => {
    // before the first answer comes, a connection is not one that failed
    const known: ConnectionReport = over
      ? report
      : { ...report, outcome: { kind: 'open', by: null, failed: false } };
    if (only !== undefined && !only.some((what) => MEANING[what](known))) return false;
    return filter === null || filter.connection(known);
  };
}
