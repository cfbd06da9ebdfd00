/** table and ladder: the page of a capture, as text. */

import { phrases } from '../../explain/phrases.js';
import { loadSketches } from '../../group/quantiles.js';
import { pageOf } from '../../render/report/report.js';
import { MANY } from '../../render/text/outcomes.js';
import { renderPage } from '../../render/text/page.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { TextPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import { PageRows } from './page-rows.js';
import type { Reporter } from './reporter.js';
import type { Speaker } from './speaker.js';
import { tableOptions } from './table-options.js';

/** As many ladders are shown without being asked for. */
const FEW = 3;

/** `browsable`: a user at a terminal can open the files with synfin browse. */
export function textReporter(plan: TextPlan, output: Output, speaker: Speaker, browsable = false): Reporter {
  const { connections: chosen, limit } = plan;
  const rows = new PageRows(plan);
  const flows: UdpFlowReport[] = [];
  return {
    wants: { ladders: plan.ladders ? limit : FEW, ladderOf: chosen, zeek: false },
    sink: {
      wants: (index) => chosen === null || chosen.has(index),
      times: (index) =>
        chosen === null ? (index < limit ? 'all' : 'responses') : chosen.has(index) ? 'all' : 'none',
      picks: (facts) => rows.picks(facts),
      connection: (snapshot) => rows.connection(snapshot),
      wantsUdpFlow: (index) => plan.named === null && index < limit,
      udpFlow: (snapshot) => void flows.push(judgeUdpFlow(snapshot)),
    },
    async flush() {
      if (rows.tally.count > MANY) await loadSketches();
    },
    async finish(summary) {
      const { connections, udpFlows } = summary;
      const hasLadders = chosen !== null || plan.ladders || connections + udpFlows <= FEW;
      const report = pageOf({
        summary,
        connections: rows.shown(),
        flows: flows.sort((a, b) => a.index - b.index),
        overview: rows.overview(summary),
        examples: rows.examples(summary),
        ladders: !hasLadders ? 0 : chosen !== null ? null : plan.ladders ? limit : FEW,
      });
      const dropped = new Set<string>();
      const { style, height } = plan;
      const table = tableOptions(plan, summary);
      const leftOut = (columns: readonly string[]): void => {
        for (const name of columns) dropped.add(name);
      };
      for (const piece of renderPage(report, { style, table, height, leftOut })) await output.write(piece);
      const lists = !hasLadders && rows.count > 0;
      const hints = phrases.pageHints({
        hiddenFlows: chosen === null ? Math.max(0, udpFlows - limit) : 0,
        lists,
        failed: rows.hasFailures && chosen === null && connections > limit,
        browsable: lists && browsable,
        dropped: [...dropped],
        live: summary.live !== null,
      });
      for (const text of hints) await speaker.remark(text);
      await output.end();
    },
  };
}
