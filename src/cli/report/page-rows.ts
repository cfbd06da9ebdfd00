/** The connections that the page shows: the first ones, and examples of failures and of slow openings. */
import type { CaptureSummary } from '../../analysis/summary.js';
import { type Overview, OverviewTally } from '../../group/overview.js';
import type { Examples } from '../../render/report/report.js';
import { MOST_BARS } from '../../render/text/outcomes.js';
import { secondsBetween } from '../../time.js';
import type { ConnectionSnapshot, LocatedFacts } from '../../track/results/snapshot.js';
import { isFailure, judgeEnd } from '../../verdict/outcome.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import type { TextPlan } from '../options/plan.js';
import { TopRows } from './top-rows.js';

/** Examples of each kind of failure, and of slow openings, where there are more. */
const OF_EACH_FAILURE = 2;
const MAX_EXAMPLES = 15;

export class PageRows {
  readonly tally = new OverviewTally();
  private readonly reports: ConnectionReport[] = [];
  private readonly failures = new Map<string, ConnectionReport[]>();
  private readonly slowest = new TopRows<ConnectionReport>(MAX_EXAMPLES);
  /** What the last picked connection is an example of. */
  private explains = false;
  private isRow = false;
  private isExample = false;
  private slowRank: number | null = null;

  constructor(private readonly plan: Pick<TextPlan, 'connections' | 'limit'>) {}

  picks(facts: LocatedFacts): boolean {
    const { tally, plan } = this;
    this.explains = tally.add(facts);
    this.isRow = plan.connections !== null || facts.index < plan.limit;
    const { lastOutcome, lastConnect } = tally;
    // whose RST it was is known only when it is explained
    this.isExample = isFailure(lastOutcome) && lastOutcome !== 'reset' && this.wantsExample(lastOutcome);
    this.slowRank = lastConnect !== null && this.slowest.wants(-lastConnect) ? -lastConnect : null;
    return this.explains || this.isRow || this.isExample || this.slowRank !== null;
  }

  connection(snapshot: ConnectionSnapshot): void {
    if (this.explains) {
      const { kind, by, causes } = judgeEnd(snapshot);
      this.tally.explain(by, causes);
      if (kind === 'reset') this.isExample = this.wantsExample(`reset ${by}`);
    }
    if (!this.isRow && !this.isExample && this.slowRank === null) return;
    const report = judgeConnection(snapshot);
    if (this.isRow) this.reports.push(report);
    if (this.isExample) this.addFailure(report);
    else if (this.slowRank !== null) this.slowest.add(this.slowRank, report);
  }

  private wantsExample(key: string): boolean {
    return (this.failures.get(key)?.length ?? 0) < OF_EACH_FAILURE;
  }

  private addFailure(report: ConnectionReport): void {
    const { kind, by } = report.outcome;
    const key = kind === 'reset' ? `reset ${by}` : kind;
    this.failures.set(key, [...(this.failures.get(key) ?? []), report]);
  }

  get count(): number {
    return this.reports.length;
  }

  get hasFailures(): boolean {
    return this.failures.size > 0;
  }

  /** The first ones or, where they were chosen, those; by index. */
  shown(): ConnectionReport[] {
    return this.reports.sort((a, b) => a.index - b.index);
  }

  /** Totals of all connections; null where some were chosen. */
  overview({ start, end }: CaptureSummary): Overview | null {
    if (this.plan.connections !== null || start === null) return null;
    return this.tally.result(start, secondsBetween(start, end ?? start), MOST_BARS);
  }

  /** Two of each failure, then the slowest to connect; null where all connections have a row. */
  examples({ connections }: CaptureSummary): Examples | null {
    if (this.plan.connections !== null || connections <= this.plan.limit) return null;
    const failed = [...this.failures.values()].flat().slice(0, MAX_EXAMPLES);
    const shown = new Set(failed.map(({ index }) => index));
    const slow = this.slowest.take().filter(({ index }) => !shown.has(index));
    return {
      failed,
      slow: slow.slice(0, MAX_EXAMPLES - failed.length),
      first: this.shown().slice(0, MAX_EXAMPLES),
      ofEachFailure: OF_EACH_FAILURE,
    };
  }
}
