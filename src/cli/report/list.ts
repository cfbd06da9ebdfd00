/**
 * table, where a list was asked for (`--where`, `--sort`, `--limit`, `--columns`): its rows and no more. Holds as many rows as
 * are shown; without a limit and an order none, as they are written when their connections end.
 */
import { listHint, listSentence } from '../../explain/en/list-sentences.js';
import { chosenColumns } from '../../render/chosen-columns.js';
import {
  CONNECTION_LIST,
  type ListColumn,
  type ListValue,
  type Tone,
  UDP_LIST,
} from '../../render/list-columns.js';
import { ORDERS, rankOf } from '../../render/list-order.js';
import type { TextStyle } from '../../render/text/style.js';
import {
  headLine,
  isNarrow,
  type Layout,
  layOut,
  narrowLines,
  rowLine,
  type TableOptions,
} from '../../render/text/table.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { TextPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import type { Output } from '../terminal/output.js';
import type { Reporter } from './reporter.js';
import { speaker } from './speaker.js';
import { tableOptions } from './table-options.js';
import { TopRows } from './top-rows.js';

const DEFAULT_LIMIT = 40;
/** Rows that the widths of a list without end are taken from. */
const MEASURED = 1000;

/** A row as values, so that what it was made from need not be held. */
interface HeldRow {
  values: readonly ListValue[];
  tones: readonly (Tone | null)[];
}

/** Turns rows into their values, and back into columns over these. */
class Holder<Row> {
  readonly columns: readonly ListColumn<HeldRow>[];

  constructor(private readonly of: readonly ListColumn<Row>[]) {
    this.columns = of.map(({ name, head, form, rank, optional }, index) => ({
      name,
      head,
      form,
      rank,
      optional: optional === true,
      value: ({ values }) => values[index] ?? null,
      tone: ({ tones }) => tones[index] ?? null,
    }));
  }

  hold(row: Row): HeldRow {
    return {
      values: this.of.map((column) => column.value(row)),
      tones: this.of.map((column) => column.tone?.(row) ?? null),
    };
  }
}

export function listReporter(
  plan: TextPlan,
  list: NonNullable<TextPlan['list']>,
  output: Output,
  io: CliIo,
): Reporter {
  const { sort } = list;
  const connections = new Holder(list.columns === null ? CONNECTION_LIST : chosenColumns(list.columns));
  const flows = new Holder(UDP_LIST);
  const limit = plan.limit === 0 ? Number.POSITIVE_INFINITY : (plan.limit ?? DEFAULT_LIMIT);
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
          listSentence({
            matching: plan.where === null && plan.connections === null ? null : count,
            all: summary.connections,
            shown,
            sort,
            noun: 'connection',
          }),
        );
      const options = tableOptions(plan, summary);
      const mark = sort === null ? null : ORDERS[sort.key];
      const descending = sort === null ? '' : mark?.descending !== sort.reversed ? '▼' : '▲';
      const sorted =
        mark === null || mark?.column === null || mark === undefined
          ? {}
          : {
              sorted: {
                name: mark.column,
                mark: plan.style.unicode ? descending : descending === '▼' ? 'v' : '^',
              },
            };
      let dropped: readonly string[] = [];
      if (streams) {
        await streamed.end();
        dropped = streamed.dropped;
      } else if (!isOnlyUdp) {
        const keep = mark?.column ?? null;
        const columns = connections.columns.map((column) =>
          column.name === keep ? { ...column, rank: 0 } : column,
        );
        dropped = await writeRows(columns, rows.take(), { ...options, ...sorted }, plan.style, output);
      }
      if (udp.length > 0) {
        await output.write(isOnlyUdp ? '' : '\n');
        await writeRows(flows.columns, udp, options, plan.style, output);
      }
      say.hint(listHint(streams ? 0 : count - shown, dropped));
      await output.end();
    },
  };
}

/** Rows to write at a time. */
const BATCH = 1000;

async function writeRows(
  columns: readonly ListColumn<HeldRow>[],
  rows: readonly HeldRow[],
  options: TableOptions,
  style: TextStyle,
  output: Output,
): Promise<readonly string[]> {
  const layout = layOut(columns, rows, options, style);
  if (!isNarrow(options)) await output.write(`${headLine(layout, style)}\n`);
  for (let at = 0; at < rows.length; at += BATCH)
    await output.write(linesOf(layout, rows.slice(at, at + BATCH), style));
  return layout.dropped;
}

function linesOf(layout: Layout<HeldRow>, rows: readonly HeldRow[], style: TextStyle): string {
  if (rows.length === 0) return '';
  const lines = isNarrow(layout.options)
    ? rows.flatMap((row) => narrowLines(layout, row, style))
    : rows.map((row) => rowLine(layout, row, style));
  return `${lines.join('\n')}\n`;
}

/** Rows that are written as they come: the first ones decide how wide the columns are. */
class StreamedRows {
  dropped: readonly string[] = [];
  private layout: Layout<HeldRow> | null = null;
  private waiting: HeldRow[] = [];

  constructor(
    private readonly columns: readonly ListColumn<HeldRow>[],
    private readonly plan: TextPlan,
    private readonly output: Output,
  ) {}

  add(row: HeldRow): void {
    this.waiting.push(row);
  }

  async flush(): Promise<void> {
    if (this.waiting.length >= MEASURED || (this.layout !== null && this.waiting.length > 0))
      await this.write();
  }

  /** A list without rows has its heads all the same. */
  async end(): Promise<void> {
    if (this.waiting.length > 0 || this.layout === null) await this.write();
  }

  private async write(): Promise<void> {
    const { style } = this.plan;
    const rows = this.waiting;
    this.waiting = [];
    if (this.layout === null) {
      this.layout = layOut(this.columns, rows, tableOptions(this.plan, null), style);
      this.dropped = this.layout.dropped;
      if (!isNarrow(this.layout.options)) await this.output.write(`${headLine(this.layout, style)}\n`);
    }
    await this.output.write(linesOf(this.layout, rows, style));
  }
}
