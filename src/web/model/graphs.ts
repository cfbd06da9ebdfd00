/** What the graphs of a connection show, of one direction, as lists by time: the same values as in `--graph`. */

import * as sentences from '../../explain/en/graph-sentences.js';
import type { PageData } from '../../page/page-data.js';
import {
  type Allowance,
  allowances,
  type GraphSegment,
  isSentAgain,
} from '../../render/picture/graph-data.js';
import { flightOf, type Throughput, throughputOf } from '../../render/svg/graph-lines.js';
import { type Closed, closedWindows } from '../../render/svg/time-sequence.js';
import { CAPTURE_DUPLICATE } from '../../track/memory/codes.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { Segment } from './segments.js';

/** A number at each time, as a step that lasts to the next; null where it is not known. */
export interface Steps {
  times: number[];
  values: (number | null)[][];
}

export interface GraphData {
  sent: readonly GraphSegment[];
  said: readonly Allowance[];
  closed: readonly Closed[];
  /** What is acknowledged, and the edge of the window where that is near the data. */
  sequence: Steps;
  /** Bytes in flight, and the window where that is not far above. */
  flight: Steps;
  roundTrips: Steps;
  throughput: Throughput;
  titles: { sequence: string; roundTrip: string; flight: string; throughput: string };
}

/** An edge, or a window, beyond so many times the data would flatten it. */
const FAR_EDGE = 1.6;
const FAR_WINDOW = 12;

export function graphData(
  segments: readonly Segment[],
  report: ConnectionReport,
  fromClient: boolean,
  { roundTrips, sacks }: Pick<PageData, 'roundTrips' | 'sacks'>,
): GraphData {
  const all = segments
    .filter(({ codes }) => (codes & CAPTURE_DUPLICATE) === 0)
    .map((segment) => graphSegment(segment, roundTrips[segment.packet], sacks[segment.packet]));
  const sent = all.filter((segment) => segment.fromClient === fromClient && !segment.ignored);
  const said = allowances(all, fromClient, report);
  const closed = closedWindows(said, report.duration);
  const flight = flightOf(sent, said);
  const throughput = throughputOf(sent, report.duration);
  const highest = sent.reduce((most, { sequence, length }) => Math.max(most, sequence + length), 1);
  const most = flight.inFlight.reduce((top, [, bytes]) => Math.max(top, bytes), 0);
  const room = flight.window.reduce((top, [, bytes]) => Math.max(top, bytes), 0);
  const timed = said.filter(({ roundTrip }) => roundTrip !== null);
  const edges = said.map(({ edge }) => (edge !== null && edge <= highest * FAR_EDGE ? edge : null));
  return {
    sent,
    said,
    closed,
    sequence: {
      times: said.map(({ time }) => time),
      values: [said.map(({ acknowledged }) => acknowledged), edges],
    },
    flight: steps(flight.inFlight, room < most * FAR_WINDOW ? flight.window : []),
    roundTrips: { times: timed.map(({ time }) => time), values: [timed.map(({ roundTrip }) => roundTrip)] },
    throughput,
    titles: titlesOf(
      report,
      fromClient,
      sent,
      closed,
      throughput,
      most,
      flight.window.length > 0 ? room : null,
    ),
  };
}

function graphSegment(
  segment: Segment,
  roundTrip: number | undefined,
  sacks: GraphSegment['sacks'] = [],
): GraphSegment {
  return {
    ...segment,
    ignored: segment.ignored !== null,
    roundTrip: roundTrip === undefined ? null : roundTrip / 1e9,
    sacks,
  };
}

/** Both at the times of the first, each with its last value before. */
function steps(
  first: readonly (readonly [number, number])[],
  second: readonly (readonly [number, number])[],
): Steps {
  let next = 0;
  let last: number | null = null;
  const others = first.map(([time]) => {
    for (let point = second[next]; point !== undefined && point[0] <= time; point = second[next]) {
      last = point[1];
      next++;
    }
    return last;
  });
  return { times: first.map(([time]) => time), values: [first.map(([, value]) => value), others] };
}

function titlesOf(
  { traffic, duration }: ConnectionReport,
  fromClient: boolean,
  sent: readonly GraphSegment[],
  closed: readonly Closed[],
  { bin, first, again }: Throughput,
  inFlight: number,
  room: number | null,
): GraphData['titles'] {
  const sender = fromClient ? 'client' : 'server';
  const { bytes, retransmittedBytes, rtt } = traffic[sender];
  const peak = first.reduce((most, each, at) => Math.max(most, each + (again[at] ?? 0)), 0);
  return {
    sequence: sentences.sequenceTitle({
      sender,
      bytes: bytes - retransmittedBytes,
      duration,
      segments: sent.length,
      retransmissions: sent.filter(isSentAgain).length,
      closed: closed.reduce((sum, { from, to }) => sum + (to - from), 0),
    }),
    roundTrip: sentences.roundTripTitle(sender, rtt),
    flight: sentences.windowTitle(sender, inFlight, room),
    throughput: sentences.throughputTitle(sender, bytes - retransmittedBytes, duration, peak, bin),
  };
}
