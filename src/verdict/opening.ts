/**
 * How a connection opened. To read first: RFC 9293 3.5; RFC 7413 (Fast Open).
 *
 * Pure functions of a connection's plain values.
 */

import { HAS_FAST_OPEN_COOKIE } from '../decode/tcp-options.js';
import {
  bothSentSyn,
  fastOpenAccepted,
  opened,
  refusedByIcmp,
  refusedByRst,
  sentSyn,
  synAckSeen,
} from '../track/results/named-facts.js';
import type { ConnectionFacts, ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';
import { type CapturePoint, capturePoint, type SlowSide, slowSide } from './capture-point.js';
import type { OpeningKind } from './catalogue.js';
import { seconds } from './durations.js';
import { connectTimeOf, type Handshake, handshakeOf } from './handshake.js';
import { judgeOptions, type Options } from './negotiation.js';
import { inOrder } from './packet-list.js';

interface OpeningFacts {
  /** Packets that the verdict rests on. */
  packets: number[];
  synCount: number;
  synAckCount: number;
  /** Seconds between repeated SYNs, in order. */
  synSpacing: number[];
  options: Options;
}

/** It opened. Times are in seconds, null where a step was not seen. */
export interface Opened extends OpeningFacts {
  kind: 'three-way' | 'simultaneous' | 'fast-open';
  complete: true;
  /** From the first SYN, retries included. */
  connectTime: number | null;
  /** First SYN to last SYN: the time that retries cost. */
  synWait: number | null;
  /** Last SYN before the answer to the SYN-ACK: the network beyond the capture point and the server. */
  synToSynAck: number | null;
  /** First SYN-ACK to the last one before the ACK: the time that its retries cost. */
  synAckWait: number | null;
  /** Last SYN-ACK to the completing ACK: the network before the capture point and the client. */
  synAckToAck: number | null;
  /** The ACK of the SYN-ACK was not captured: its time is not known. */
  ackMissed: boolean;
  capturePoint: CapturePoint | null;
  slowSide: SlowSide | null;
}

/** A SYN that opened no connection. */
export interface NotOpened extends OpeningFacts {
  kind: 'refused' | 'no-answer' | 'not-completed';
  complete: false;
  connectTime: null;
  synWait: number | null;
  synToSynAck: number | null;
  synAckWait: null;
  synAckToAck: null;
  ackMissed: false;
  capturePoint: null;
  slowSide: null;
}

/** The capture has no SYN of the client; `complete`: what was captured shows that it opened. */
export interface OpeningNotCaptured extends OpeningFacts {
  kind: 'not-captured';
  complete: boolean;
  connectTime: null;
  synWait: null;
  synToSynAck: null;
  synAckWait: number | null;
  synAckToAck: number | null;
  ackMissed: boolean;
  capturePoint: null;
  slowSide: null;
}

/** How a connection opened: `kind` and `complete` decide which members are there. */
export type Opening = Opened | NotOpened | OpeningNotCaptured;

/** The kind alone: cheap, for counting. */
export function openingKind(connection: ConnectionFacts): OpeningKind {
  const { ends } = connection;
  const client = ends[connection.clientSide];
  const server = ends[1 - connection.clientSide] ?? client;
  if (!sentSyn(client)) return 'not-captured';
  if (opened(connection)) {
    if (bothSentSyn(connection)) return 'simultaneous';
    return fastOpenAccepted(connection) && (client.offered & HAS_FAST_OPEN_COOKIE) !== 0
      ? 'fast-open'
      : 'three-way';
  }
  if ((refusedByRst(connection) || refusedByIcmp(connection)) && !synAckSeen(connection)) return 'refused';
  if (synAckSeen(connection) || server.synCount > 0) return 'not-completed';
  return server.packets === 0 ? 'no-answer' : 'not-completed';
}

export function judgeOpening(connection: ConnectionSnapshot): Opening {
  const kind = openingKind(connection);
  const client = connection.ends[connection.clientSide];
  const server = connection.ends[connection.clientSide === 0 ? 1 : 0];
  const handshake = handshakeOf(connection, kind);
  const { hasSyn, hasSynAck, synTimes, lastSynAt, answeredAt, synAckAt, timed, ordered } = handshake;
  const facts = {
    packets: evidence(connection, client, server, kind),
    synCount: client.synCount,
    synAckCount: hasSynAck ? server.synCount : 0,
    synSpacing: synTimes.map((time, index) => seconds(time - (synTimes[index - 1] ?? client.synAt))),
    options: judgeOptions(connection),
  };
  const beforeAck = {
    synWait: hasSyn ? seconds(lastSynAt - client.synAt) : null,
    synToSynAck:
      hasSyn && hasSynAck && kind !== 'simultaneous' && ordered ? seconds(answeredAt - lastSynAt) : null,
  };
  if (kind === 'refused' || kind === 'no-answer' || kind === 'not-completed')
    return { kind, ...facts, ...NEVER_COMPLETE, ...beforeAck };
  const split = timed && hasSynAck && kind !== 'simultaneous' && ordered;
  const complete = opened(connection);
  const afterSynAck = {
    synAckWait: split ? seconds(synAckAt - answeredAt) : null,
    synAckToAck: split ? seconds(connection.openedAt - synAckAt) : null,
    ackMissed: complete && !timed,
  };
  if (kind === 'not-captured') return { kind, complete, ...facts, ...WITHOUT_SYN, ...afterSynAck };
  return {
    kind,
    complete: true,
    connectTime: connectTimeOf(connection, handshake),
    ...facts,
    ...beforeAck,
    ...afterSynAck,
    ...whereAndWho(connection, split && hasSyn ? handshake : null, client, server),
  };
}

const NEVER_COMPLETE = {
  complete: false,
  connectTime: null,
  synAckWait: null,
  synAckToAck: null,
  ackMissed: false,
  capturePoint: null,
  slowSide: null,
} as const;

const WITHOUT_SYN = {
  connectTime: null,
  synWait: null,
  synToSynAck: null,
  capturePoint: null,
  slowSide: null,
} as const;

function evidence(
  connection: ConnectionSnapshot,
  client: EndpointSnapshot,
  server: EndpointSnapshot,
  kind: OpeningKind,
): number[] {
  const { openedPacket, extras } = connection;
  if (kind !== 'refused') return inOrder(client.synPacket, server.synPacket, openedPacket);
  const refusals = [extras?.reset?.packet ?? 0, extras?.icmp?.packet ?? 0];
  return inOrder(client.synPacket, server.synPacket, openedPacket, ...refusals);
}

/** Where it was captured and who was slow, from a handshake with all steps known. */
function whereAndWho(
  connection: ConnectionSnapshot,
  handshake: Pick<Handshake, 'lastSynAt' | 'answeredAt' | 'synAckAt'> | null,
  client: EndpointSnapshot,
  server: EndpointSnapshot,
): Pick<Opened, 'capturePoint' | 'slowSide'> {
  if (handshake === null) return { capturePoint: null, slowSide: null };
  const towardsServer = handshake.answeredAt - handshake.lastSynAt;
  const towardsClient = connection.openedAt - handshake.synAckAt;
  return {
    capturePoint: capturePoint(towardsServer, towardsClient),
    slowSide: slowSide(towardsServer, towardsClient, client, server),
  };
}
