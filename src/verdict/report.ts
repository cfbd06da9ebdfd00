/**
 * The whole verdict on a connection, in the words of CONTRACT.md: what renderers and JSON show.
 * Made once for each connection, from plain values; pure.
 */

import type { PathLayer } from '../decode/path.js';
import * as codes from '../track/memory/codes.js';
import type { LadderEntry } from '../track/memory/extras.js';
import { finAcked, isUnscaled, sentFin } from '../track/results/named-facts.js';
import type { ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';
import { type StateName, stateName, UNSEEN, withoutFin } from '../track/rfc9293/transition.js';
import { type Closing, judgeClosing } from './closing.js';
import { seconds } from './durations.js';
import { type JudgedFinding, judgeFindings } from './findings.js';
import { judgeOpening, type Opening } from './opening.js';
import { judgeOutcome, type Outcome } from './outcome.js';
import { effectiveDespiteNumber } from './reset.js';
import { judgeTwin, type TwinReport } from './twin.js';
import { type ConnState, connState } from './zeek.js';

export interface EndpointAddress {
  address: string;
  port: number;
}

/** Seconds from a segment to the ACK that covers it, delayed ACKs included. */
export interface RoundTrip {
  min: number;
  median: number;
  max: number;
  samples: number;
}

/** Seconds from the last byte of a request to the first byte of its answer. */
export interface Response {
  count: number;
  first: number;
  median: number;
  max: number;
}

/** What one side sent. */
export interface Traffic {
  packets: number;
  /** Payload bytes, those sent again included. */
  bytes: number;
  retransmissions: number;
  retransmittedBytes: number;
  outOfOrder: number;
  duplicateAcks: number;
  zeroWindows: number;
  keepAlives: number;
  /** From this side's segments to their acknowledgement, as seen from the capture point; null without samples. */
  rtt: RoundTrip | null;
  /** Last window advertised: as in the header, and in bytes where the scale is known. */
  window: { raw: number; bytes: number | null };
}

export interface ConnectionReport {
  index: number;
  client: EndpointAddress;
  server: EndpointAddress;
  rolesFrom: 'syn' | 'syn-ack' | 'guess';
  firstPacket: number;
  lastPacket: number;
  startSeconds: number;
  startNanoseconds: number;
  /** Seconds. */
  duration: number;
  via: PathLayer[];
  /** The same connection under other addresses, as an address translation makes them. */
  twin: TwinReport | null;
  opening: Opening;
  closing: Closing;
  outcome: Outcome;
  states: { client: StateName; server: StateName };
  completeness: number;
  history: string;
  connState: ConnState;
  /** Null where no answer to a request was seen. */
  response: Response | null;
  traffic: { client: Traffic; server: Traffic };
  longestSilence: number;
  findings: JudgedFinding[];
  findingCounts: Record<string, number>;
  clientSide: 0 | 1;
  /** Nanoseconds, the scale of the ladder's times. */
  startedAt: number;
  ladder: LadderEntry[] | null;
  /** The capture still goes on: what is judged may change (page/live-log.ts). */
  soFar?: true;
}

export function judgeConnection(connection: ConnectionSnapshot): ConnectionReport {
  const { ends, clientSide } = connection;
  const serverSide = clientSide === 0 ? 1 : 0;
  const client = ends[clientSide];
  const server = ends[serverSide];
  const opening = judgeOpening(connection);
  const closing = judgeClosing(connection);
  const { findings, counts } = judgeFindings(connection);
  return {
    index: connection.index,
    client: { address: client.address, port: client.port },
    server: { address: server.address, port: server.port },
    rolesFrom: connection.rolesFrom,
    firstPacket: connection.firstPacket,
    lastPacket: connection.lastPacket,
    startSeconds: connection.startSeconds,
    startNanoseconds: connection.startNanoseconds,
    duration: seconds(connection.lastAt - connection.startedAt),
    via: connection.via,
    twin: judgeTwin(connection),
    opening,
    closing,
    outcome: judgeOutcome(opening.kind, closing),
    states: {
      client: finalState(connection, clientSide, closing),
      server: finalState(connection, serverSide, closing),
    },
    completeness: connection.completeness,
    history: connection.history,
    connState: connState(connection),
    response: response(connection),
    traffic: { client: traffic(connection, clientSide), server: traffic(connection, serverSide) },
    longestSilence: seconds(connection.silence),
    findings,
    findingCounts: counts,
    clientSide,
    startedAt: connection.startedAt,
    ladder: connection.extras?.ladder ?? null,
  };
}

/** An end that never sent anything is unseen, whatever state the segments sent to it would have led to. */
function finalState(connection: ConnectionSnapshot, side: 0 | 1, closing: Closing): StateName {
  const end = connection.ends[side];
  if (effectiveDespiteNumber(connection)) return 'CLOSED';
  if (end.packets === 0) return stateName(UNSEEN);
  const other = connection.ends[side === 0 ? 1 : 0];
  // an end that had fallen silent may not have received the RST of the end that gave up
  const reset = connection.extras?.reset;
  if (closing.reset?.cause === 'gave-up' && reset && reset.side !== side) return stateName(UNSEEN);
  // of one direction alone it is not known what the FIN's sender has received since
  if (other.packets === 0 && sentFin(end)) return stateName(UNSEEN);
  // a FIN that was repeated without an answer never arrived
  const unanswered = sentFin(other) && !finAcked(other) && finRetries(connection, other) > 0;
  return stateName(unanswered ? withoutFin(end.state) : end.state);
}

/** How often an end sent its FIN again. */
function finRetries(connection: ConnectionSnapshot, end: EndpointSnapshot): number {
  return connection.extras?.countOf(codes.FIN_RETRY, connection.ends[0] === end ? 0 : 1) ?? 0;
}

function response({ responses }: ConnectionSnapshot): Response | null {
  const { count, first, median, max } = responses;
  return count === 0 ? null : { count, first: seconds(first), median: seconds(median), max: seconds(max) };
}

function traffic(connection: ConnectionSnapshot, side: 0 | 1): Traffic {
  const end = connection.ends[side];
  const extras = connection.extras;
  const count = (bit: number): number => extras?.countOf(bit, side) ?? 0;
  return {
    packets: end.packets,
    bytes: end.bytes,
    retransmissions: end.retransmissions,
    retransmittedBytes: extras?.retransmittedBytes[side] ?? 0,
    outOfOrder: count(codes.OUT_OF_ORDER),
    duplicateAcks: count(codes.DUPLICATE_ACK),
    zeroWindows: count(codes.ZERO_WINDOW),
    keepAlives: count(codes.KEEP_ALIVE),
    rtt:
      end.rttCount === 0
        ? null
        : {
            min: seconds(end.rttMin),
            median: seconds(end.rttMedian),
            max: seconds(end.rttMax),
            samples: end.rttCount,
          },
    window: { raw: end.window, bytes: windowBytes(end) },
  };
}

function windowBytes(end: EndpointSnapshot): number | null {
  if (end.packets === 0) return null;
  // RFC 7323 2.2: the window of a SYN or SYN-ACK is never scaled
  if (isUnscaled(end)) return end.window;
  if (end.scale === -1) return null;
  return end.scale < 0 ? end.window : end.window * 2 ** end.scale;
}
