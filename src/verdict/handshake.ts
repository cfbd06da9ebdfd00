/** The times of a handshake, and what is known of them. */
import { opened, openingAckMissed, synAckSeen } from '../track/results/named-facts.js';
import type { ConnectionFacts } from '../track/results/snapshot.js';
import type { OpeningKind } from './catalogue.js';
import { seconds } from './durations.js';

/** In nanoseconds. */
export interface Handshake {
  hasSyn: boolean;
  hasSynAck: boolean;
  synTimes: readonly number[];
  lastSynAt: number;
  answeredAt: number;
  synAckAt: number;
  /** The time of the ACK of the SYN-ACK is known. */
  timed: boolean;
  /** Packets that are not in the order of their times do not show how long it took. */
  ordered: boolean;
}

export function handshakeOf(connection: ConnectionFacts, kind: OpeningKind): Handshake {
  const { clientSide, openedAt, extras } = connection;
  const client = connection.ends[clientSide];
  const server = connection.ends[clientSide === 0 ? 1 : 0];
  const complete = opened(connection);
  const synTimes = extras?.synTimes(clientSide) ?? [];
  const hasSyn = client.synPacket > 0;
  const hasSynAck = synAckSeen(connection) && server.synPacket > 0;
  const answeredAt = server.synAt;
  const lastSynAt = lastBefore(client.synAt, synTimes, hasSynAck ? answeredAt : Number.POSITIVE_INFINITY);
  const synAckTimes = extras?.synTimes(clientSide === 0 ? 1 : 0) ?? [];
  const lastAt = complete ? openedAt : answeredAt;
  const synAckAt = complete ? lastBefore(answeredAt, synAckTimes, openedAt) : answeredAt;
  const inOrder = (!hasSyn || lastSynAt <= answeredAt) && synAckAt <= lastAt;
  return {
    hasSyn,
    hasSynAck,
    synTimes,
    lastSynAt,
    answeredAt,
    synAckAt,
    timed: complete && !openingAckMissed(connection),
    ordered: kind === 'simultaneous' || !hasSynAck || inOrder,
  };
}

/** From the first SYN, retries included, to the ACK that completes the opening: seconds, or null. */
export function connectTime(connection: ConnectionFacts, kind: OpeningKind): number | null {
  return connectTimeOf(connection, handshakeOf(connection, kind));
}

export function connectTimeOf(
  connection: ConnectionFacts,
  { timed, hasSyn, ordered }: Handshake,
): number | null {
  const { synAt } = connection.ends[connection.clientSide];
  return timed && hasSyn && ordered ? seconds(connection.openedAt - synAt) : null;
}

/** The last of these times up to a limit; the first one at least. */
function lastBefore(first: number, others: readonly number[], limit: number): number {
  let last = first;
  for (const time of others) if (time <= limit && time > last) last = time;
  return last;
}
