/** Connections of a live capture that changed since the list was last drawn. */
import { type BrowseRow, browseRow } from '../../browse/row.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { Filter } from '../../where/filter.js';
import { filterOf } from './reading.js';

export class LiveConnections {
  readonly #changed = new Map<number, ConnectionReport>();
  #filter: { where: string; of: Filter | null } = { where: '', of: null };

  /** A connection as it is now. */
  seen(report: ConnectionReport): void {
    this.#changed.set(report.index, report);
  }

  /** Rows of those that match, and the indices of those that do not, or no more. Forgets them. */
  changes(where: string): { rows: BrowseRow[]; removed: number[] } {
    if (this.#filter.where !== where) this.#filter = { where, of: filterOf(where) };
    const rows: BrowseRow[] = [];
    const removed: number[] = [];
    for (const report of this.#changed.values()) {
      if (this.#filter.of?.connection(report) === false) removed.push(report.index);
      else rows.push(browseRow(report));
    }
    this.#changed.clear();
    return { rows, removed };
  }
}
