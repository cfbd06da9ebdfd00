/** The fields of a group of connections (`--by`). */
import type { GroupReport } from '../group/groups.js';
import type { Distribution } from '../group/quantiles.js';
import { type Field, fieldsOf } from './field.js';

const { text, integer, double, seconds, bytes } = fieldsOf<GroupReport>();

function times(name: 'connect' | 'response', meaning: string): readonly Field<GroupReport>[] {
  const at = (point: keyof Distribution): readonly [string, string] => [
    `${name}.${point}`,
    `${name}_${point}`,
  ];
  return [
    integer(...at('count'), `connections whose ${meaning} is known`, (row) => row[name]?.count),
    seconds(...at('p50'), `${meaning}: the median`, (row) => row[name]?.p50),
    seconds(...at('p95'), '95 of 100 are not longer', (row) => row[name]?.p95),
    seconds(...at('p99'), '99 of 100 are not longer', (row) => row[name]?.p99),
    seconds(...at('max'), 'the longest', (row) => row[name]?.max),
  ];
}

export const GROUP_COLUMNS: readonly Field<GroupReport>[] = [
  text('key', 'key', 'what its connections have in common', (row) => row.key),
  integer('connections', 'connections', 'how many they are', (row) => row.connections),
  integer('failed', 'failed', 'refused, not answered, not completed, or reset', (row) => row.failed),
  integer('refused', 'refused', 'SYN answered by RST or an ICMP error', (row) => row.refused),
  integer('noAnswer', 'no_answer', 'SYN not answered', (row) => row.noAnswer),
  integer('notCompleted', 'not_completed', 'SYN-ACK not acknowledged', (row) => row.notCompleted),
  integer('reset', 'reset', 'ended by RST', (row) => row.reset),
  integer('resetByClient', 'reset_by_client', 'of these by the client', (row) => row.resetByClient),
  integer('resetByServer', 'reset_by_server', 'of these by the server', (row) => row.resetByServer),
  text('mainCause', 'main_cause', 'the most frequent cause of these RSTs', (row) => row.mainCause),
  ...times('connect', 'connect time'),
  ...times('response', 'median response time'),
  integer('packets', 'packets', 'segments', (row) => row.packets),
  bytes('bytes', 'bytes', 'payload of both sides', (row) => row.bytes),
  integer('retransmissions', 'retransmissions', 'retransmitted segments', (row) => row.retransmissions),
  double('retransmittedShare', 'retransmitted_share', 'of all segments, from 0 to 1', (row) =>
    row.packets === 0 ? null : row.retransmissions / row.packets,
  ),
];
