/**
 * The tables of CSV and Parquet, as data: both are written from it, and a test compares docs/columns.md with it.
 * A further column is not a breaking change; another name, type or meaning is one, and needs a line in CHANGELOG.md.
 */

import type { GroupReport } from '../group/groups.js';
import type { SegmentRow } from '../track/results/sink.js';
import { CONNECTION_COLUMNS } from './connection.js';
import type { ConnectionRow } from './connection-row.js';
import type { Table } from './field.js';
import { FINDING_COLUMNS, type FindingRow } from './finding.js';
import { GROUP_COLUMNS } from './group.js';
import { SEGMENT_COLUMNS } from './segment.js';
import { UDP_FLOW_COLUMNS, type UdpFlowRow } from './udp.js';

export const CONNECTIONS: Table<ConnectionRow> = {
  name: 'connections',
  description: 'one row a TCP connection, in the order in which they end',
  columns: CONNECTION_COLUMNS,
};

export const FINDINGS: Table<FindingRow> = {
  name: 'findings',
  description: 'what is worth telling of a connection or UDP flow; at most 100 rows of each',
  columns: FINDING_COLUMNS,
};

export const SEGMENTS: Table<SegmentRow> = {
  name: 'segments',
  description: 'one row a TCP segment, in capture order; only with `--packets` or `--table segments`',
  columns: SEGMENT_COLUMNS,
};

export const UDP_FLOWS: Table<UdpFlowRow> = {
  name: 'udp_flows',
  description: 'one row a UDP flow, in the order in which they end',
  columns: UDP_FLOW_COLUMNS,
};

export const GROUPS: Table<GroupReport> = {
  name: 'groups',
  description:
    'one row a group of connections, with `--by`; the quantiles of more than 256 values are off by 0.5 % at most',
  columns: GROUP_COLUMNS,
};
