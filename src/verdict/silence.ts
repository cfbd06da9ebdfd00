/** An end that waits for the other to the end of the capture. To read first: RFC 6298, RFC 9293 3.8.6.1. */

import type { Finding } from '../track/memory/finding-log.js';
import { endedByRst, opened, sentRst } from '../track/results/named-facts.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { openingKind } from './opening.js';

/** The shortest retransmission timer in use (Linux; RFC 6298 2.4 asks for 1 s). */
const SHORTEST_TIMER_NS = 200e6;

/**
 * An end that sends data, FINs or probes while the other says nothing, for longer than a loss explains: it has sent again
 * when its timer ran out, and had as long again for an answer. `since` is the other end's last packet, `count` what was
 * sent since. Where its window is closed, that is what the probes wait for, answered or not.
 */
export function silenceAfter(connection: ConnectionSnapshot, side: 0 | 1): Finding | null {
  const end = connection.ends[side];
  const other = connection.ends[side === 0 ? 1 : 0];
  if (!opened(connection) && openingKind(connection) !== 'not-captured') return null;
  if (endedByRst(connection)) return null;
  const closed = connection.extras?.zeroWindowPacket[side === 0 ? 1 : 0] ?? 0;
  const waits = other.packets > 0 && other.window === 0 && closed > 0 && !sentRst(other);
  const count = end.unanswered;
  // where nothing of the other end was captured, only what is repeated tells that it is not answered
  const unseen = other.packets === 0;
  if (count < (unseen ? 3 : 2)) return waits ? stillClosed(connection, side, closed) : null;
  // an end that had nothing to send before was not waiting
  const from = unseen ? end.lastNewAt : Math.max(end.waitsSince, other.lastAckAt);
  const waited = end.lastAckAt - from;
  const trip = (end.rttCount > 0 ? end.rttMin : 0) + (other.rttCount > 0 ? other.rttMin : 0);
  if (waited < 2 * (SHORTEST_TIMER_NS + trip)) return null;
  const values = { count, seconds: waited / 1e9, since: other.lastNumber };
  const code = waits ? 'zero-window-stall' : 'unanswered';
  return {
    code,
    packet: end.lastNumber,
    by: side,
    values: waits ? { ...values, closed } : values,
  };
}

/** The window that was closed in a packet is closed to the end, and the answers to the probes say so. */
function stillClosed({ ends, extras }: ConnectionSnapshot, side: 0 | 1, closed: number): Finding | null {
  const { lastAckAt, lastNewAt, lastNumber } = ends[side];
  const probes = (extras?.findings() ?? []).filter(
    ({ code, by, packet }) => code === 'zero-window-probe' && by === side && packet > closed,
  ).length;
  const seconds = (lastAckAt - lastNewAt) / 1e9;
  if (probes < 2 || seconds * 1e9 < 2 * SHORTEST_TIMER_NS) return null;
  return {
    code: 'zero-window-stall',
    packet: lastNumber,
    by: side,
    values: { count: probes, seconds, closed, answered: 1 },
  };
}
