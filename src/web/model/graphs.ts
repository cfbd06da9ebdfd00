/** What the graphs of a connection show, of one direction, as lists by time: the same values as in `--graph`. */

import type { PageData } from '../../page/page-data.js';
import type { GraphSegment } from '../../render/picture/graph-data.js';
import { type GraphFacts, graphFacts } from '../../render/picture/graph-facts.js';
import { CAPTURE_DUPLICATE } from '../../track/memory/codes.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { Segment } from './segments.js';

/** A number at each time, as a step that lasts to the next; null where it is not known. */
export interface Steps {
  times: number[];
  values: (number | null)[][];
}

export interface GraphData extends GraphFacts {
  /** What is acknowledged, and the edge of the window where that is near the data. */
  sequence: Steps;
  /** Bytes in flight, and the window where that is not far above. */
  inFlight: Steps;
}

export function graphData(
  segments: readonly Segment[],
  report: ConnectionReport,
  fromClient: boolean,
  { roundTrips, sacks }: Pick<PageData, 'roundTrips' | 'sacks'>,
): GraphData {
  const all = segments
    .filter(({ codes }) => (codes & CAPTURE_DUPLICATE) === 0)
    .map((segment) => graphSegment(segment, roundTrips[segment.packet], sacks[segment.packet]));
  const facts = graphFacts(report, all, fromClient ? 'client' : 'server');
  const { said, showsEdge, flight, showsWindow } = facts;
  return {
    ...facts,
    sequence: {
      times: said.map(({ time }) => time),
      values: [
        said.map(({ acknowledged }) => acknowledged),
        said.map(({ edge }) => (showsEdge ? edge : null)),
      ],
    },
    inFlight: steps(flight.inFlight, showsWindow ? flight.window : []),
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
