/** The orders of lists of connections and UDP flows: what each is sorted by, and its usual direction. */
import type { ConnectionReport } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';

export type OrderKey = 'end' | 'start' | 'connect' | 'response' | 'duration' | 'bytes' | 'retransmissions';

interface Order {
  /** The column that shows it; null where there is none. */
  column: string | null;
  /** From the largest on. */
  descending: boolean;
  value(row: ConnectionReport): number | null;
  /** The same of a UDP flow; null where flows have no such thing. */
  flow: ((row: UdpFlowReport) => number) | null;
}

const both = ({ traffic }: ConnectionReport, fact: 'bytes' | 'retransmissions'): number =>
  traffic.client[fact] + traffic.server[fact];

export const ORDERS: Readonly<Record<OrderKey, Order>> = {
  start: {
    column: 'start',
    descending: false,
    value: (row) => row.firstPacket,
    flow: (row) => row.firstPacket,
  },
  end: { column: null, descending: false, value: (row) => row.lastPacket, flow: (row) => row.lastPacket },
  connect: { column: 'connect', descending: true, value: (row) => row.opening.connectTime, flow: null },
  response: {
    column: 'response',
    descending: true,
    value: (row) => row.response?.median ?? null,
    flow: null,
  },
  duration: {
    column: 'duration',
    descending: true,
    value: (row) => row.duration,
    flow: (row) => row.duration,
  },
  bytes: {
    column: 'sent',
    descending: true,
    value: (row) => both(row, 'bytes'),
    flow: ({ traffic }) => traffic.client.bytes + traffic.server.bytes,
  },
  retransmissions: {
    column: 'retransmissions',
    descending: true,
    value: (row) => both(row, 'retransmissions'),
    flow: null,
  },
};

/** Smaller comes first; what has no value comes last, either way round. */
export function rankOf(row: ConnectionReport, key: OrderKey, reversed: boolean): number {
  return rankOfValue(ORDERS[key].value(row), key, reversed);
}

export function flowRankOf(row: UdpFlowReport, key: OrderKey, reversed: boolean): number {
  return rankOfValue(ORDERS[key].flow?.(row) ?? null, key, reversed);
}

function rankOfValue(value: number | null, key: OrderKey, reversed: boolean): number {
  if (value === null) return Number.POSITIVE_INFINITY;
  return ORDERS[key].descending !== reversed ? -value : value;
}
