/** What the graphs of one direction of a connection show, before any drawing: SVG and the report page draw the same. */

import { phrases, type Sender } from '../../explain/phrases.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { isSentAgain } from '../sent-again.js';
import {
  type Closed,
  closedWindows,
  type Flight,
  flightOf,
  type Throughput,
  throughputOf,
} from './flight.js';
import { type Allowance, allowances, type GraphSegment } from './graph-data.js';
import type { GraphName } from './names.js';

/** Time, and a value. */
export type Point = readonly [number, number];

export interface GraphFacts {
  sender: Sender;
  /** Segments of the sender that the other end accepted, and what the other end announced. */
  sent: readonly GraphSegment[];
  said: readonly Allowance[];
  /** The highest number that was sent. */
  highest: number;
  /** The highest number that the sender may send; null where no window is known. */
  edge: number | null;
  /** It is near enough to be in the graph. */
  showsEdge: boolean;
  closed: readonly Closed[];
  flight: Flight;
  /** Bytes in flight at most, and the largest window; null where none is known. */
  mostInFlight: number;
  room: number | null;
  showsWindow: boolean;
  /** Time and seconds of each round trip that the report counts. */
  roundTrips: readonly Point[];
  throughput: Throughput;
  /** Bytes in the fullest bar. */
  peak: number;
  titles: Readonly<Record<GraphName, string>>;
}

/** An edge or a window that is more than this many times the data would flatten it. */
const FAR_EDGE = 1.6;
const FAR_WINDOW = 12;

export function graphFacts(
  report: ConnectionReport,
  segments: readonly GraphSegment[],
  sender: Sender,
): GraphFacts {
  const { duration } = report;
  const fromClient = sender === 'client';
  const sent = segments.filter((segment) => segment.fromClient === fromClient && !segment.ignored);
  const said = allowances(segments, fromClient, report);
  const highest = largest(sent, ({ sequence, length }) => sequence + length, 1);
  const edge = largest(said, (allowance) => allowance.edge ?? 0, 0);
  const flight = flightOf(sent, said);
  const mostInFlight = largest(flight.inFlight, ([, bytes]) => bytes, 0);
  const room = flight.window.length === 0 ? null : largest(flight.window, ([, bytes]) => bytes, 0);
  const throughput = throughputOf(sent, duration);
  const peak = throughput.first.reduce(
    (most, bytes, at) => Math.max(most, bytes + (throughput.again[at] ?? 0)),
    0,
  );
  const facts = {
    sender,
    sent,
    said,
    highest,
    edge: edge === 0 ? null : edge,
    showsEdge: edge > 0 && edge <= highest * FAR_EDGE,
    closed: closedWindows(said, duration),
    flight,
    mostInFlight,
    room,
    showsWindow: room !== null && room < mostInFlight * FAR_WINDOW,
    // the last ACK may come behind the last packet that counts
    roundTrips: said.flatMap(({ time, roundTrip }) =>
      roundTrip === null ? [] : [[Math.min(time, duration), roundTrip] as const],
    ),
    throughput,
    peak,
  };
  return { ...facts, titles: titlesOf(report, facts) };
}

/** Who sent more bytes. */
export function busier({ traffic }: ConnectionReport): Sender {
  return traffic.server.bytes > traffic.client.bytes ? 'server' : 'client';
}

/** Maximum of many values: too many for the arguments of Math.max. */
function largest<Each>(all: readonly Each[], value: (each: Each) => number, least: number): number {
  return all.reduce((most, each) => Math.max(most, value(each)), least);
}

function titlesOf(
  { traffic, duration }: ConnectionReport,
  { sender, sent, closed, mostInFlight, room, throughput, peak }: Omit<GraphFacts, 'titles'>,
): GraphFacts['titles'] {
  const { bytes, retransmittedBytes, rtt } = traffic[sender];
  return {
    'time-sequence': phrases.sequenceTitle({
      sender,
      bytes: bytes - retransmittedBytes,
      duration,
      segments: sent.length,
      retransmissions: sent.filter(isSentAgain).length,
      closed: closed.reduce((sum, { from, to }) => sum + (to - from), 0),
    }),
    rtt: phrases.roundTripTitle(sender, rtt),
    window: phrases.windowTitle(sender, mostInFlight, room),
    throughput: phrases.throughputTitle(sender, bytes - retransmittedBytes, duration, peak, throughput.bin),
  };
}
