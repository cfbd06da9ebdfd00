/**
 * The same connection in other tools' words. Zeek: conn/main.zeek, `determine_service` aside, the rules of
 * `conn_state` in their order.
 */

import {
  INACTIVE,
  PARTIAL,
  RESET,
  SYN_ACK_SENT,
  ZEEK_CLOSED,
  ZEEK_ESTABLISHED,
  ZEEK_SYN_SENT,
} from '../track/peers/zeek-states.js';
import { flippedByZeek, isSelfConnected } from '../track/results/named-facts.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';

export type ConnState =
  | 'S0'
  | 'S1'
  | 'SF'
  | 'REJ'
  | 'S2'
  | 'S3'
  | 'RSTO'
  | 'RSTR'
  | 'RSTOS0'
  | 'RSTRH'
  | 'SH'
  | 'SHR'
  | 'OTH';

/** Zeek's conn_state. */
export function connState(connection: ConnectionSnapshot): ConnState {
  const flipped = flippedByZeek(connection);
  const originator = connection.ends[flipped ? 1 : 0];
  const responder = connection.ends[flipped ? 0 : 1];
  const os = originator.zeek;
  // of a socket that is connected to itself Zeek knows one end
  const rs = isSelfConnected(connection) ? INACTIVE : responder.zeek;
  const silent = originator.zeekSentNothing && responder.zeekSentNothing;
  if (rs === RESET) {
    if (os === ZEEK_SYN_SENT || os === SYN_ACK_SENT || (os === RESET && silent)) return 'REJ';
    return inactive(os) ? 'RSTRH' : 'RSTR';
  }
  if (os === RESET) {
    if (!inactive(rs)) return 'RSTO';
    return /^\^?S[^HAFGIQ]*R/.test(connection.history) ? 'RSTOS0' : 'OTH';
  }
  if (rs === ZEEK_CLOSED && os === ZEEK_CLOSED) return 'SF';
  if (os === ZEEK_CLOSED) return inactive(rs) ? 'SH' : 'S2';
  if (rs === ZEEK_CLOSED) return inactive(os) ? 'SHR' : 'S3';
  if (os === ZEEK_SYN_SENT && rs === INACTIVE) return 'S0';
  if (os === ZEEK_ESTABLISHED && rs === ZEEK_ESTABLISHED) return 'S1';
  return 'OTH';
}

function inactive(state: number): boolean {
  return state === INACTIVE || state === PARTIAL;
}
