/**
 * Why a connection was reset, as far as packets show. To read first: RFC 9293 3.5.2 and 3.5.3, RFC 5961 3.2;
 * docs/reset-causes.md has the rules as a table.
 *
 * Rules in order; the first that matches decides. Each names the packets that it rests on, what else the packets do not
 * exclude, and how sure it is. An RST answers something only where a packet of the other side that it can answer came
 * within the round trip before it; else its sender acted by itself.
 */

import type { Reset } from '../track/memory/extras.js';
import { endedByRst } from '../track/results/named-facts.js';
import type { ConnectionFacts, ConnectionSnapshot } from '../track/results/snapshot.js';
import { CLOSED } from '../track/rfc9293/transition.js';
import type { ResetCause } from './catalogue.js';
import { inOrder } from './packet-list.js';
import { aborting, afterOwnFin, answering, endingTimeWait, gaveUp } from './reset-ending.js';
import { beforeAccept, whileOpening } from './reset-opening.js';
import { type Confidence, isAnswer, type ResetFinding } from './reset-rule.js';
import { resetOfTwin } from './twin.js';

export interface ResetVerdict {
  by: 'client' | 'server';
  packet: number;
  /** Whether the receiver accepted it (RFC 9293 3.5.3); false: no later packet shows that. */
  accepted: boolean;
  cause: ResetCause;
  /** What the packets do not exclude either. */
  alternatives: readonly ResetCause[];
  confidence: Confidence;
  /** Packets that it rests on. */
  evidence: number[];
}

/** What systems put into a packet: RSTs and data of one host may differ in it. */
const INITIAL_TTLS: ReadonlySet<number> = new Set([64, 128, 255]);

/** How much later other packets must follow for silence to mean something. */
const SILENCE_NS = 3e9;

/** The verdict on the RST that ended a connection; null where none did, and the connection went on. */
export function explainReset(connection: ConnectionSnapshot, reset: Reset): ResetVerdict | null {
  const wentOn = reset.later[0] + reset.later[1] > 0;
  if (!reset.accepted && wentOn) return null;
  return resetVerdict(connection, reset);
}

/** The verdict on an RST that ended a connection, or after which no packet shows whether it did. */
export function resetVerdict(connection: ConnectionSnapshot, reset: Reset): ResetVerdict {
  const taken = effectiveDespiteNumber(connection);
  const found = resetOfTwin(connection, reset) ?? causeOf(connection, reset, taken);
  return {
    by: reset.side === connection.clientSide ? 'client' : 'server',
    packet: reset.packet,
    accepted: reset.accepted || taken,
    cause: found.cause,
    alternatives: found.alternatives ?? [],
    confidence: found.confidence,
    evidence: inOrder(...found.evidence, reset.packet),
  };
}

function causeOf(connection: ConnectionSnapshot, reset: Reset, taken: boolean): ResetFinding {
  const { previous } = reset;
  if (!reset.accepted) {
    const evidence = [previous?.packet ?? 0];
    return taken
      ? { cause: 'cannot-tell', confidence: 'low', evidence }
      : { cause: 'ignored', confidence: 'high', evidence };
  }
  const answers = !reset.hasAck && reset.atAcknowledged && isAnswer(reset) && !reset.dataTaken;
  if (reset.forgeryEvidence > 0 && answers) {
    // its address goes on, but its system answers as if it had no connection: what arrived was not recognised
    const alternatives = ['no-such-connection', 'injected'] as const;
    const evidence = [reset.other.packet, reset.forgeryEvidence];
    return { cause: 'state-lost', confidence: 'medium', alternatives, evidence };
  }
  if (reset.forgeryEvidence > 0) {
    const confidence = ttlDiffers(reset) ? 'high' : 'medium';
    return { cause: 'injected', confidence, evidence: [reset.forgeryEvidence] };
  }
  const own = ownCause(connection, reset);
  if (!ttlDiffers(reset)) return own;
  // over another path than its sender's other segments; or those took another path
  const first = connection.ends[reset.side].synPacket || connection.firstPacket;
  const others: ResetCause[] = ['firewall', own.cause, ...(own.alternatives ?? [])];
  const alternatives = [...new Set(others)].filter((cause) => cause !== 'cannot-tell');
  return { cause: 'injected', confidence: 'low', alternatives, evidence: [first] };
}

/** The cause where the RST is its sender's own. */
function ownCause(connection: ConnectionSnapshot, reset: Reset): ResetFinding {
  return (
    whileOpening(connection, reset) ??
    beforeAccept(connection, reset) ??
    afterOwnFin(reset) ??
    gaveUp(reset) ??
    answering(connection, reset) ??
    aborting(connection, reset) ??
    endingTimeWait(reset) ?? {
      cause: 'cannot-tell',
      confidence: 'low',
      evidence: [reset.previous?.packet ?? 0],
    }
  );
}

/** The RST came over another path than the segments of its sender that the other end accepted. */
function ttlDiffers(reset: Reset): boolean {
  const { ttl, usualTtl } = reset;
  // TTL as sent: no router between its sender and the capture point, but some on the path of the address's other segments
  if (INITIAL_TTLS.has(ttl)) return !INITIAL_TTLS.has(usualTtl);
  return Math.abs(ttl - usualTtl) > 2;
}

/**
 * An RST whose number did not fit, after which both ends fell silent although the capture went on: it was accepted,
 * whatever the number.
 */
export function effectiveDespiteNumber(connection: ConnectionFacts): boolean {
  const reset = connection.extras?.reset;
  if (!reset || reset.accepted || reset.later[0] + reset.later[1] > 0) return false;
  const [a, b] = connection.ends;
  if (a.state === CLOSED && b.state === CLOSED) return false;
  if (reset.ignoredBecause === null) return false;
  return connection.captureEndsAt - reset.at > SILENCE_NS && !endedByRst(connection);
}
