/** The columns of lists of connections and UDP flows, as values: each format decides how they look. */
import { phrases } from '../explain/phrases.js';
import { viaText } from '../explain/via.js';
import type { Time } from '../fields/field.js';
import type { ConnectionReport, EndpointAddress } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';

/** How a value is shown. */
export type Form = 'index' | 'text' | 'endpoint' | 'time' | 'seconds' | 'bytes' | 'count' | 'share';
export type ListValue = string | number | boolean | Time | EndpointAddress | null;
export type Tone = 'bad' | 'notice' | 'good' | 'muted';

export interface ListColumn<Row> {
  /** For `--columns`. */
  readonly name: string;
  head(): string;
  readonly form: Form;
  /** Where there is no room, the highest goes first; 0 always stays. */
  readonly rank: number;
  /** Left out where it has no value in any row. */
  readonly optional?: boolean;
  value(row: Row): ListValue;
  tone?(row: Row): Tone | null;
}

function sum(row: ConnectionReport, fact: 'retransmissions'): number {
  return row.traffic.client[fact] + row.traffic.server[fact];
}

/** Who, and when: the same for connections and flows. */
function identity(rankOfVia: number): readonly ListColumn<ConnectionReport | UdpFlowReport>[] {
  return [
    { name: 'index', head: () => '#', form: 'index', rank: 0, value: (row) => row.index },
    {
      name: 'start',
      head: () => phrases.listHead('start'),
      form: 'time',
      rank: 2,
      value: (row) => ({ seconds: row.startSeconds, nanoseconds: row.startNanoseconds }),
    },
    {
      name: 'client',
      head: () => phrases.listHead('client'),
      form: 'endpoint',
      rank: 0,
      value: (row) => row.client,
    },
    {
      name: 'server',
      head: () => phrases.listHead('server'),
      form: 'endpoint',
      rank: 0,
      value: (row) => row.server,
    },
    {
      name: 'via',
      head: () => phrases.listHead('via'),
      form: 'text',
      rank: rankOfVia,
      optional: true,
      value: (row) => viaText(row.via) || null,
    },
  ];
}

/** How much each end sent: the same for both too. */
const BYTES: readonly ListColumn<ConnectionReport | UdpFlowReport>[] = [
  {
    name: 'sent',
    head: () => phrases.listHead('sent'),
    form: 'bytes',
    rank: 9,
    value: (row) => row.traffic.client.bytes,
  },
  {
    name: 'received',
    head: () => phrases.listHead('received'),
    form: 'bytes',
    rank: 10,
    value: (row) => row.traffic.server.bytes,
  },
];

export const CONNECTION_LIST: readonly ListColumn<ConnectionReport>[] = [
  ...identity(6),
  {
    name: 'outcome',
    head: () => phrases.listHead('outcome'),
    form: 'text',
    rank: 0,
    value: (row) => phrases.outcomeCell(row.outcome),
    tone: ({ outcome }) => (outcome.kind === 'reset' ? 'notice' : outcome.failed ? 'bad' : null),
  },
  {
    name: 'connect',
    head: () => phrases.listHead('connect'),
    form: 'seconds',
    rank: 3,
    value: (row) => row.opening.connectTime,
  },
  {
    name: 'response',
    head: () => phrases.listHead('response'),
    form: 'seconds',
    rank: 5,
    value: (row) => row.response?.median ?? null,
  },
  {
    name: 'duration',
    head: () => phrases.listHead('duration'),
    form: 'seconds',
    rank: 4,
    value: (row) => row.duration,
  },
  {
    name: 'retransmissions',
    head: () => phrases.listHead('retransmissions'),
    form: 'count',
    rank: 8,
    value: (row) => sum(row, 'retransmissions'),
  },
  ...BYTES,
  {
    name: 'cause',
    head: () => phrases.listHead('cause'),
    form: 'text',
    rank: 7,
    value: (row) => phrases.causeWords(row) || null,
  },
];

export const UDP_LIST: readonly ListColumn<UdpFlowReport>[] = [
  ...identity(4),
  {
    name: 'datagrams',
    head: () => phrases.listHead('datagrams'),
    form: 'text',
    rank: 1,
    value: (row) => `${row.traffic.client.packets}/${row.traffic.server.packets}`,
  },
  {
    name: 'outcome',
    head: () => phrases.listHead('outcome'),
    form: 'text',
    rank: 0,
    value: (row) => phrases.udpOutcome(row),
  },
  {
    name: 'duration',
    head: () => phrases.listHead('duration'),
    form: 'seconds',
    rank: 3,
    value: (row) => row.duration,
  },
  ...BYTES,
];
