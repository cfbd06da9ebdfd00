/** Which connections have their segments in the page: those that failed first, then those with warnings, then the others. */
import { severityOf } from '../verdict/catalogue.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { PageBounds } from './page-data.js';

type Bounds = Pick<PageBounds, 'segments' | 'segmentsOfOne'>;

export function chooseConnections(reports: readonly ConnectionReport[], bounds: Bounds): Set<number> {
  const chosen = new Set<number>();
  let room = bounds.segments;
  for (const wanted of [2, 1, 0]) {
    for (const report of reports) {
      if (rank(report) !== wanted) continue;
      const { client, server } = report.traffic;
      const segments = Math.min(bounds.segmentsOfOne, client.packets + server.packets);
      if (segments > room) continue;
      chosen.add(report.index);
      room -= segments;
    }
  }
  return chosen;
}

function rank({ outcome, findingCounts }: ConnectionReport): number {
  if (outcome.failed) return 2;
  return Object.keys(findingCounts).some((code) => severityOf(code) === 'warning') ? 1 : 0;
}
