/** How arrows slope: with the travel time of segments, where the capture point shows it. */
import type { ConnectionReport } from '../../verdict/report.js';

export interface Slopes {
  /** The end that the capture was made near to; null: its times are those of a point in between, or not known. */
  near: 'client' | 'server' | null;
  /** Seconds from one end to the other; 0 where not known. */
  oneWay: number;
  /** Pixels from the start of an arrow to its tip. */
  drop: number;
}

const KNOWN = 28;
const UNKNOWN = 12;

export function slopesOf({ opening, traffic }: ConnectionReport): Slopes {
  const near = nearEnd(opening.capturePoint);
  if (near === null) return { near, oneWay: 0, drop: UNKNOWN };
  const handshake = near === 'client' ? opening.synToSynAck : opening.synAckToAck;
  // the best round trip of later data may be shorter
  const later = traffic[near].rtt?.min ?? Number.POSITIVE_INFINITY;
  return { near, oneWay: Math.min(handshake ?? later, later) / 2, drop: KNOWN };
}

function nearEnd(point: ConnectionReport['opening']['capturePoint']): Slopes['near'] {
  if (point === 'near-client') return 'client';
  return point === 'near-server' ? 'server' : null;
}
