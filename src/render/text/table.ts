/** Connections and flows as a table, drawn by cli-table3; columns that do not fit are left out, the least first. */
import Table from 'cli-table3';
import { endpointText } from '../../decode/address.js';
import { durationText } from '../../explain/en/quantities.js';
import { udpOutcome } from '../../explain/en/udp-sentences.js';
import { viaText } from '../../explain/via.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { type Color, paint, plain, type TextStyle } from './style.js';

interface Column<Row> {
  head: string;
  /** Columns with the highest rank go first when there is no room. */
  rank: number;
  right?: boolean;
  text(row: Row): string;
  color?(row: Row): Color | null;
  /** Left out where all its cells are empty. */
  optional?: boolean;
}

const CONNECTION_COLUMNS: readonly Column<ConnectionReport>[] = [
  { head: '#', rank: 0, right: true, text: (row) => String(row.index) },
  { head: 'client', rank: 0, text: (row) => endpointText(row.client.address, row.client.port) },
  { head: 'server', rank: 0, text: (row) => endpointText(row.server.address, row.server.port) },
  { head: 'via', rank: 2, optional: true, text: (row) => viaText(row.via) },
  { head: 'opening', rank: 0, text: (row) => row.opening.kind, color: openingColor },
  {
    head: 'connect',
    rank: 3,
    right: true,
    text: (row) => (row.opening.connectTime === null ? '-' : durationText(row.opening.connectTime)),
  },
  { head: 'closing', rank: 0, text: (row) => row.closing.kind, color: closingColor },
  { head: 'by', rank: 1, text: ({ closing }) => endedBy(closing) ?? '-' },
  { head: 'duration', rank: 4, right: true, text: (row) => durationText(row.duration) },
  { head: 'sent', rank: 5, right: true, text: (row) => String(row.traffic.client.bytes) },
  { head: 'received', rank: 6, right: true, text: (row) => String(row.traffic.server.bytes) },
  { head: 'retr.', rank: 7, right: true, text: (row) => String(retransmissions(row)) },
  { head: 'conn_state', rank: 8, text: (row) => row.connState },
  { head: 'history', rank: 9, text: (row) => row.history },
];

const UDP_COLUMNS: readonly Column<UdpFlowReport>[] = [
  { head: '#', rank: 0, right: true, text: (row) => String(row.index) },
  { head: 'client', rank: 0, text: (row) => endpointText(row.client.address, row.client.port) },
  { head: 'server', rank: 0, text: (row) => endpointText(row.server.address, row.server.port) },
  { head: 'via', rank: 2, optional: true, text: (row) => viaText(row.via) },
  {
    head: 'datagrams',
    rank: 1,
    right: true,
    text: (row) => `${row.traffic.client.packets}/${row.traffic.server.packets}`,
  },
  { head: 'outcome', rank: 0, text: udpOutcome },
  { head: 'duration', rank: 2, right: true, text: (row) => durationText(row.duration) },
];

/**
 * Whose RST ended or refused it, else whose FIN came first. An RST that was ignored ended nothing, and one that was
 * injected came from neither side.
 */
function endedBy({ kind, initiator, reset }: ConnectionReport['closing']): string | null {
  if (kind !== 'reset' && kind !== 'none') return initiator;
  return reset?.accepted === true && reset.cause !== 'injected' ? reset.by : null;
}

function retransmissions(row: ConnectionReport): number {
  return row.traffic.client.retransmissions + row.traffic.server.retransmissions;
}

function openingColor(row: ConnectionReport): Color | null {
  if (row.opening.complete) return 'green';
  return row.opening.kind === 'not-captured' ? null : 'red';
}

function closingColor(row: ConnectionReport): Color | null {
  if (row.closing.kind === 'reset') return 'red';
  return row.closing.complete ? 'green' : 'yellow';
}

export function renderConnectionTable(rows: readonly ConnectionReport[], style: TextStyle): string {
  return draw(CONNECTION_COLUMNS, rows, style);
}

export function renderUdpTable(rows: readonly UdpFlowReport[], style: TextStyle): string {
  return draw(UDP_COLUMNS, rows, style);
}

const GAP = 2;

function draw<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: TextStyle): string {
  const chosen = choose(columns, rows, style);
  const table = new Table({
    head: chosen.map((column) => paint(style, 'bold', column.head)),
    colAligns: chosen.map((column) => (column.right === true ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    chars: NO_LINES,
  });
  for (const row of rows) {
    table.push(
      chosen.map((column) => {
        const text = plain(column.text(row), style);
        const color = column.color?.(row) ?? null;
        return color === null ? text : paint(style, color, text);
      }),
    );
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The columns that fit, by rank; those of rank 0 always stay. */
function choose<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: TextStyle): Column<Row>[] {
  const widths = new Map(
    columns.map((column) => [
      column,
      Math.max(column.head.length, ...rows.map((row) => column.text(row).length)),
    ]),
  );
  let chosen = columns.filter(
    (column) => column.optional !== true || rows.some((row) => column.text(row) !== ''),
  );
  const total = (): number => chosen.reduce((sum, column) => sum + (widths.get(column) ?? 0) + GAP, -GAP);
  while (total() > style.width) {
    const last = chosen.reduce((worst, column) => (column.rank > worst.rank ? column : worst));
    if (last.rank === 0) break;
    chosen = chosen.filter((column) => column !== last);
  }
  return chosen;
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
} as const;
