/** The story of each segment of a ladder, next to its row: what both ends knew when it came. */
import { ACK, FIN, SYN } from '../decode/packet.js';
import type { End, Moment } from '../explain/story/moment.js';
import { segmentStory } from '../explain/story/segment-story.js';
import type { SegmentStory } from '../explain/story/story.js';
import type { LadderEntry, LadderSegment } from '../track/memory/extras.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { LadderRow } from './ladder-rows.js';

/** By packet. `rows`: those of the same ladder (ladder-rows.ts); `absolute`: numbers as in the headers. */
export function storiesOf(
  report: ConnectionReport,
  rows: readonly LadderRow[],
  absolute: boolean,
): ReadonlyMap<number, SegmentStory> {
  const entries = report.ladder ?? [];
  const places = new Map<number, number>();
  entries.forEach((entry, at) => {
    if ('sequence' in entry) places.set(entry.packet, at);
  });
  const bases = firstNumbers(entries);
  const stories = new Map<number, SegmentStory>();
  let before: Record<End, string> = { client: '', server: '' };
  const closed = [false, false];
  for (const row of rows) {
    if (row.row === 'fold') before = { client: row.client, server: row.server };
    if (row.row !== 'segment') continue;
    const at = places.get(row.packet);
    const entry = at === undefined ? undefined : entries[at];
    if (at === undefined || entry === undefined || !('sequence' in entry)) continue;
    const after = { client: row.client, server: row.server };
    const [own, other] = [bases[entry.side], bases[entry.side === 0 ? 1 : 0]];
    const earlier = entries.slice(0, at);
    const moment: Moment = {
      earlier,
      before,
      after,
      silence: row.since,
      ...since(entry, earlier),
      outside: row.sequence.endsWith(' (raw)'),
      probes: row.probes,
      windowClosed: closed[entry.side] === true,
      duplicate: row.duplicate,
      own: (relative) => shown(relative, own, absolute),
      other: (relative) => shown(relative, other, absolute),
    };
    stories.set(row.packet, segmentStory(entry, moment, report));
    closed[entry.side] = entry.window === 0;
    before = after;
  }
  return stories;
}

/** The earlier segments of both ends. */
function since(
  entry: LadderSegment,
  earlier: readonly LadderEntry[],
): Pick<Moment, 'sinceOwn' | 'heardOther' | 'otherFin' | 'sentSyn' | 'firstData' | 'expected'> {
  const segments = earlier.filter(isTaken);
  const own = segments.filter(({ side }) => side === entry.side);
  const others = segments.filter(({ side }) => side !== entry.side);
  const last = own.at(-1);
  const expected = others.reduce<number | null>(
    (most, { acknowledgement }) => (acknowledgement === null ? most : Math.max(most ?? 0, acknowledgement)),
    null,
  );
  return {
    sinceOwn: last === undefined ? null : (entry.at - last.at) / 1e9,
    heardOther: others.length > 0,
    sentSyn: own.some(({ flags }) => (flags & (SYN | ACK)) === SYN),
    otherFin: others.some(({ flags }) => (flags & FIN) !== 0),
    firstData: !own.some(({ length }) => length > 0) && !earlier.some((each) => 'fold' in each),
    expected,
  };
}

function isTaken(entry: LadderEntry): entry is LadderSegment {
  return 'sequence' in entry && entry.ignored === null;
}

/** The raw number of each end's relative 0; null where it sent nothing with numbers. */
function firstNumbers(entries: readonly LadderEntry[]): [number | null, number | null] {
  const bases: [number | null, number | null] = [null, null];
  for (const entry of entries) {
    if (!isTaken(entry)) continue;
    const other = entry.side === 0 ? 1 : 0;
    bases[entry.side] ??= entry.rawSequence - entry.sequence;
    if (entry.acknowledgement !== null) bases[other] ??= entry.rawAcknowledgement - entry.acknowledgement;
  }
  return bases;
}

function shown(relative: number, base: number | null, absolute: boolean): number {
  return absolute && base !== null ? (relative + base) >>> 0 : relative;
}
