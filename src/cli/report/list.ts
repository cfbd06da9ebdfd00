/**
 * table, where a list was asked for (`--where`, `--sort`, `--limit`, `--columns`): only its rows. Keeps as many rows as
 * are shown; without a limit and an order it keeps none, as they are written when their connections end.
 */
import { phrases } from '../../explain/phrases.js';
import { chosenColumns } from '../../render/chosen-columns.js';
import { type HeldRow, Holder } from '../../render/held-row.js';
import { CONNECTION_LIST, type ListColumn, UDP_LIST } from '../../render/list-columns.js';
import { flowRankOf, ORDERS, rankOf } from '../../render/list-order.js';
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
  const chosen =
    list.columns === null ? { connections: CONNECTION_LIST, flows: UDP_LIST } : chosenColumns(list.columns);
  const connections = new Holder(chosen.connections);
  const flows = new Holder(chosen.flows);
  const { limit } = plan;
  const order = sort ?? { key: 'start', reversed: false };
  const rows = new TopRows<HeldRow>(limit);
  const flowRows = new TopRows<HeldRow>(limit);
  // times that count from the first packet wait for the end, when it is known
  const streams = limit === Number.POSITIVE_INFINITY && sort === null && plan.time !== 'relative';
  const look = list.columns === null ? {} : { oneLine: true };
  const streamed = new StreamedRows(connections.columns, plan, output, look);
  let count = 0;
  let flowCount = 0;
  // what they are sorted by, or their columns, may be of connections alone
  const listsFlows = chosen.flows.length > 0 && ORDERS[order.key].flow !== null;
  const listsConnections = chosen.connections.length > 0;
  // only these need every round trip
  const asksRoundTrips = connections.columns.some(({ name }) => name.includes('rtt'));
  return {
    wants: {},
    sink: {
      times: () => (asksRoundTrips ? 'all' : 'responses'),
      wants: (index) => plan.connections === null || plan.connections.has(index),
      connection(snapshot) {
        count++;
        if (!listsConnections) return;
        const report = judgeConnection(snapshot);
        if (streams) return streamed.add(connections.hold(report));
        const rank = rankOf(report, order.key, order.reversed);
        if (rows.wants(rank)) rows.add(rank, connections.hold(report));
      },
      wantsUdpFlow: () => plan.connections === null && listsFlows,
      udpFlow(snapshot) {
        flowCount++;
        const flow = judgeUdpFlow(snapshot);
        const rank = flowRankOf(flow, order.key, order.reversed);
        if (flowRows.wants(rank)) flowRows.add(rank, flows.hold(flow));
      },
    },
    flush: () => (streams ? streamed.flush() : Promise.resolve()),
    async finish(summary) {
      const say = speaker(plan, output, io);
      const udp = flowRows.take();
      // where only one of the two exists, the other is not mentioned
      const hasConnections = listsConnections && (count > 0 || udp.length === 0);
      const onlyFlows = listsFlows && summary.connections === 0 && summary.udpFlows > 0;
      const shown = streams ? count : Math.min(count, limit);
      const isPicked = plan.where !== null || plan.connections !== null;
      const facts = { sort, noun: 'connection', all: summary.connections, shown } as const;
      if (hasConnections && !(onlyFlows && isPicked))
        await say.summary(phrases.listSentence({ ...facts, matching: isPicked ? count : null }));
      const ofFlows = { sort, noun: 'UDP flow', all: summary.udpFlows, shown: udp.length } as const;
      if (udp.length > 0 || (onlyFlows && isPicked && plan.connections === null))
        await say.summary(phrases.listSentence({ ...ofFlows, matching: isPicked ? flowCount : null }));
      const options = { ...tableOptions(plan, summary), ...look };
      const sorted = sortedBy(sort, plan.style);
      const marked = sorted === null ? options : { ...options, sorted };
      const kept = <Row>(columns: readonly ListColumn<Row>[]): readonly ListColumn<Row>[] =>
        columns.map((column) => (column.name === sorted?.name ? { ...column, rank: 0 } : column));
      const dropped = new Set<string>();
      if (streams && listsConnections) {
        await streamed.end(hasConnections);
        for (const name of streamed.dropped) dropped.add(name);
      } else if (hasConnections) {
        const left = await writeRows(kept(connections.columns), rows.take(), marked, plan.style, output);
        for (const name of left) dropped.add(name);
      }
      if (udp.length > 0) {
        if (hasConnections) await output.write('\n');
        const left = await writeRows(kept(flows.columns), udp, marked, plan.style, output);
        for (const name of left) dropped.add(name);
      }
      const hidden = (hasConnections && !streams ? count - shown : 0) + flowCount - udp.length;
      say.hint(phrases.listHint(hidden, [...dropped]));
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
