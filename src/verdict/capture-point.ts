/**
 * Where a capture was made, and whose part of a handshake was slow.
 *
 * SYN to SYN-ACK is the way to the server and back, SYN-ACK to ACK the way to the client and back, both as seen
 * from the capture point: the shorter one shows which end it is near to. Who is slow can be decided only with the
 * round trips of later data: a lost SYN may be the network's doing or the server's.
 */
import type { EndpointSnapshot } from '../track/results/snapshot.js';

/** Where the capture point seems to be, by how the handshake's round trip divides. */
export type CapturePoint = 'near-client' | 'near-server' | 'middle';
export type SlowSide = 'client' | 'server' | 'network';

/** How often an end's segments were seen acknowledged, and the shortest time that took. */
type RoundTrips = Pick<EndpointSnapshot, 'rttCount' | 'rttMin'>;

/** One part at least this many times the other shows where the capture was made. */
const LOPSIDED = 10;
/** Round trips shorter than this are within one machine or room: no end is "near" there. */
const SHORT_NS = 200e3;
/** On a path shorter than this no place is "in the middle". */
const LONG_NS = 2e6;
/** A part longer than this is slow compared with another that is far shorter. */
const SLOW_NS = 100e6;

/** Both parts in nanoseconds; null where they show nothing. */
export function capturePoint(towardsServer: number, towardsClient: number): CapturePoint | null {
  if (Math.max(towardsServer, towardsClient) < SHORT_NS) return null;
  if (towardsServer > towardsClient * LOPSIDED) return 'near-client';
  if (towardsClient > towardsServer * LOPSIDED) return 'near-server';
  return Math.max(towardsServer, towardsClient) >= LONG_NS ? 'middle' : null;
}

/** Null where neither part was slow, or nothing later shows why. */
export function slowSide(
  towardsServer: number,
  towardsClient: number,
  client: RoundTrips,
  server: RoundTrips,
): SlowSide | null {
  const part = Math.max(towardsServer, towardsClient);
  if (part < SLOW_NS) return null;
  const byServer = towardsServer >= towardsClient;
  // the later round trips of the end whose segments travel that way
  const later = byServer ? client : server;
  if (later.rttCount < 2) return null;
  if (later.rttMin * 4 > part) return 'network';
  return byServer ? 'server' : 'client';
}
