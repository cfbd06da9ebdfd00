/** A connection whose closing the capture missed. */
import type { ConnectionReport } from '../../verdict/report.js';

/** The SYN that shows that it was over, as it opened a new connection between the same ports; null without one. */
export function reopenedBy({ findings }: Pick<ConnectionReport, 'findings'>): number | null {
  return findings.find(({ code }) => code === 'close-not-captured')?.packet ?? null;
}
