/**
 * How a connection opened. To read first: RFC 9293 3.5; RFC 7413 (Fast Open).
 *
 * Pure functions of a connection's plain values.
 */
import { HAS_FAST_OPEN_COOKIE } from '../decode/tcp-options.js';
import {
  BOTH_SYNS,
  FAST_OPEN_ACCEPTED,
  ICMP_REFUSED,
  OPENED,
  OPENING_ACK_MISSED,
  RST_REFUSED,
  SENT_SYN,
  SYN_ACK_SEEN,
} from '../track/memory/connection.js';
import type { ConnectionFacts, ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';
import type { OpeningKind } from './catalogue.js';
import { judgeOptions, type Options } from './negotiation.js';
import { inOrder } from './packet-list.js';

/** Where the capture point seems to be, by how the handshake's round trip divides. */
export type CapturePoint = 'near-client' | 'near-server' | 'middle';

export interface Opening {
  kind: OpeningKind;
  complete: boolean;
  /** Packets that the verdict rests on. */
  packets: number[];
  synCount: number;
  synAckCount: number;
  /** Seconds, or null where a step was not seen. From the first SYN, retries included. */
  connectTime: number | null;
  /** First SYN to last SYN: the time that retries cost. */
  synWait: number | null;
  /** Last SYN before the answer to the SYN-ACK: the network behind the capture point and the server. */
  synToSynAck: number | null;
  /** First SYN-ACK to the last one before the ACK: the time that its retries cost. */
  synAckWait: number | null;
  /** Last SYN-ACK to the completing ACK: the network before the capture point and the client. */
  synAckToAck: number | null;
  /** Seconds between repeated SYNs, in order. */
  synSpacing: number[];
  /** The ACK of the SYN-ACK was not captured: when it came is not known. */
  ackMissed: boolean;
  capturePoint: CapturePoint | null;
  slowSide: 'client' | 'server' | 'network' | null;
  options: Options;
}

/** The kind alone: cheap, for counting. */
export function openingKind(connection: ConnectionFacts): OpeningKind {
  const { bits, ends } = connection;
  const client = ends[connection.clientSide];
  const server = ends[1 - connection.clientSide] ?? client;
  if ((client.bits & SENT_SYN) === 0) return 'not-captured';
  if ((bits & OPENED) !== 0) {
    if ((bits & BOTH_SYNS) !== 0) return 'simultaneous';
    return (bits & FAST_OPEN_ACCEPTED) !== 0 && (client.offered & HAS_FAST_OPEN_COOKIE) !== 0
      ? 'fast-open'
      : 'three-way';
  }
  if ((bits & (RST_REFUSED | ICMP_REFUSED)) !== 0 && (bits & SYN_ACK_SEEN) === 0) return 'refused';
  if ((bits & SYN_ACK_SEEN) !== 0 || server.synCount > 0) return 'not-completed';
  return server.packets === 0 ? 'no-answer' : 'not-completed';
}

/** The times of a handshake, and what of them can be told. */
interface Handshake {
  hasSyn: boolean;
  hasSynAck: boolean;
  synTimes: readonly number[];
  lastSynAt: number;
  answeredAt: number;
  synAckAt: number;
  /** When the ACK of the SYN-ACK came is known. */
  timed: boolean;
  /** Packets that are not in the order of their times tell nothing of how long it took. */
  ordered: boolean;
}

function handshakeOf(connection: ConnectionFacts, kind: OpeningKind): Handshake {
  const { bits, clientSide, openedAt, extras } = connection;
  const client = connection.ends[clientSide];
  const server = connection.ends[clientSide === 0 ? 1 : 0];
  const complete = (bits & OPENED) !== 0;
  const synTimes = extras?.synTimes(clientSide) ?? [];
  const hasSyn = client.synPacket > 0;
  const hasSynAck = (bits & SYN_ACK_SEEN) !== 0 && server.synPacket > 0;
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
    timed: complete && (bits & OPENING_ACK_MISSED) === 0,
    ordered: kind === 'simultaneous' || !hasSynAck || inOrder,
  };
}

/** From the first SYN, retries included, to the ACK that completes the opening: seconds, or null. */
export function connectTime(connection: ConnectionFacts, kind: OpeningKind): number | null {
  return connectTimeOf(connection, handshakeOf(connection, kind));
}

function connectTimeOf(connection: ConnectionFacts, { timed, hasSyn, ordered }: Handshake): number | null {
  const { synAt } = connection.ends[connection.clientSide];
  return timed && hasSyn && ordered ? seconds(connection.openedAt - synAt) : null;
}

export function judgeOpening(connection: ConnectionSnapshot): Opening {
  const kind = openingKind(connection);
  const client = connection.ends[connection.clientSide];
  const server = connection.ends[connection.clientSide === 0 ? 1 : 0];
  const complete = (connection.bits & OPENED) !== 0;
  const handshake = handshakeOf(connection, kind);
  const { hasSyn, hasSynAck, synTimes, lastSynAt, answeredAt, synAckAt, timed, ordered } = handshake;
  const split = timed && hasSynAck && kind !== 'simultaneous' && ordered;
  const { capturePoint, slowSide } = whereAndWho(
    connection,
    split && hasSyn ? handshake : null,
    client,
    server,
  );
  return {
    kind,
    complete,
    packets: evidence(connection, client, server, kind),
    synCount: client.synCount,
    synAckCount: hasSynAck ? server.synCount : 0,
    connectTime: connectTimeOf(connection, handshake),
    synWait: hasSyn ? seconds(lastSynAt - client.synAt) : null,
    synToSynAck:
      hasSyn && hasSynAck && kind !== 'simultaneous' && ordered ? seconds(answeredAt - lastSynAt) : null,
    synAckWait: split ? seconds(synAckAt - answeredAt) : null,
    synAckToAck: split ? seconds(connection.openedAt - synAckAt) : null,
    synSpacing: synTimes.map((time, index) => seconds(time - (synTimes[index - 1] ?? client.synAt))),
    ackMissed: complete && !timed,
    capturePoint,
    slowSide,
    options: judgeOptions(connection),
  };
}

export function seconds(nanoseconds: number): number {
  return nanoseconds / 1e9;
}

/** In seconds; null where the clock went back in between. */
export function lasting(nanoseconds: number): number | null {
  return nanoseconds < 0 ? null : nanoseconds / 1e9;
}

/** The last of these times up to a limit; the first one at least. */
function lastBefore(first: number, others: readonly number[], limit: number): number {
  let last = first;
  for (const time of others) if (time <= limit && time > last) last = time;
  return last;
}

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

/** One part at least this many times the other tells where the capture was made. */
const LOPSIDED = 10;
/** Round trips shorter than this are within one machine or room: there is no "near" in them. */
const SHORT_NS = 200e3;
/** And none is "in the middle" of a way shorter than this. */
const LONG_NS = 2e6;
/** A part longer than this is slow beside another that is far shorter. */
const SLOW_NS = 100e6;

/**
 * SYN to SYN-ACK is the way to the server and back, SYN-ACK to ACK the way to the client and back, both as seen
 * from the capture point: the shorter one tells which end it is near to. Who is slow can be told only beside the
 * round trips of later data: a lost SYN may be the network's doing or the server's.
 */
function whereAndWho(
  connection: ConnectionSnapshot,
  handshake: Pick<Handshake, 'lastSynAt' | 'answeredAt' | 'synAckAt'> | null,
  client: EndpointSnapshot,
  server: EndpointSnapshot,
): Pick<Opening, 'capturePoint' | 'slowSide'> {
  if (handshake === null) return { capturePoint: null, slowSide: null };
  const towardsServer = handshake.answeredAt - handshake.lastSynAt;
  const towardsClient = connection.openedAt - handshake.synAckAt;
  return {
    capturePoint: capturePoint(towardsServer, towardsClient),
    slowSide: slowSide(towardsServer, towardsClient, client, server),
  };
}

function capturePoint(towardsServer: number, towardsClient: number): CapturePoint | null {
  if (Math.max(towardsServer, towardsClient) < SHORT_NS) return null;
  if (towardsServer > towardsClient * LOPSIDED) return 'near-client';
  if (towardsClient > towardsServer * LOPSIDED) return 'near-server';
  return Math.max(towardsServer, towardsClient) >= LONG_NS ? 'middle' : null;
}

function slowSide(
  towardsServer: number,
  towardsClient: number,
  client: EndpointSnapshot,
  server: EndpointSnapshot,
): Opening['slowSide'] {
  const part = Math.max(towardsServer, towardsClient);
  if (part < SLOW_NS) return null;
  const byServer = towardsServer >= towardsClient;
  // the later round trips of the end whose segments travel that way
  const later = byServer ? client : server;
  if (later.rttCount < 2) return null;
  if (later.rttMin * 4 > part) return 'network';
  return byServer ? 'server' : 'client';
}
