/** What each side offered in its SYN, what was agreed, and what follows. Sources: see decode/tcp-options.ts. */
import {
  HAS_ACCURATE_ECN,
  HAS_AO,
  HAS_ECN,
  HAS_FAST_OPEN_COOKIE,
  HAS_FAST_OPEN_REQUEST,
  HAS_MD5,
  HAS_MP_CAPABLE,
  HAS_MP_JOIN,
  HAS_MSS,
  HAS_SACK_PERMITTED,
  HAS_SCALE,
  HAS_TIMESTAMPS,
  HAS_USER_TIMEOUT,
} from '../decode/tcp-options.js';
import { FAST_OPEN_ACCEPTED, FAST_OPEN_DATA, SENT_SYN, SYN_ACK_SEEN } from '../track/connection.js';
import type { ConnectionSnapshot, EndSnapshot } from '../track/snapshot.js';

/** What one side's SYN or SYN-ACK carried. */
export interface Offer {
  mss: number | null;
  windowScale: number | null;
  sackPermitted: boolean;
  timestamps: boolean;
  fastOpen: 'cookie-request' | 'cookie' | null;
  ecn: 'classic' | 'accurate' | null;
  multipath: 'capable' | 'join' | null;
  md5: boolean;
  ao: boolean;
  /** Seconds (RFC 5482). */
  userTimeout: number | null;
}

export interface Agreed {
  /** Largest segment that the client may send to the server, and the other way; 536 where none was offered. */
  mss: { toServer: number; toClient: number } | null;
  /** Shift of each side's windows; null where the handshake does not tell, 0 where scaling is not used. */
  windowScale: { client: number; server: number } | null;
  sack: boolean | null;
  timestamps: boolean | null;
  ecn: 'classic' | 'accurate' | null;
  multipath: boolean | null;
  fastOpen: 'requested' | 'cookie-given' | 'data-accepted' | 'data-ignored' | null;
}

export interface Options {
  client: Offer | null;
  server: Offer | null;
  agreed: Agreed | null;
}

/** RFC 9293 3.7.1: without the option, an IPv4 MSS of 536 is assumed (1220 for IPv6). */
const DEFAULT_MSS_4 = 536;
const DEFAULT_MSS_6 = 1220;

export function judgeOptions(connection: ConnectionSnapshot): Options {
  const { ends, clientSide, detail } = connection;
  const serverSide = clientSide === 0 ? 1 : 0;
  const client = offer(ends[clientSide], detail?.userTimeout[clientSide] ?? null);
  const server = offer(ends[serverSide], detail?.userTimeout[serverSide] ?? null);
  return { client, server, agreed: agree(connection, client, server) };
}

function offer(end: EndSnapshot, userTimeout: number | null): Offer | null {
  if ((end.bits & SENT_SYN) === 0) return null;
  const has = (bit: number): boolean => (end.offered & bit) !== 0;
  return {
    mss: has(HAS_MSS) ? end.mss : null,
    windowScale: has(HAS_SCALE) ? end.scaleOffered : null,
    sackPermitted: has(HAS_SACK_PERMITTED),
    timestamps: has(HAS_TIMESTAMPS),
    fastOpen: has(HAS_FAST_OPEN_COOKIE) ? 'cookie' : has(HAS_FAST_OPEN_REQUEST) ? 'cookie-request' : null,
    ecn: has(HAS_ACCURATE_ECN) ? 'accurate' : has(HAS_ECN) ? 'classic' : null,
    multipath: has(HAS_MP_CAPABLE) ? 'capable' : has(HAS_MP_JOIN) ? 'join' : null,
    md5: has(HAS_MD5),
    ao: has(HAS_AO),
    userTimeout: has(HAS_USER_TIMEOUT) ? userTimeout : null,
  };
}

function agree(connection: ConnectionSnapshot, client: Offer | null, server: Offer | null): Agreed | null {
  if (client === null || server === null || (connection.bits & SYN_ACK_SEEN) === 0) return null;
  const { clientSide, ends } = connection;
  const fallback = ends[0].address.includes(':') ? DEFAULT_MSS_6 : DEFAULT_MSS_4;
  const scaled = client.windowScale !== null && server.windowScale !== null;
  return {
    mss: { toServer: server.mss ?? fallback, toClient: client.mss ?? fallback },
    windowScale: {
      client: scaled ? Math.max(0, ends[clientSide].scale) : 0,
      server: scaled ? Math.max(0, ends[clientSide === 0 ? 1 : 0].scale) : 0,
    },
    sack: client.sackPermitted && server.sackPermitted,
    timestamps: client.timestamps && server.timestamps,
    ecn:
      client.ecn === null || server.ecn === null ? null : server.ecn === 'accurate' ? client.ecn : 'classic',
    multipath: client.multipath !== null && server.multipath !== null,
    fastOpen: fastOpen(connection, client, server),
  };
}

function fastOpen(connection: ConnectionSnapshot, client: Offer, server: Offer): Agreed['fastOpen'] {
  if ((connection.bits & FAST_OPEN_DATA) !== 0) {
    return (connection.bits & FAST_OPEN_ACCEPTED) !== 0 ? 'data-accepted' : 'data-ignored';
  }
  if (client.fastOpen !== null && server.fastOpen === 'cookie') return 'cookie-given';
  return client.fastOpen === 'cookie-request' ? 'requested' : null;
}
