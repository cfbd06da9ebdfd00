/** The fields of a finding. */
import { type Field, fieldsOf } from './field.js';

export interface FindingRow {
  connection: number | null;
  udpFlow: number | null;
  packet: number;
  code: string;
  severity: string;
  text: string;
}

const { text, integer } = fieldsOf<FindingRow>();

export const FINDING_COLUMNS: readonly Field<FindingRow>[] = [
  integer(
    'connection',
    'connection',
    '`index` in connections; empty for a UDP flow',
    (row) => row.connection,
  ),
  integer('udpFlow', 'udp_flow', '`index` in udp_flows; empty for a connection', (row) => row.udpFlow),
  // JSON has 0 for findings about the whole
  integer('packet', 'packet', 'number in the capture; empty: of the whole', (row) => row.packet || null),
  text('code', 'code', "a stable word of docs/findings.md, Wireshark's where it has one", (row) => row.code),
  text('severity', 'severity', 'note, warning', (row) => row.severity),
  text('text', 'text', 'as a sentence; its wording may change', (row) => row.text),
];
