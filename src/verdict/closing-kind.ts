/** The kind of a closing. To read first: RFC 9293 3.6. Cheap, as the overview and groups count all connections by it. */
import {
  FIN_ACK_MERGED,
  FIN_ACKED,
  FIN_SENT,
  FINS_CROSSED,
  OPENED,
  RST_ENDED,
} from '../track/memory/connection.js';
import type { Reset } from '../track/memory/extras.js';
import type { ConnectionFacts } from '../track/results/snapshot.js';
import type { ClosingKind } from './catalogue.js';
import { openingKind } from './opening.js';
import { effectiveDespiteNumber } from './reset.js';

/** The kind alone: cheap, for counting. */
export function closingKind(connection: ConnectionFacts): ClosingKind {
  return endingReset(connection) === null ? kindWithoutReset(connection) : 'reset';
}

export function kindWithoutReset(connection: ConnectionFacts): Exclude<ClosingKind, 'reset'> {
  const { bits } = connection;
  if (!hasOpened(connection)) return 'none';
  const fins = finsSent(connection);
  if (fins === 0) return 'open';
  if (fins === 1) return 'half-closed';
  if ((bits & FINS_CROSSED) !== 0) return 'simultaneous';
  return (bits & FIN_ACK_MERGED) !== 0 ? 'three-step' : 'four-step';
}

/** The RST that ended it; null where none did, as it never opened or had closed before. */
export function endingReset(connection: ConnectionFacts): Reset | null {
  const reset = connection.extras?.reset ?? null;
  if (reset === null || !hasOpened(connection)) return null;
  if (finsSent(connection) === 2 && bothAcked(connection)) return null;
  return (connection.bits & RST_ENDED) !== 0 || effectiveDespiteNumber(connection) ? reset : null;
}

function hasOpened(connection: ConnectionFacts): boolean {
  const opened = (connection.bits & OPENED) !== 0 || openingKind(connection) === 'not-captured';
  return opened && !isProbe(connection);
}

function finsSent({ ends: [a, b] }: ConnectionFacts): number {
  return ((a.bits & FIN_SENT) !== 0 ? 1 : 0) + ((b.bits & FIN_SENT) !== 0 ? 1 : 0);
}

export function bothAcked({ ends: [a, b] }: ConnectionFacts): boolean {
  return (a.bits & b.bits & FIN_ACKED) !== 0;
}

/** A segment that belongs to no connection: of a scan, or a stray one. */
function isProbe(connection: ConnectionFacts): boolean {
  const [a, b] = connection.ends;
  return (connection.extras?.oddFlags ?? -1) >= 0 && a.bytes + b.bytes === 0;
}
