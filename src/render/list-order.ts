/** The orders of a list of connections: what each is sorted by, the way that people want it first. */
import type { ConnectionReport } from '../verdict/report.js';

export type OrderKey = 'end' | 'start' | 'connect' | 'response' | 'duration' | 'bytes' | 'retransmissions';

interface Order {
  /** The column that shows it; null where there is none. */
  column: string | null;
  /** From the largest on. */
  descending: boolean;
  value(row: ConnectionReport): number | null;
}

const both = ({ traffic }: ConnectionReport, fact: 'bytes' | 'retransmissions'): number =>
  traffic.client[fact] + traffic.server[fact];

export const ORDERS: Readonly<Record<OrderKey, Order>> = {
  start: { column: 'start', descending: false, value: (row) => row.firstPacket },
  end: { column: null, descending: false, value: (row) => row.lastPacket },
  connect: { column: 'connect', descending: true, value: (row) => row.opening.connectTime },
  response: { column: 'response', descending: true, value: (row) => row.response?.median ?? null },
  duration: { column: 'duration', descending: true, value: (row) => row.duration },
  bytes: { column: 'sent', descending: true, value: (row) => both(row, 'bytes') },
  retransmissions: {
    column: 'retransmissions',
    descending: true,
    value: (row) => both(row, 'retransmissions'),
  },
};

/** Smaller comes first; what has no value comes last, either way round. */
export function rankOf(row: ConnectionReport, key: OrderKey, reversed: boolean): number {
  const { value, descending } = ORDERS[key];
  const found = value(row);
  if (found === null) return Number.POSITIVE_INFINITY;
  return descending !== reversed ? -found : found;
}
