/**
 * How a connection closed. To read first: RFC 9293 3.6 and 3.6.1.
 *
 * Pure functions of a connection's plain values.
 */

import type { Reset } from '../track/memory/extras.js';
import { ackedAfterFin, finAcked, firstFinSide, sentFin } from '../track/results/named-facts.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { TIME_WAIT } from '../track/rfc9293/transition.js';
import type { ClosingKind, ResetCause } from './catalogue.js';
import { bothAcked, endingReset, kindWithoutReset } from './closing-kind.js';
import { lasting, seconds } from './durations.js';
import { openingKind } from './opening.js';
import { inOrder } from './packet-list.js';
import { effectiveDespiteNumber, explainReset, type ResetVerdict, resetVerdict } from './reset.js';

export type Role = 'client' | 'server';

interface ClosingFacts {
  packets: number[];
  /**
   * Data sent after the first FIN, against its direction. `duration`: seconds from that FIN to the last of it; null where
   * the clock went back in between.
   */
  halfClose: { duration: number | null; bytes: number } | null;
}

/** Who is in TIME-WAIT. */
interface Waiting {
  /** Who ends in TIME-WAIT. */
  timeWait: Role | 'both' | null;
  /** When it ends on Linux (60 s), unless it is reused or a FIN is repeated: seconds and nanoseconds; null without TIME-WAIT. */
  timeWaitEnds: { seconds: number; nanoseconds: number } | null;
  /** The packet of another connection that ended TIME-WAIT by reusing the addresses and ports, and seconds until then. */
  timeWaitReused: { packet: number; after: number } | null;
}

/** An accepted RST ended it. */
export interface ClosedByReset extends ClosingFacts {
  kind: 'reset';
  complete: true;
  /** The side whose FIN or accepted RST came first; null where that cannot be known. */
  initiator: Role | null;
  reset: ResetVerdict;
  timeWait: null;
  timeWaitEnds: null;
  timeWaitReused: null;
}

/** Both ends sent a FIN. */
export interface ClosedByFins extends ClosingFacts, Waiting {
  kind: 'four-step' | 'three-step' | 'simultaneous';
  /** Both FINs were acknowledged. */
  complete: boolean;
  /** The side whose FIN came first; null where that cannot be known. */
  initiator: Role | null;
  reset: ResetVerdict | null;
}

/** One end sent a FIN. */
export interface HalfClosed extends ClosingFacts, Waiting {
  kind: 'half-closed';
  complete: false;
  /** Whose FIN it was; null where the other may have been sent before. */
  initiator: Role | null;
  reset: ResetVerdict | null;
}

/** No FIN and no RST ended it. A `reset` is one that refused it, or was ignored without anything to follow. */
export interface NotClosed extends ClosingFacts, Waiting {
  kind: 'open' | 'none';
  complete: false;
  initiator: null;
  reset: ResetVerdict | null;
}

/** How a connection closed: `kind` decides which members are there. */
export type Closing = ClosedByReset | ClosedByFins | HalfClosed | NotClosed;

export function judgeClosing(connection: ConnectionSnapshot): Closing {
  const ending = endingReset(connection);
  return ending === null ? judgeWithoutReset(connection) : judgeReset(connection, ending);
}

function judgeReset(connection: ConnectionSnapshot, ending: Reset): ClosedByReset {
  const reset = resetVerdict(connection, ending);
  const first = firstFin(connection);
  const resetFirst = ending.accepted && first !== null && ending.at < connection.ends[first].finAt;
  let initiator: Role | null = null;
  if (first !== null && !resetFirst) initiator = closedFirst(connection, first);
  if (initiator === null && (resetFirst || first === null) && isOfAnEnd(reset))
    initiator = roleOf(connection, ending.side);
  return {
    kind: 'reset',
    complete: true,
    initiator,
    packets: evidence(connection, 'reset'),
    halfClose: halfClose(connection, reset),
    reset,
    timeWait: null,
    timeWaitEnds: null,
    timeWaitReused: null,
  };
}

function judgeWithoutReset(connection: ConnectionSnapshot): Exclude<Closing, ClosedByReset> {
  const kind = kindWithoutReset(connection);
  const seen = connection.extras?.reset ?? null;
  const reset = seen === null ? null : explainReset(connection, seen);
  const facts = {
    packets: evidence(connection, kind),
    halfClose: halfClose(connection, reset),
    reset,
    ...waiting(connection),
  };
  if (kind === 'open' || kind === 'none') return { kind, complete: false, initiator: null, ...facts };
  const first = firstFin(connection);
  const initiator = first === null ? null : closedFirst(connection, first);
  return kind === 'half-closed'
    ? { kind, complete: false, initiator, ...facts }
    : { kind, complete: bothAcked(connection), initiator, ...facts };
}

function roleOf(connection: ConnectionSnapshot, side: number): Role {
  return side === connection.clientSide ? 'client' : 'server';
}

/** The side whose FIN was seen first; null without one. */
function firstFin(connection: ConnectionSnapshot): 0 | 1 | null {
  return connection.ends.some(sentFin) ? firstFinSide(connection) : null;
}

/** Whose FIN was really the first; null where the other end's may have come before the capture. */
function closedFirst(connection: ConnectionSnapshot, side: 0 | 1): Role | null {
  return mayHaveBegunBefore(connection, side) ? null : roleOf(connection, side);
}

function halfClose(connection: ConnectionSnapshot, reset: ResetVerdict | null): Closing['halfClose'] {
  const { extras, ends } = connection;
  const first = firstFin(connection);
  if (extras === null || extras.halfCloseBytes === 0 || first === null) return null;
  if (isRefused(reset, roleOf(connection, first))) return null;
  return { duration: lasting(extras.halfCloseLastAt - ends[first].finAt), bytes: extras.halfCloseBytes };
}

function waiting(connection: ConnectionSnapshot): Waiting {
  const { clientSide } = connection;
  const byClient = heldTimeWait(connection, clientSide);
  const byServer = heldTimeWait(connection, clientSide === 0 ? 1 : 0);
  if (!byClient && !byServer) return { timeWait: null, timeWaitEnds: null, timeWaitReused: null };
  const reused = reuse(connection);
  return {
    timeWait: byClient ? (byServer ? 'both' : 'client') : 'server',
    timeWaitEnds: reused === null ? timeWaitEnds(connection) : null,
    timeWaitReused: reused,
  };
}

/** The data that came after a FIN found no reader: its sender had closed both ways. */
function isRefused(reset: ResetVerdict | null, finBy: Role): boolean {
  return reset?.by === finBy && (reset.cause === 'data-after-close' || reset.cause === 'gone-after-close');
}

/** The packet that used the addresses and ports again in TIME-WAIT, and how many seconds after the last one. */
function reuse({ extras, lastAt }: ConnectionSnapshot): Closing['timeWaitReused'] {
  const again = extras?.timeWaitReused ?? null;
  return again === null ? null : { packet: again.packet, after: seconds(again.at - lastAt) };
}

/** RSTs that something between the ends may have sent in the name of one end. */
const OF_NEITHER_END: ReadonlySet<ResetCause> = new Set(['injected', 'firewall', 'state-lost']);

function isOfAnEnd(reset: ResetVerdict): boolean {
  return ![reset.cause, ...reset.alternatives].some((cause) => OF_NEITHER_END.has(cause));
}

/** Only one FIN was captured, and the other end may have sent its own before. */
function mayHaveBegunBefore(connection: ConnectionSnapshot, finSide: 0 | 1): boolean {
  const otherSide = finSide === 0 ? 1 : 0;
  const other = connection.ends[otherSide];
  if (sentFin(other)) return false;
  // what it acknowledged after its own FIN was sent by an end that had not closed by then
  if (ackedAfterFin(connection.ends[finSide])) return false;
  // nothing of the other end was captured, or one number of it was not: that may be a FIN
  if (other.packets === 0) return true;
  const holes = connection.extras?.holes[otherSide] ?? [];
  if (holes.some(({ left, right }) => ((right - left) | 0) === 1)) return true;
  return openingKind(connection) === 'not-captured' && other.bytes === 0;
}

/** Linux's TCP_TIMEWAIT_LEN; RFC 9293 3.6.1 asks for 2 MSL, 4 minutes. */
const LINUX_TIME_WAIT_S = 60;

function timeWaitEnds(connection: ConnectionSnapshot): { seconds: number; nanoseconds: number } {
  const nanoseconds = connection.startNanoseconds + (connection.lastAt - connection.startedAt);
  const whole = Math.floor(nanoseconds / 1e9);
  return {
    seconds: connection.startSeconds + whole + LINUX_TIME_WAIT_S,
    nanoseconds: nanoseconds - whole * 1e9,
  };
}

/** In TIME-WAIT at the end, having acknowledged the other side's FIN. */
function heldTimeWait(connection: ConnectionSnapshot, side: 0 | 1): boolean {
  if (effectiveDespiteNumber(connection)) return false;
  const other = connection.ends[side === 0 ? 1 : 0];
  return connection.ends[side].state === TIME_WAIT && finAcked(other);
}

function evidence(connection: ConnectionSnapshot, kind: ClosingKind): number[] {
  const { ends, extras } = connection;
  const [a, b] = ends;
  const fins = inOrder(a.finPacket, a.finAckPacket, b.finPacket, b.finAckPacket);
  return kind === 'reset' ? inOrder(...fins, extras?.reset?.packet ?? 0, extras?.crossedReset ?? 0) : fins;
}
