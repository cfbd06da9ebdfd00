/** The columns of a finding, and the findings of a connection or UDP flow as rows. */
import { findingSentence } from '../explain/en/finding-sentences.js';
import { udpSentence } from '../explain/en/udp-sentences.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';
import { type Column, columnsOf } from './column.js';

export interface FindingRow {
  connection: number | null;
  udpFlow: number | null;
  packet: number;
  code: string;
  severity: string;
  text: string;
}

const { text, integer } = columnsOf<FindingRow>();

export const FINDING_COLUMNS: readonly Column<FindingRow>[] = [
  integer('connection', '`index` in connections; empty for a UDP flow', (row) => row.connection),
  integer('udp_flow', '`index` in udp_flows; empty for a connection', (row) => row.udpFlow),
  // JSON has 0 for what is said of the whole
  integer('packet', 'number in the capture; empty: of the whole', (row) => row.packet || null),
  text('code', "a stable word of docs/findings.md, Wireshark's where it has one", (row) => row.code),
  text('severity', 'note, warning', (row) => row.severity),
  text('text', 'as a sentence; its wording may change', (row) => row.text),
];

/** As many as JSON has. */
const MOST = 100;

/** `caveat`: what lost packets mean for it, null where they do not matter. */
export function connectionFindings(report: ConnectionReport, caveat: string | null): FindingRow[] {
  const rows = report.findings.slice(0, MOST).map((finding) => ({
    connection: report.index,
    udpFlow: null,
    packet: finding.packet,
    code: finding.code,
    severity: finding.severity,
    text: findingSentence(finding, report),
  }));
  return caveat === null
    ? rows
    : [...rows, { ...LOSSES, connection: report.index, udpFlow: null, text: caveat }];
}

export function flowFindings(flow: UdpFlowReport, caveat: string | null): FindingRow[] {
  const rows = flow.findings.map((finding) => ({
    connection: null,
    udpFlow: flow.index,
    packet: finding.packet,
    code: finding.code,
    severity: finding.severity,
    text: udpSentence(flow),
  }));
  return caveat === null
    ? rows
    : [...rows, { ...LOSSES, connection: null, udpFlow: flow.index, text: caveat }];
}

const LOSSES = { code: 'drops-weaken', packet: 0, severity: 'warning' } as const;
