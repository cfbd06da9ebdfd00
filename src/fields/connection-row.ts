/** A connection as its fields read it. */
import type { ConnectionReport } from '../verdict/report.js';

export interface ConnectionRow {
  report: ConnectionReport;
  /** Findings of all codes, also those beyond the ones listed. */
  findingCount: number;
}
