/**
 * table, where a list was asked for (`--where`, `--sort`, `--limit`, `--columns`): its rows and no more. Holds as many rows as
 * are shown; without a limit and an order none, as they are written when their connections end.
 */
import { phrases } from '../../explain/phrases.js';
import { chosenColumns } from '../../render/chosen-columns.js';
import { type HeldRow, Holder } from '../../render/held-row.js';
import { CONNECTION_LIST, UDP_LIST } from '../../render/list-columns.js';
import { ORDERS, rankOf } from '../../render/list-order.js';
import { sortMark } from '../../render/sort-mark.js';
import type { TableOptions } from '../../render/text/layout.js';
import type { TextStyle } from '../../render/text/style.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { TextPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import type { Output } from '../terminal/output.js';
import { writeRows } from './held-rows.js';
import type { Reporter } from './reporter.js';
import { speaker } from './speaker.js';
import { StreamedRows } from './streamed-rows.js';
import { tableOptions } from './table-options.js';
import { TopRows } from './top-rows.js';

type List = NonNullable<TextPlan['list']>;

export function listReporter(plan: TextPlan, list: List, output: Output, io: CliIo): Reporter {
  const { sort } = list;
  const connections = new Holder(list.columns === null ? CONNECTION_LIST : chosenColumns(list.columns));
  const flows = new Holder(UDP_LIST);
  const { limit } = plan;
  const order = sort ?? { key: 'start', reversed: false };
  const rows = new TopRows<HeldRow>(limit);
  const flowRows = new TopRows<HeldRow>(limit);
  // times that count from the first packet wait for the end, when it is known
  const streams = limit === Number.POSITIVE_INFINITY && sort === null && plan.time !== 'relative';
  const streamed = new StreamedRows(connections.columns, plan, output);
  let count = 0;
  // only these need every round trip
  const asksRoundTrips = connections.columns.some(({ name }) => name.includes('rtt'));
  return {
    wants: {},
    sink: {
      times: () => (asksRoundTrips ? 'all' : 'responses'),
      wants: (index) => plan.connections === null || plan.connections.has(index),
      connection(snapshot) {
        count++;
        const report = judgeConnection(snapshot);
        if (streams) return streamed.add(connections.hold(report));
        const rank = rankOf(report, order.key, order.reversed);
        if (rows.wants(rank)) rows.add(rank, connections.hold(report));
      },
      wantsUdpFlow: () => plan.connections === null && sort === null && list.columns === null,
      udpFlow(snapshot) {
        const { firstPacket } = snapshot;
        if (flowRows.wants(firstPacket)) flowRows.add(firstPacket, flows.hold(judgeUdpFlow(snapshot)));
      },
    },
    attach() {},
    flush: () => (streams ? streamed.flush() : Promise.resolve()),
    async finish(summary) {
      const say = speaker(plan, output, io);
      const shown = streams ? count : Math.min(count, limit);
      const udp = flowRows.take();
      const isOnlyUdp = count === 0 && udp.length > 0;
      if (!isOnlyUdp)
        await say.summary(
          phrases.listSentence({
            matching: plan.where === null && plan.connections === null ? null : count,
            all: summary.connections,
            shown,
            sort,
            noun: 'connection',
          }),
        );
      const options = tableOptions(plan, summary);
      const sorted = sortedBy(sort, plan.style);
      let dropped: readonly string[] = [];
      if (streams) {
        await streamed.end();
        dropped = streamed.dropped;
      } else if (!isOnlyUdp) {
        const columns = connections.columns.map((column) =>
          column.name === sorted?.name ? { ...column, rank: 0 } : column,
        );
        const marked = sorted === null ? options : { ...options, sorted };
        dropped = await writeRows(columns, rows.take(), marked, plan.style, output);
      }
      if (udp.length > 0) {
        if (!isOnlyUdp) await output.write('\n');
        await writeRows(flows.columns, udp, options, plan.style, output);
      }
      say.hint(phrases.listHint(streams ? 0 : count - shown, dropped));
      await output.end();
    },
  };
}

/** The column that rows are sorted by, if it has one. */
function sortedBy(sort: List['sort'], style: TextStyle): NonNullable<TableOptions['sorted']> | null {
  const order = sort === null ? null : ORDERS[sort.key];
  if (sort === null || !order || order.column === null) return null;
  return { name: order.column, mark: sortMark(order.descending !== sort.reversed, style) };
}
