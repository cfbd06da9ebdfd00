/** Which connections a filter picks, one after another: decided by their facts where these suffice, else by their report. */
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { Filter } from './filter.js';

export class Picker {
  /** What the facts alone say of the connection that is reported next; null where they do not decide. */
  early: boolean | null = null;

  constructor(private readonly filter: Pick<Filter, 'facts' | 'connection'>) {}

  /** False: it does not match, so that no report need be made. */
  facts(facts: LocatedFacts): boolean {
    this.early = this.filter.facts(facts);
    return this.early !== false;
  }

  /** Of the same connection. */
  matches(report: () => ConnectionReport): boolean {
    return this.early === true || this.filter.connection(report());
  }
}
