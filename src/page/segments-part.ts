/** The part of a page that takes a second reading: segments of the connections that were chosen. */
import type { LadderEntry } from '../track/memory/extras.js';
import type { PageData } from './page-data.js';

export interface SegmentsPart extends Pick<PageData, 'folded' | 'roundTrips' | 'sacks' | 'headers'> {
  /** By index of the connection. */
  ladders: ReadonlyMap<number, LadderEntry[]>;
}

/** Of a page that has none yet. */
export const NO_SEGMENTS: Omit<SegmentsPart, 'ladders'> = {
  folded: {},
  roundTrips: {},
  sacks: {},
  headers: {},
};

/** `part`: null where there is none to add. */
export function withSegments(data: PageData, part: SegmentsPart | null): PageData {
  if (part === null) return data;
  const { ladders, folded, roundTrips, sacks, headers } = part;
  const connections = data.connections.map((report) => {
    const ladder = ladders.get(report.index);
    return ladder === undefined ? report : { ...report, ladder };
  });
  const without = connections.filter(({ ladder }) => ladder === null).length;
  return {
    ...data,
    connections,
    folded,
    roundTrips,
    sacks,
    headers,
    left: { ...data.left, ladders: without },
  };
}
