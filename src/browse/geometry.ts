/** Places on the screen: shared by the views and by the keys that move. */
import { isNarrow } from '../render/text/layout.js';
import type { Size } from './state.js';

/** A terminal smaller than this shows what fits. */
const SMALLEST_BODY = 1;

/** Title and status line. */
const FRAME_LINES = 2;

/** Lines of the help that fit. */
export function helpRoom({ height }: Size): number {
  return Math.max(SMALLEST_BODY, height - FRAME_LINES);
}

export interface ListPlaces {
  /** Lines of the heading of the columns. */
  head: number;
  /** Lines that a connection takes. */
  perRow: number;
  /** Connections that fit. */
  rows: number;
}

export function listPlaces({ width, height }: Size): ListPlaces {
  const narrow = isNarrow({ width, time: { how: 'utc', from: null, detail: 'seconds' } });
  const head = narrow ? 0 : 1;
  const perRow = narrow ? 2 : 1;
  const rows = Math.max(SMALLEST_BODY, Math.floor((height - FRAME_LINES - head) / perRow));
  return { head, perRow, rows };
}

const LEAST_PANEL = 4;

export interface LadderPlaces {
  head: number;
  /** Lines of the ladder. */
  body: number;
  /** Lines of the explanation, without the rule above it. */
  panel: number;
}

/** The explanation gets two fifths: at least four lines, where there is room, and not more than it usually needs. */
export function ladderPlaces({ width, height }: Size): LadderPlaces {
  const head = isLadderNarrow(width) ? 0 : 1;
  const room = height - FRAME_LINES - head - 1;
  const wanted = Math.max(LEAST_PANEL, Math.min(height > 40 ? 14 : 9, Math.floor(room * 0.4)));
  const panel = Math.max(1, Math.min(wanted, room >> 1));
  return { head, body: Math.max(SMALLEST_BODY, room - panel), panel };
}

/** The ladder needs this many columns; with fewer, segments are lines without states. */
const LADDER_COLUMNS = 60;

export function isLadderNarrow(width: number): boolean {
  return width < LADDER_COLUMNS;
}

/** The first of `count` on the screen, so that `selected` is among the `room` that are shown. */
export function scrolled(top: number, selected: number, count: number, room: number): number {
  const inView = Math.min(Math.max(top, selected - room + 1), selected);
  return Math.max(0, Math.min(inView, count - room));
}
