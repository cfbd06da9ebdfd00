/** table and ladder: an overview, the connections, and where they are few the ladder of each. */

import { phrases } from '../../explain/phrases.js';
import { OverviewTally } from '../../group/overview.js';
import { loadSketches } from '../../group/quantiles.js';
import { isNarrow, type Layout, type TableOptions } from '../../render/text/layout.js';
import { MANY, MOST_BARS, renderOutcomes } from '../../render/text/outcomes.js';
import { renderOverview } from '../../render/text/overview.js';
import { plain, wrap } from '../../render/text/style.js';
import { connectionLayout, drawTable, udpLayout } from '../../render/text/table.js';
import { outcomeLine, renderWholeLadder, renderWholeUdpLadder } from '../../render/text/whole-ladder.js';
import type { CaptureSummary, CaptureTime } from '../../summary.js';
import { secondsBetween } from '../../time.js';
import type { ConnectionSnapshot, LocatedFacts } from '../../track/results/snapshot.js';
import { doubtedBy, flowDoubtedBy } from '../../verdict/losses.js';
import { isFailure, judgeEnd } from '../../verdict/outcome.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { TextPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import type { Reporter } from './reporter.js';
import type { Speaker } from './speaker.js';
import { tableOptions } from './table-options.js';
import { TopRows } from './top-rows.js';

/** As many ladders are shown without being asked for. */
const FEW = 3;
/** Examples of each kind of failure, and of slow openings, where there are more. */
const OF_EACH_FAILURE = 2;
const MAX_EXAMPLES = 15;
/** Lines around them: the command, a blank line, two headings, three lines of hints and the prompt. */
const AROUND_EXAMPLES = 8;

/** `browsable`: a person at a terminal can open what is read with synfin browse. */
export function textReporter(plan: TextPlan, output: Output, speaker: Speaker, browsable = false): Reporter {
  const { connections: chosen, limit } = plan;
  const page = new Page(plan);
  return {
    wants: { ladders: plan.ladders ? limit : FEW, ladderOf: chosen, zeek: false },
    sink: {
      wants: (index) => chosen === null || chosen.has(index),
      times: (index) =>
        chosen === null ? (index < limit ? 'all' : 'responses') : chosen.has(index) ? 'all' : 'none',
      picks: (facts) => page.picks(facts),
      connection: (snapshot) => page.connection(snapshot),
      wantsUdpFlow: (index) => plan.named === null && index < limit,
      udpFlow: (snapshot) => void page.flows.push(judgeUdpFlow(snapshot)),
    },
    attach() {},
    async flush() {
      if (page.tally.count > MANY) await loadSketches();
    },
    async finish(summary) {
      await output.write(`${page.compose(summary)}\n`);
      for (const text of page.hints(summary, browsable)) await speaker.remark(text);
      await output.end();
    },
  };
}

/** What is shown of a capture where nothing else was asked for. */
class Page {
  readonly tally = new OverviewTally();
  readonly flows: UdpFlowReport[] = [];
  private readonly reports: ConnectionReport[] = [];
  private readonly failures = new Map<string, ConnectionReport[]>();
  private readonly slowest = new TopRows<ConnectionReport>(MAX_EXAMPLES);
  /** What the connection that was picked last is picked for. */
  private explains = false;
  private isRow = false;
  private isExample = false;
  /** Columns that there was no room for. */
  private readonly dropped = new Set<string>();
  private slowRank: number | null = null;

  constructor(private readonly plan: TextPlan) {}

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

  compose(summary: CaptureSummary): string {
    const { plan, reports, flows } = this;
    const { connections: chosen, limit, style } = plan;
    const options = tableOptions(plan, summary);
    reports.sort((a, b) => a.index - b.index);
    flows.sort((a, b) => a.index - b.index);
    const overview = renderOverview(summary, style, options.time);
    const many = chosen === null && summary.connections > limit;
    const [only] = reports;
    const isOnly = reports.length === 1 && only !== undefined;
    // one connection: its outcome is part of the answer, and the page fits on a terminal of 24 lines
    const parts = [isOnly ? `${overview}\n${outcomeLine(only, style)}` : overview];
    if (!isOnly && chosen === null && summary.start !== null && summary.connections > 0)
      parts.push(this.outcomes(summary, summary.start, options));
    if (many) parts.push(...this.examples(summary, options, linesOf(parts)));
    else if (reports.length > 1) parts.push(this.table(connectionLayout(reports, style, options), reports));
    if (flows.length > 0) parts.push(this.table(udpLayout(flows, style, options), flows));
    if (this.hasLadders(summary)) parts.push(...this.ladders(summary));
    return parts.join('\n\n');
  }

  /** How to see what the page does not show. */
  hints(summary: CaptureSummary, browsable: boolean): string[] {
    const { connections: chosen, limit } = this.plan;
    const hiddenFlows = chosen === null ? Math.max(0, summary.udpFlows - limit) : 0;
    const lists = !this.hasLadders(summary) && this.reports.length > 0;
    const failed = this.failures.size > 0 && chosen === null && summary.connections > limit;
    const dropped = [...this.dropped];
    const live = summary.live !== null;
    return phrases.pageHints({ hiddenFlows, lists, failed, browsable: lists && browsable, dropped, live });
  }

  private hasLadders(summary: CaptureSummary): boolean {
    const { connections: chosen, ladders } = this.plan;
    return chosen !== null || ladders || summary.connections + summary.udpFlows <= FEW;
  }

  private outcomes(summary: CaptureSummary, start: CaptureTime, options: TableOptions): string {
    const end = summary.end ?? start;
    const overview = this.tally.result(start, secondsBetween(start, end), MOST_BARS);
    return renderOutcomes(overview, {
      style: this.plan.style,
      time: options.time,
      start,
      end,
      complete: summary.complete,
    });
  }

  private table<Row>(layout: Layout<Row>, rows: readonly Row[]): string {
    for (const name of layout.dropped) this.dropped.add(name);
    return drawTable(layout, rows, this.plan.style);
  }

  /**
   * Two of each failure, then the slowest to connect: as many as a terminal has lines left below those `above`, so that
   * the answer does not scroll away.
   */
  private examples(summary: CaptureSummary, options: TableOptions, above: number): string[] {
    const { style, height } = this.plan;
    const rowLines = isNarrow(options) ? 2 : 1;
    const room = height === null ? MAX_EXAMPLES : Math.floor((height - above - AROUND_EXAMPLES) / rowLines);
    const most = Math.min(room, MAX_EXAMPLES);
    if (most < 1) return [];
    const failed = [...this.failures.values()].flat().slice(0, most);
    const shown = new Set(failed.map(({ index }) => index));
    const slow = this.slowest.take().filter(({ index }) => !shown.has(index));
    const rest = slow.slice(0, Math.max(0, most - failed.length));
    const rows = [...failed, ...rest];
    if (rows.length === 0) rows.push(...this.reports.slice(0, most));
    const head = phrases.examplesText(
      rows.length,
      summary.connections,
      failed.length > 0 ? OF_EACH_FAILURE : 0,
      rest.length > 0,
    );
    const said = wrap(plain(head, style), style.width, 2).join('\n');
    return [`${said}\n${this.table(connectionLayout(rows, style, options), rows)}`];
  }

  private ladders(summary: CaptureSummary): string[] {
    const { plan, reports, flows } = this;
    const { connections: chosen, limit, style } = plan;
    const most = plan.ladders ? limit : FEW;
    return [
      ...reports.slice(0, chosen === null ? most : undefined).map((report) => {
        const caveat = phrases.dropsCaveat(doubtedBy(report, summary.drops));
        return renderWholeLadder(report, reports.length > 1, caveat, style);
      }),
      ...flows.slice(0, most).map((flow) => {
        const caveat = phrases.dropsCaveat(flowDoubtedBy(flow, summary.drops));
        return renderWholeUdpLadder(flow, flows.length > 1, caveat, style);
      }),
    ];
  }
}

function linesOf(parts: readonly string[]): number {
  return parts.join('\n\n').split('\n').length;
}
