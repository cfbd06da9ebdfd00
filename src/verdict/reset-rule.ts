/** What the rules of reset.ts have in common: the result of a rule, and whether an RST answers something. */
import type { Reset } from '../track/memory/extras.js';
import { ANSWER_SLACK_NS } from '../track/notes/reset.js';
import type { ResetCause } from './catalogue.js';

export type Confidence = 'high' | 'medium' | 'low';

/** What a rule says: a cause, and what else it does not exclude. */
export interface ResetFinding {
  cause: ResetCause;
  confidence: Confidence;
  alternatives?: readonly ResetCause[];
  evidence: readonly number[];
}

/** A host that sent something this shortly before still has the connection, unless it sent the end of it. */
export const ALIVE_NS = 5e9;
/** An answer whose round trip is not known. */
const UNKNOWN_TRIP_NS = 1e9;

/**
 * A packet of the other side that it can answer came within the round trip, and its sender has not acknowledged all
 * in a packet since: a system that knows nothing of the connection acknowledges nothing.
 */
export function isAnswer(reset: Reset): boolean {
  const { other, own } = reset;
  if (other.packet === 0) return false;
  if (own.packet > other.packet && reset.acknowledgedAll) return false;
  return mayAnswer(reset, other.earlier);
}

/** Whether an RST may answer what came so many nanoseconds before it. */
export function mayAnswer({ roundTrip }: Reset, earlier: number): boolean {
  return earlier <= (roundTrip > 0 ? 2 * roundTrip + ANSWER_SLACK_NS : UNKNOWN_TRIP_NS);
}
