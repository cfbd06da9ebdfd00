/** Groups of connections (`--by`), and a histogram of times (`--histogram`), in every format. */

import type { CaptureSummary } from '../../analysis/summary.js';
import { jsonText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { GROUPS } from '../../fields/columns.js';
import { cellsOf, NO_PHRASES } from '../../fields/field.js';
import { type GroupReport, GroupTally } from '../../group/groups.js';
import { groupKey } from '../../group/keys.js';
import { loadSketches } from '../../group/quantiles.js';
import { captureObject, groupObject, SCHEMA } from '../../render/data/json.js';
import { groupColumns, groupOrder } from '../../render/group-columns.js';
import { histogramLines } from '../../render/text/histogram.js';
import { layOut } from '../../render/text/layout.js';
import { narrowLines } from '../../render/text/narrow-rows.js';
import { headLine, rowLine } from '../../render/text/table.js';
import { judgeEnd } from '../../verdict/outcome.js';
import type { GroupsPlan, OutputPlan, TextPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import type { Reporter } from './reporter.js';
import { speaker } from './speaker.js';
import { tableOptions } from './table-options.js';
import { openTable } from './table-writer.js';

interface Result {
  total: GroupReport;
  groups: readonly GroupReport[];
}

interface GroupWriter {
  write(summary: CaptureSummary, result: Result, tally: GroupTally): Promise<void>;
}

export async function groupsReporter(plan: OutputPlan, groups: GroupsPlan, io: CliIo): Promise<Reporter> {
  await loadSketches();
  const writer = await writerOf(plan, groups, io);
  const key = groups.by === null ? null : groupKey(groups.by, groups.local);
  const tally = new GroupTally(key, groups.histogram);
  return {
    wants: { zeek: false },
    sink: {
      wants: (index) => plan.connections === null || plan.connections.has(index),
      times: () => 'responses',
      picks: (facts) => tally.add(facts),
      connection(snapshot) {
        const { by, cause } = judgeEnd(snapshot);
        tally.explain(by, cause);
      },
    },
    async flush() {},
    async finish(summary) {
      const order = groupOrder(groups.sort, key?.isTime === true);
      const found = tally.reports().sort(order);
      await writer.write(summary, { total: tally.total(), groups: found }, tally);
    },
  };
}

async function writerOf(plan: OutputPlan, groups: GroupsPlan, io: CliIo): Promise<GroupWriter> {
  if (plan.form === 'text') return textWriter(plan, groups, io);
  if (plan.form === 'tables') {
    const table = await openTable({ table: 'groups', path: plan.output }, plan.format, io);
    return {
      async write(_, { groups: found }) {
        for (const row of found) table.add(cellsOf(GROUPS, row, NO_PHRASES));
        await table.flush();
        await table.end();
      },
    };
  }
  const output = await openOutput(plan.output, io);
  return {
    async write(summary, { total, groups: found }) {
      const by = groups.by;
      const capture = captureObject(summary);
      if (plan.form === 'json') {
        const document = {
          schema: SCHEMA,
          capture,
          by,
          total: groupObject(total),
          groups: found.map(groupObject),
        };
        await output.write(`${jsonText(document)}\n`);
      } else {
        for (const group of found)
          await output.write(`${JSON.stringify({ type: 'group', ...groupObject(group) })}\n`);
        await output.write(`${jsonText({ type: 'capture', ...capture, by, total: groupObject(total) })}\n`);
      }
      await output.end();
    },
  };
}

async function textWriter(plan: TextPlan, groups: GroupsPlan, io: CliIo): Promise<GroupWriter> {
  const output = await openOutput(plan.output, io);
  const { style } = plan;
  return {
    async write(summary, { total, groups: found }, tally) {
      const shown = found.slice(0, plan.limit);
      const say = speaker(plan, output, io);
      let dropped: readonly string[] = [];
      const { by } = groups;
      if (by !== null) {
        await say.summary(phrases.groupsSentence(total.connections, summary.connections, found.length, by));
        const { columns, sorted } = groupColumns(
          by,
          groupKey(by)?.isTime === true,
          groups.sort,
          style.unicode,
        );
        const rows = [total, ...shown];
        const options = { ...tableOptions(plan, summary), ...(sorted === null ? {} : { sorted }) };
        const layout = layOut(columns, rows, options, style);
        dropped = layout.dropped;
        const lines = layout.narrow
          ? rows.flatMap((row) => narrowLines(layout, row, style))
          : [headLine(layout, style), ...rows.map((row) => rowLine(layout, row, style))];
        await output.write(`${lines.join('\n')}\n`);
      }
      if (groups.histogram !== null) {
        const lines = histogramLines(
          phrases.histogramHead(groups.histogram),
          tally.histogram.bins(),
          total,
          groups.histogram,
          style,
        );
        await output.write(`${by === null ? '' : '\n'}${lines.join('\n')}\n`);
      }
      say.hint(phrases.restOfGroups(found.length - shown.length, dropped));
      await output.end();
    },
  };
}
