/**
 * What each side offered in its SYN, what was agreed, and what follows. Sources: see decode/tcp-options.ts.
 *
 * Options that the snap length cut off are null, as is what rests on them: they may have been there. One side that did
 * not offer an option settles that it was not agreed, whatever was captured of the other.
 */

import {
  carriedTimestamps,
  HAS_ACCURATE_ECN,
  HAS_AO,
  HAS_CUT,
  HAS_ECN,
  HAS_FAST_OPEN_COOKIE,
  HAS_FAST_OPEN_REQUEST,
  HAS_MD5,
  HAS_MP_CAPABLE,
  HAS_MP_JOIN,
  HAS_MSS,
  HAS_SACK_PERMITTED,
  HAS_SCALE,
  HAS_USER_TIMEOUT,
} from '../decode/tcp-options.js';
import {
  fastOpenAccepted,
  opened,
  sentSyn,
  synAckSeen,
  synHasFastOpenData,
} from '../track/results/named-facts.js';
import type { ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';

/** What one side's SYN or SYN-ACK carried. Null: not offered, or, where `cut`, perhaps not captured. */
export interface Offer {
  /** The snap length cut options off: what is null here may have been sent. Left out of JSON where it is undefined. */
  cut: true | undefined;
  mss: number | null;
  windowScale: number | null;
  sackPermitted: boolean | null;
  timestamps: boolean | null;
  fastOpen: 'cookie-request' | 'cookie' | null;
  ecn: 'classic' | 'accurate' | null;
  multipath: 'capable' | 'join' | null;
  md5: boolean | null;
  ao: boolean | null;
  /** Seconds (RFC 5482). */
  userTimeout: number | null;
}

export interface Agreed {
  /** Largest segment that the client may send to the server, and the other way; 536 where none was offered. */
  mss: { toServer: number | null; toClient: number | null };
  /** Shift of each side's windows; null where the handshake does not show it, 0 where scaling is not used. */
  windowScale: { client: number | null; server: number | null };
  sack: boolean | null;
  timestamps: boolean | null;
  ecn: 'classic' | 'accurate' | null;
  multipath: boolean | null;
  fastOpen: 'requested' | 'cookie-given' | 'data-accepted' | 'data-ignored' | null;
}

export interface Options {
  client: Offer | null;
  server: Offer | null;
  /** Null where the handshake was not completed, or not captured. */
  agreed: Agreed | null;
}

/** Shift of an end's windows, except in its SYN (RFC 7323 2.2); 0 where scaling is not used, null where it is not known. */
export function windowShift({ agreed }: Options, end: 'client' | 'server'): number | null {
  return agreed?.windowScale[end] ?? null;
}

/** RFC 9293 3.7.1: without the option, an IPv4 MSS of 536 is assumed (1220 for IPv6). */
const DEFAULT_MSS_4 = 536;
const DEFAULT_MSS_6 = 1220;

export function judgeOptions(connection: ConnectionSnapshot): Options {
  const { ends, clientSide, extras } = connection;
  const serverSide = clientSide === 0 ? 1 : 0;
  const client = offer(ends[clientSide], extras?.userTimeout[clientSide] ?? null);
  const server = offer(ends[serverSide], extras?.userTimeout[serverSide] ?? null);
  return { client, server, agreed: agree(connection, client, server) };
}

function offer(end: EndpointSnapshot, userTimeout: number | null): Offer | null {
  if (!sentSyn(end)) return null;
  const has = (bit: number): boolean => (end.offered & bit) !== 0;
  const cut = has(HAS_CUT) || undefined;
  const known = (bit: number): boolean | null => has(bit) || (cut ? null : false);
  return {
    cut,
    mss: has(HAS_MSS) ? end.mss : null,
    windowScale: has(HAS_SCALE) ? end.scaleOffered : null,
    sackPermitted: known(HAS_SACK_PERMITTED),
    timestamps: carriedTimestamps(end.offered),
    fastOpen: has(HAS_FAST_OPEN_COOKIE) ? 'cookie' : has(HAS_FAST_OPEN_REQUEST) ? 'cookie-request' : null,
    ecn: has(HAS_ACCURATE_ECN) ? 'accurate' : has(HAS_ECN) ? 'classic' : null,
    multipath: has(HAS_MP_CAPABLE) ? 'capable' : has(HAS_MP_JOIN) ? 'join' : null,
    md5: known(HAS_MD5),
    ao: known(HAS_AO),
    userTimeout: has(HAS_USER_TIMEOUT) ? userTimeout : null,
  };
}

function agree(connection: ConnectionSnapshot, client: Offer | null, server: Offer | null): Agreed | null {
  if (client === null || server === null || !completed(connection)) return null;
  const { clientSide, ends } = connection;
  return {
    mss: { toServer: largestSegment(ends[0], server), toClient: largestSegment(ends[0], client) },
    windowScale: {
      client: agreedScale(client, server, ends[clientSide]),
      server: agreedScale(client, server, ends[clientSide === 0 ? 1 : 0]),
    },
    sack: both(client.sackPermitted, server.sackPermitted),
    timestamps: both(client.timestamps, server.timestamps),
    ecn:
      client.ecn === null || server.ecn === null ? null : server.ecn === 'accurate' ? client.ecn : 'classic',
    multipath: both(speaksMultipath(ends[clientSide]), speaksMultipath(ends[clientSide === 0 ? 1 : 0])),
    fastOpen: fastOpen(connection, client, server),
  };
}

/** The client took the SYN-ACK: by the third segment, or by an RST that acknowledges it, which only a socket sends. */
function completed(connection: ConnectionSnapshot): boolean {
  const { clientSide, extras } = connection;
  if (!synAckSeen(connection)) return false;
  if (opened(connection)) return true;
  const reset = extras?.reset;
  return reset?.side === clientSide && reset.hasAck && reset.accepted;
}

/** Whether both did; null where it is not known. */
export function both(client: boolean | null, server: boolean | null): boolean | null {
  if (client === false || server === false) return false;
  return client === null || server === null ? null : true;
}

/** What may be sent to the side whose offer it is. */
function largestSegment({ address }: EndpointSnapshot, offered: Offer): number | null {
  if (offered.mss !== null || offered.cut) return offered.mss;
  return address.includes(':') ? DEFAULT_MSS_6 : DEFAULT_MSS_4;
}

function agreedScale(client: Offer, server: Offer, { scale }: EndpointSnapshot): number | null {
  if (client.windowScale !== null && server.windowScale !== null) return Math.max(0, scale);
  const refused = [client, server].some((each) => each.windowScale === null && !each.cut);
  return refused ? 0 : null;
}

function speaksMultipath({ offered }: EndpointSnapshot): boolean | null {
  if ((offered & (HAS_MP_CAPABLE | HAS_MP_JOIN)) !== 0) return true;
  return (offered & HAS_CUT) !== 0 ? null : false;
}

function fastOpen(connection: ConnectionSnapshot, client: Offer, server: Offer): Agreed['fastOpen'] {
  if (synHasFastOpenData(connection)) {
    return fastOpenAccepted(connection) ? 'data-accepted' : 'data-ignored';
  }
  if (client.fastOpen !== null && server.fastOpen === 'cookie') return 'cookie-given';
  return client.fastOpen === 'cookie-request' ? 'requested' : null;
}
