/** The kind of a closing. To read first: RFC 9293 3.6. Cheap, as the overview and groups count all connections by it. */

import type { Reset } from '../track/memory/extras.js';
import {
  endedByRst,
  finAcked,
  finAckMerged,
  finsCrossed,
  opened,
  sentFin,
} from '../track/results/named-facts.js';
import type { ConnectionFacts } from '../track/results/snapshot.js';
import type { ClosingKind } from './catalogue.js';
import { openingKind } from './opening.js';
import { effectiveDespiteNumber } from './reset.js';

/** The kind alone: cheap, for counting. */
export function closingKind(connection: ConnectionFacts): ClosingKind {
  return endingReset(connection) === null ? kindWithoutReset(connection) : 'reset';
}

export function kindWithoutReset(connection: ConnectionFacts): Exclude<ClosingKind, 'reset'> {
  if (!hasOpened(connection)) return 'none';
  const fins = finsSent(connection);
  if (fins === 0) return 'open';
  if (fins === 1) return 'half-closed';
  if (finsCrossed(connection)) return 'simultaneous';
  return finAckMerged(connection) ? 'three-step' : 'four-step';
}

/** The RST that ended it; null where none did, as it never opened or had closed before. */
export function endingReset(connection: ConnectionFacts): Reset | null {
  const reset = connection.extras?.reset ?? null;
  if (reset === null || !hasOpened(connection)) return null;
  if (finsSent(connection) === 2 && bothAcked(connection)) return null;
  return endedByRst(connection) || effectiveDespiteNumber(connection) ? reset : null;
}

function hasOpened(connection: ConnectionFacts): boolean {
  const wasOpened = opened(connection) || openingKind(connection) === 'not-captured';
  return wasOpened && !isProbe(connection);
}

function finsSent({ ends: [a, b] }: ConnectionFacts): number {
  return (sentFin(a) ? 1 : 0) + (sentFin(b) ? 1 : 0);
}

export function bothAcked({ ends: [a, b] }: ConnectionFacts): boolean {
  return finAcked(a) && finAcked(b);
}

/** A segment that belongs to no connection: of a scan, or a stray one. */
function isProbe(connection: ConnectionFacts): boolean {
  const [a, b] = connection.ends;
  return (connection.extras?.oddFlags ?? -1) >= 0 && a.bytes + b.bytes === 0;
}
