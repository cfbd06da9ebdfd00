/**
 * A connection as plain values: what verdicts are made from, once, when it is over or the capture ends.
 */

import { type PathLayer, PathTable } from '../../decode/path.js';
import { CLIENT_IS_SIDE_1, MSS, ROLES_FROM_SYN, ROLES_FROM_SYN_ACK, WORDS } from '../memory/connection.js';
import type { Extras } from '../memory/extras.js';
import { type Located, slotAddress } from '../memory/flow-table.js';
import { Focus } from '../memory/focus.js';
import type { Distribution } from '../memory/medians.js';
import { roundTripsOf } from '../notes/round-trip.js';
import { finalCompleteness } from '../peers/completeness.js';
import { Zeek } from '../peers/zeek.js';
import { zeekState } from '../peers/zeek-states.js';

export interface EndpointSnapshot {
  address: string;
  port: number;
  state: number;
  bits: number;
  base: number;
  nextSequence: number;
  contiguous: number;
  acknowledged: number;
  packets: number;
  bytes: number;
  synPacket: number;
  synCount: number;
  synAt: number;
  finSequence: number;
  finPacket: number;
  finAckPacket: number;
  finAt: number;
  mss: number;
  scaleOffered: number;
  scale: number;
  offered: number;
  window: number;
  retransmissions: number;
  unanswered: number;
  /** When the first of those was sent, or one before them that still waits for its acknowledgement. */
  waitsSince: number;
  /** When it last sent something new. */
  lastNewAt: number;
  /** When it last sent a segment that counts, and the number of the last one. */
  lastAckAt: number;
  lastNumber: number;
  ttl: number;
  rttCount: number;
  rttMin: number;
  rttMedian: number;
  rttMax: number;
  /** Zeek's state, and whether Zeek takes it for an end that sent no data. */
  zeek: number;
  zeekSentNothing: boolean;
}

export interface ConnectionSnapshot {
  index: number;
  bits: number;
  /** Which of `ends` is the client. */
  clientSide: 0 | 1;
  rolesFrom: 'syn' | 'syn-ack' | 'guess';
  ends: [EndpointSnapshot, EndpointSnapshot];
  ports: [number, number];
  /** The VLANs and tunnels that it came through. */
  via: PathLayer[];
  firstPacket: number;
  lastPacket: number;
  startSeconds: number;
  startNanoseconds: number;
  /** Nanoseconds since the tracker's base. */
  startedAt: number;
  lastAt: number;
  openedAt: number;
  openedPacket: number;
  silence: number;
  silencePacket: number;
  completeness: number;
  history: string;
  codes: number;
  firstRtt: number;
  responses: Distribution;
  extras: Extras | null;
  /** Time of the newest packet of the whole capture: shows whether silence means anything. */
  captureEndsAt: number;
}

/** What the kinds of opening and closing are judged from: a snapshot has it, and so have the tracker's cursors. */
export interface EndFacts {
  state: number;
  bits: number;
  packets: number;
  bytes: number;
  retransmissions: number;
  synCount: number;
  synPacket: number;
  synAt: number;
  offered: number;
  finAt: number;
}

export interface ConnectionFacts {
  bits: number;
  clientSide: 0 | 1;
  ends: readonly [EndFacts, EndFacts];
  /** Ports of both sides. */
  ports: readonly [number, number];
  firstPacket: number;
  startedAt: number;
  lastAt: number;
  openedAt: number;
  /** Bits of all codes that its segments have (memory/codes.ts). */
  codes: number;
  extras: Extras | null;
  captureEndsAt: number;
}

/** The same, and whose connection it is. */
export interface LocatedFacts extends ConnectionFacts {
  index: number;
  /** Seconds since 1970 of its first packet. */
  startSeconds: number;
  /** Nanoseconds; see `Distribution`. */
  responses(): Distribution;
  /** Addresses of both sides, four words each. */
  words: Int32Array;
  version: 4 | 6;
}

/** Of the connection in focus, with side 0 for the sender. */
export function snapshotConnection(
  table: Located,
  paths: PathTable,
  slot: number,
  focus: Focus,
  captureEndsAt: number,
  zeek: Zeek | null,
): ConnectionSnapshot {
  if (first.length === 0) first.push(fractions());
  return snapshot(table, paths, slot, focus, captureEndsAt, zeek);
}

/**
 * V8 lays a field out by its first value. A time that is 0 at first is laid out as a small integer, and all that was
 * compiled for that is thrown away, several times over, as others come: so the first snapshot has fractions, and is kept.
 */
const first: ConnectionSnapshot[] = [];

function fractions(): ConnectionSnapshot {
  const memory = { ints: new Int32Array(WORDS), doubles: new Float64Array(WORDS).fill(0.5) };
  const focus = new Focus();
  for (const cursor of [focus.connection, focus.sender, focus.receiver]) Object.assign(cursor, memory);
  const nowhere: Located = { ipVersion: () => 4, addressWord: () => 0, port: () => 0, path: () => 0 };
  return snapshot(nowhere, new PathTable(), 0, focus, 0.5, new Zeek());
}

function snapshot(
  table: Located,
  paths: PathTable,
  slot: number,
  focus: Focus,
  captureEndsAt: number,
  zeek: Zeek | null,
): ConnectionSnapshot {
  const { connection, sender, receiver } = focus;
  const bits = connection.bits;
  return {
    index: connection.index,
    bits,
    clientSide: (bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0,
    rolesFrom:
      (bits & ROLES_FROM_SYN) !== 0 ? 'syn' : (bits & ROLES_FROM_SYN_ACK) !== 0 ? 'syn-ack' : 'guess',
    ends: [
      snapshotEnd(table, slot, 0, focus, zeek?.sentNothing(slot, 0, sender, receiver) ?? false),
      snapshotEnd(table, slot, 1, focus, zeek?.sentNothing(slot, 1, receiver, sender) ?? false),
    ],
    ports: [table.port(slot, 0), table.port(slot, 1)],
    via: paths.describe(table.path(slot)),
    firstPacket: connection.firstPacket,
    lastPacket: connection.lastPacket,
    startSeconds: connection.startSeconds,
    startNanoseconds: connection.startNanoseconds,
    startedAt: focus.startedAt,
    lastAt: connection.lastAt,
    openedAt: connection.openedAt,
    openedPacket: connection.openedPacket,
    silence: connection.silence,
    silencePacket: connection.silencePacket,
    completeness: finalCompleteness(connection),
    history: zeek?.text(connection) ?? '',
    codes: connection.codes,
    firstRtt: connection.firstRtt,
    responses: focus.medians.of(connection.responseRow, connection.responses),
    extras: focus.extras,
    captureEndsAt,
  };
}

function snapshotEnd(
  table: Located,
  slot: number,
  side: 0 | 1,
  focus: Focus,
  zeekSentNothing: boolean,
): EndpointSnapshot {
  const end = side === 0 ? focus.sender : focus.receiver;
  const roundTrips = roundTripsOf(focus.medians, end);
  return {
    address: slotAddress(table, slot, side),
    port: table.port(slot, side),
    state: end.state,
    bits: end.bits,
    base: end.base,
    nextSequence: end.nextSequence,
    contiguous: end.contiguous,
    acknowledged: end.acknowledged,
    packets: end.packets,
    bytes: end.bytes,
    synPacket: end.synPacket,
    synCount: end.synCount,
    synAt: end.synAt,
    finSequence: end.finSequence,
    finPacket: end.finPacket,
    finAckPacket: end.finAckPacket,
    finAt: end.finAt,
    mss: end.mssScaleTtl & MSS,
    scaleOffered: (end.mssScaleTtl >>> 16) & 0xff,
    scale: end.scale,
    offered: end.offered,
    window: end.window,
    retransmissions: end.retransmissions,
    unanswered: end.unanswered,
    waitsSince: end.rttSentAt,
    lastNewAt: end.nextSequenceAt,
    lastAckAt: end.lastAckAt,
    lastNumber: end.lastNumber,
    ttl: end.mssScaleTtl >>> 24,
    rttCount: end.rttCount,
    rttMin: roundTrips.min,
    rttMedian: roundTrips.median,
    rttMax: roundTrips.max,
    zeek: zeekState(end),
    zeekSentNothing,
  };
}
