/** The outcome of an attempt to reach a port, for what only shows over many connections (patterns.ts). */

import { guessRoles } from '../track/notes/roles.js';
import {
  endedByRst,
  firstFinSide,
  refusedByIcmp,
  sentFin,
  sentSyn,
  synAckSeen,
} from '../track/results/named-facts.js';
import type { ConnectionFacts } from '../track/results/snapshot.js';
import type { OpeningKind } from './catalogue.js';

/**
 * From least to most: nothing came back; RST or an ICMP error did; a SYN-ACK did, and it was not acknowledged; opened, and
 * reset or closed without a byte of data; used: data flowed, or it was still open.
 */
export const OUTCOMES = ['noAnswer', 'refused', 'notCompleted', 'reset', 'closed', 'used'] as const;
export type AttemptOutcome = (typeof OUTCOMES)[number];
export type Outcomes = Record<AttemptOutcome, number>;

export const NO_ANSWER = 0;
export const REFUSED = 1;
export const NOT_COMPLETED = 2;
export const RESET = 3;
export const CLOSED_UNUSED = 4;
export const USED = 5;

export function noOutcomes(): Outcomes {
  return { noAnswer: 0, refused: 0, notCompleted: 0, reset: 0, closed: 0, used: 0 };
}

/** How often each came, by its place in OUTCOMES. */
export function outcomesBy(count: (outcome: number) => number): Outcomes {
  return Object.fromEntries(OUTCOMES.map((name, outcome) => [name, count(outcome)])) as Outcomes;
}

/** How a port was tried, where its outcome shows it: scans are named after this. */
export const SCAN_KINDS = [
  'syn-scan',
  'connect-scan',
  'ack-scan',
  'fin-scan',
  'null-scan',
  'xmas-scan',
] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/** Bits of the kinds that are probes without SYN. */
export const PROBES = 0b111100;

/** Place in OUTCOMES of a connection that begins with a SYN. */
export function outcomeOf(facts: ConnectionFacts, opening: OpeningKind): number {
  const { ends, clientSide, extras } = facts;
  const client = ends[clientSide];
  const server = ends[clientSide === 0 ? 1 : 0];
  if (opening === 'no-answer') return NO_ANSWER;
  if (opening === 'refused') return REFUSED;
  if (opening === 'not-completed') {
    // a system that knows nothing of the SYN answers the SYN-ACK by RST without ACK: its socket was never there
    const reset = extras?.reset;
    const taken = reset?.side === clientSide && reset.hasAck && synAckSeen(facts);
    return taken ? RESET : NOT_COMPLETED;
  }
  if (client.bytes + server.bytes > 0) return USED;
  if (sentFin(client)) return CLOSED_UNUSED;
  if (endedByRst(facts)) return RESET;
  return sentFin(server) ? CLOSED_UNUSED : USED;
}

/** Place in SCAN_KINDS of the scan that a connection with a SYN would be part of, -1 where it may be any. */
export function kindOf(outcome: number): number {
  if (outcome === NOT_COMPLETED) return 0;
  return outcome === RESET || outcome === CLOSED_UNUSED ? 1 : -1;
}

/**
 * The same for a probe: a segment without SYN that belongs to no connection, sent to the port of a service. -1 where it
 * is not a probe: the last segments of an old connection come from the port of a service, or are FINs or RSTs.
 */
export function probeKind(facts: ConnectionFacts): number {
  const [sender, receiver] = facts.ends;
  if (sender.bytes + receiver.bytes > 0 || guessRoles(facts.ports[0], facts.ports[1]) === 1) return -1;
  if (sentSyn(sender) || sentSyn(receiver)) return -1;
  const odd = facts.extras?.oddFlags ?? -1;
  if (odd >= 0) return odd === 0 ? 4 : odd === 0x001 ? 3 : 5;
  const answered = facts.extras?.reset?.side === 1 && endedByRst(facts);
  if (!answered || sender.packets > 2 || receiver.packets > 1) return -1;
  return !sentFin(sender) ? 2 : -1;
}

/** Place in OUTCOMES of a probe. */
export function probeOutcome(facts: ConnectionFacts): number {
  if (endedByRst(facts) || refusedByIcmp(facts) || facts.extras?.reset?.side === 1) return REFUSED;
  return facts.ends[1].packets === 0 ? NO_ANSWER : USED;
}

/** When the client, first of the two, closed or reset a connection, where that is known. */
export function clientClosedAt(facts: ConnectionFacts): number | null {
  const { ends, clientSide, extras } = facts;
  const client = ends[clientSide];
  const first = firstFinSide(facts);
  if (sentFin(ends[0]) || sentFin(ends[1])) return first === clientSide ? client.finAt : null;
  return extras?.reset?.side === clientSide ? extras.reset.at : null;
}
