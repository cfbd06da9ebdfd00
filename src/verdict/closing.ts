/**
 * How a connection closed. To read first: RFC 9293 3.6 and 3.6.1.
 *
 * Pure functions of a connection's plain values.
 */
import {
  ACKED_AFTER_FIN,
  FIN_ACK_MERGED,
  FIN_ACKED,
  FIN_FROM_SIDE_1,
  FIN_SENT,
  FINS_CROSSED,
  OPENED,
  RST_ENDED,
} from '../track/memory/connection.js';
import type { ConnectionFacts, ConnectionSnapshot } from '../track/results/snapshot.js';
import { TIME_WAIT } from '../track/rfc9293/transition.js';
import type { ClosingKind, ResetCause } from './catalogue.js';
import { lasting, openingKind, seconds } from './opening.js';
import { inOrder } from './packet-list.js';
import { effectiveDespiteNumber, explainReset, type ResetVerdict } from './reset.js';

export type Role = 'client' | 'server';

export interface Closing {
  kind: ClosingKind;
  /** Both FINs acknowledged, or an accepted RST. */
  complete: boolean;
  /** The side whose FIN or accepted RST came first. */
  initiator: Role | null;
  packets: number[];
  /** Data sent after the first FIN, against its direction: seconds from that FIN to the last of it. */
  /** `duration`: seconds; null where the clock went back in between. */
  halfClose: { duration: number | null; bytes: number } | null;
  reset: ResetVerdict | null;
  /** Who ends in TIME-WAIT. */
  timeWait: Role | 'both' | null;
  /** Until when, on Linux (60 s), unless it is reused or a FIN is repeated: seconds and nanoseconds; null where nobody holds it. */
  timeWaitEnds: { seconds: number; nanoseconds: number } | null;
  /** The packet of another connection that ended it by using its addresses and ports, and seconds until then. */
  timeWaitReused: { packet: number; after: number } | null;
}

/** The kind alone: cheap, for counting. */
export function closingKind(connection: ConnectionFacts): ClosingKind {
  const { bits, ends } = connection;
  const [a, b] = ends;
  const opened = (bits & OPENED) !== 0 || openingKind(connection) === 'not-captured';
  if (!opened || isProbe(connection)) return 'none';
  const fins = ((a.bits & FIN_SENT) !== 0 ? 1 : 0) + ((b.bits & FIN_SENT) !== 0 ? 1 : 0);
  const acked = (a.bits & b.bits & FIN_ACKED) !== 0;
  if (!(fins === 2 && acked) && ((bits & RST_ENDED) !== 0 || effectiveDespiteNumber(connection)))
    return 'reset';
  if (fins === 0) return 'open';
  if (fins === 1) return 'half-closed';
  if ((bits & FINS_CROSSED) !== 0) return 'simultaneous';
  return (bits & FIN_ACK_MERGED) !== 0 ? 'three-step' : 'four-step';
}

/** A segment that belongs to no connection: of a scan, or a stray one. */
function isProbe(connection: ConnectionFacts): boolean {
  const [a, b] = connection.ends;
  return (connection.extras?.oddFlags ?? -1) >= 0 && a.bytes + b.bytes === 0;
}

export function judgeClosing(connection: ConnectionSnapshot): Closing {
  const kind = closingKind(connection);
  const { ends, clientSide, extras } = connection;
  const role = (side: number): Role => (side === clientSide ? 'client' : 'server');
  const finSeen = ((ends[0].bits | ends[1].bits) & FIN_SENT) !== 0;
  const finSide = (connection.bits & FIN_FROM_SIDE_1) !== 0 ? 1 : 0;
  const reset = extras === null || extras.reset === null ? null : explainReset(connection, extras.reset);
  const resetFirst =
    kind === 'reset' && extras?.reset?.accepted === true && extras.reset.at < ends[finSide].finAt;
  let initiator: Role | null = null;
  if (finSeen && !resetFirst && kind !== 'none' && !mayHaveBegunBefore(connection, finSide))
    initiator = role(finSide);
  else if (kind === 'reset' && (resetFirst || !finSeen) && extras?.reset && isOfAnEnd(reset))
    initiator = role(extras.reset.side);
  const byClient = kind !== 'reset' && heldTimeWait(connection, clientSide);
  const byServer = kind !== 'reset' && heldTimeWait(connection, clientSide === 0 ? 1 : 0);
  const reused = byClient || byServer ? reuse(connection) : null;
  return {
    kind,
    complete: isComplete(connection, kind),
    initiator,
    packets: evidence(connection, kind),
    halfClose:
      extras !== null && extras.halfCloseBytes > 0 && finSeen && !isRefused(reset, role(finSide))
        ? { duration: lasting(extras.halfCloseLastAt - ends[finSide].finAt), bytes: extras.halfCloseBytes }
        : null,
    reset,
    timeWaitEnds: (byClient || byServer) && reused === null ? timeWaitEnds(connection) : null,
    timeWaitReused: reused,
    timeWait: byClient ? (byServer ? 'both' : 'client') : byServer ? 'server' : null,
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

/** What something between the ends may have sent in the name of one. */
const OF_NEITHER_END: ReadonlySet<ResetCause> = new Set(['injected', 'firewall', 'state-lost']);

function isOfAnEnd(reset: ResetVerdict | null): boolean {
  return reset !== null && ![reset.cause, ...reset.alternatives].some((cause) => OF_NEITHER_END.has(cause));
}

/** Only one FIN was captured, and the other end may have sent its own before. */
function mayHaveBegunBefore(connection: ConnectionSnapshot, finSide: 0 | 1): boolean {
  const otherSide = finSide === 0 ? 1 : 0;
  const other = connection.ends[otherSide];
  if ((other.bits & FIN_SENT) !== 0) return false;
  // what it acknowledged after its own FIN was sent by an end that had not closed by then
  if ((connection.ends[finSide].bits & ACKED_AFTER_FIN) !== 0) return false;
  // nothing of the other end was captured, or one number of it was not: that may be a FIN
  if (other.packets === 0) return true;
  const holes = connection.extras?.holes[otherSide] ?? [];
  if (holes.some(({ left, right }) => ((right - left) | 0) === 1)) return true;
  return openingKind(connection) === 'not-captured' && other.bytes === 0;
}

function isComplete(connection: ConnectionSnapshot, kind: ClosingKind): boolean {
  if (kind === 'reset') return true;
  const [a, b] = connection.ends;
  return kind !== 'none' && (a.bits & b.bits & FIN_ACKED) !== 0;
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
  return connection.ends[side].state === TIME_WAIT && (other.bits & FIN_ACKED) !== 0;
}

function evidence(connection: ConnectionSnapshot, kind: ClosingKind): number[] {
  const { ends, extras } = connection;
  const [a, b] = ends;
  const fins = inOrder(a.finPacket, a.finAckPacket, b.finPacket, b.finAckPacket);
  return kind === 'reset' ? inOrder(...fins, extras?.reset?.packet ?? 0, extras?.crossedReset ?? 0) : fins;
}
