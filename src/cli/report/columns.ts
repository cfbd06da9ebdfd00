/** csv and parquet: connections, findings, UDP flows and segments as tables (docs/columns.md). */

import { inOrder } from '../../analysis/in-order.js';
import type { AnalysisSink } from '../../analysis/sink.js';
import type { Drops } from '../../capture/reader.js';
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
import { HoldUntilEnd } from './hold-until-end.js';
import type { Reporter } from './reporter.js';
import { openTable, type TableWriter } from './table-writer.js';

/** Rows written at a time at the end, where they were kept until then. */
const BATCH = 1000;

type Span = Pick<ConnectionReport, 'firstPacket'>;

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
  readonly #write = serialized(async () => {
    for (const writer of this.writers.values()) await writer.flush();
  });
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
    const sink: AnalysisSink = {
      wants: isWanted,
      connection: (snapshot, drops) => this.#connection(judgeConnection(snapshot), drops),
      udpFlow: (snapshot, drops) => this.#udpFlow(judgeUdpFlow(snapshot), drops),
    };
    const segments = this.writers.get(SEGMENTS.name);
    const segment = (row: SegmentRow): void => {
      if (isWanted(row.connection)) segments?.add(cellsOf(SEGMENTS, row, { sentence: phrases.rowNote }));
    };
    return {
      wants: {},
      sink: segments === undefined ? sink : inOrder({ ...sink, segment }),
      flush: () => this.#write(),
      finish: async () => {
        await this.#write();
        let added = 0;
        for (const { writer, cells } of this.#byStart?.take() ?? []) {
          writer.add(cells);
          if (++added % BATCH === 0) await this.#write();
        }
        for (const writer of this.writers.values()) await writer.end();
      },
    };
  }

  /** A row of a whole connection or flow. */
  #putSpan<Row>(span: Span, table: Table<Row>, row: Row): void {
    const writer = this.writers.get(table.name);
    if (writer === undefined) return;
    const cells = cellsOf(table, row, NO_PHRASES);
    if (this.#byStart === null) writer.add(cells);
    else this.#byStart.put(span.firstPacket, { writer, cells });
  }

  #connection(report: ConnectionReport, drops: Drops | null): void {
    const caveat = phrases.dropsCaveat(doubtedBy(report, drops));
    const findingCount = countOfFindings(report) + (caveat === null ? 0 : 1);
    this.#putSpan(report, CONNECTIONS, { report, findingCount });
    for (const row of connectionFindings(report, caveat)) this.#putSpan(report, FINDINGS, row);
  }

  #udpFlow(flow: UdpFlowReport, drops: Drops | null): void {
    const caveat = phrases.dropsCaveat(flowDoubtedBy(flow, drops));
    const findings = flowFindings(flow, caveat);
    this.#putSpan(flow, UDP_FLOWS, { flow, findingCount: findings.length });
    for (const row of findings) this.#putSpan(flow, FINDINGS, row);
  }
}
