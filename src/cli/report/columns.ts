/** csv and parquet: connections, findings, UDP flows and segments as tables (docs/columns.md). */

import type { Analysis } from '../../analyze.js';
import { phrases } from '../../explain/phrases.js';
import { CONNECTIONS, FINDINGS, SEGMENTS, UDP_FLOWS } from '../../fields/columns.js';
import { countOfFindings } from '../../fields/connection.js';
import { type Cell, cellsOf, NO_PHRASES, type Table } from '../../fields/field.js';
import type { TableName } from '../../fields/table-names.js';
import type { SegmentRow } from '../../track/results/sink.js';
import { doubtedBy, flowDoubtedBy } from '../../verdict/losses.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { TablesPlan } from '../options/plan.js';
import { refuseOverwriting } from '../terminal/files.js';
import type { CliIo } from '../terminal/io.js';
import { serialized } from '../terminal/serialized.js';
import { connectionFindings, flowFindings } from './finding-rows.js';
import { HoldUntilEnd, PacketOrder } from './packet-order.js';
import type { Reporter } from './reporter.js';
import { openTable, type TableWriter } from './table-writer.js';

const NO_LIMIT = Number.POSITIVE_INFINITY;
/** Rows handed on at a time at the end, where they were held until then. */
const BATCH = 1000;

type Span = Pick<ConnectionReport, 'firstPacket' | 'lastPacket'>;

interface HeldRow {
  writer: TableWriter;
  cells: Cell[];
}

/** `groupRows`: rows in a row group of Parquet. */
export async function columnsReporter(
  plan: TablesPlan,
  io: CliIo,
  inputs: readonly string[],
  groupRows?: number,
): Promise<Reporter> {
  const { files, format, growing } = plan;
  for (const { path } of files) if (path !== undefined) refuseOverwriting(path, inputs);
  const writers = new Map<TableName, TableWriter>();
  try {
    for (const file of files) writers.set(file.table, await openTable(file, format, io, groupRows, growing));
  } catch (error) {
    for (const writer of writers.values()) writer.drop();
    throw error;
  }
  const { connections } = plan;
  const isWanted = (index: number): boolean => connections === null || connections.has(index);
  return new ColumnsReporter(writers, isWanted, plan.byStart).reporter();
}

class ColumnsReporter {
  #analysis: Analysis | null = null;
  readonly #write = serialized(async () => {
    for (const writer of this.writers.values()) await writer.flush();
  });
  readonly #order = new PacketOrder<HeldRow>(({ writer, cells }) => writer.add(cells));
  readonly #byStart: HoldUntilEnd<HeldRow> | null;

  constructor(
    private readonly writers: ReadonlyMap<TableName, TableWriter>,
    private readonly isWanted: (index: number) => boolean,
    byStart: boolean,
  ) {
    this.#byStart = byStart ? new HoldUntilEnd() : null;
  }

  reporter(): Reporter {
    const { isWanted } = this;
    return {
      wants: {},
      sink: {
        wants: isWanted,
        ...(this.writers.has('segments')
          ? {
              segment: (row: SegmentRow) => {
                if (isWanted(row.connection)) this.#segment(row);
              },
            }
          : {}),
        connection: (snapshot) => this.#connection(judgeConnection(snapshot)),
        udpFlow: (snapshot) => this.#udpFlow(judgeUdpFlow(snapshot)),
        treated: () => {
          if (this.#order.waiting > 0) this.#order.release(this.#held);
        },
      },
      attach: (analysis) => {
        this.#analysis = analysis;
      },
      flush: () => this.#flush(this.#held),
      finish: async () => {
        await this.#flush(NO_LIMIT);
        let added = 0;
        for (const { writer, cells } of this.#byStart?.take() ?? []) {
          writer.add(cells);
          if (++added % BATCH === 0) await this.#flush(NO_LIMIT);
        }
        for (const writer of this.writers.values()) await writer.end();
      },
    };
  }

  get #held(): number {
    return this.#analysis?.heldPacket ?? NO_LIMIT;
  }

  #segment(row: SegmentRow): void {
    const writer = this.writers.get(SEGMENTS.name);
    if (writer !== undefined)
      this.#order.put(
        row.packet,
        { writer, cells: cellsOf(SEGMENTS, row, { sentence: phrases.rowNote }) },
        this.#held,
      );
  }

  /** A row of a whole connection or flow. */
  #putSpan<Row>(span: Span, table: Table<Row>, row: Row): void {
    const writer = this.writers.get(table.name);
    if (writer === undefined) return;
    const held = { writer, cells: cellsOf(table, row, NO_PHRASES) };
    if (this.#byStart === null) this.#order.putSum(span.lastPacket, held, this.#held);
    else this.#byStart.put(span.firstPacket, held);
  }

  #connection(report: ConnectionReport): void {
    const caveat = phrases.dropsCaveat(doubtedBy(report, this.#analysis?.drops ?? null));
    const findingCount = countOfFindings(report) + (caveat === null ? 0 : 1);
    this.#putSpan(report, CONNECTIONS, { report, findingCount });
    for (const row of connectionFindings(report, caveat)) this.#putSpan(report, FINDINGS, row);
  }

  #udpFlow(flow: UdpFlowReport): void {
    const caveat = phrases.dropsCaveat(flowDoubtedBy(flow, this.#analysis?.drops ?? null));
    const findings = flowFindings(flow, caveat);
    this.#putSpan(flow, UDP_FLOWS, { flow, findingCount: findings.length });
    for (const row of findings) this.#putSpan(flow, FINDINGS, row);
  }

  #flush(held: number): Promise<void> {
    this.#order.release(held);
    return this.#write();
  }
}
