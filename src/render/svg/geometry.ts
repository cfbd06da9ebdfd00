/** Where the columns of a ladder's picture are, by its width. All lengths are in pixels. */

import { textWidth } from './text-width.js';

export interface Geometry {
  width: number;
  margin: number;
  /** Right edges of packet numbers and times; null where there is no room for them. */
  columns: { number: number; time: number } | null;
  /** Left edges of the bars, and how wide they are. */
  bars: readonly [number, number];
  bar: number;
  /** Where the brackets of the phases are, and their text; null: phases are headings between the rows. */
  phases: { bracket: number; text: number } | null;
  /** State names below the arrows, as there is no room outside the bars. */
  statesInside: boolean;
  /** From one departure to the next of the same end, and from an arrival to an answer. */
  row: number;
  turn: number;
}

/** Of packet numbers and times, and the least space between the two. */
export const COLUMN_SIZE = 11.5;
const COLUMN_GAP = 5;
const BAR = 10;
/** Between a bar and the tip of an arrow, and from there to a label. */
export const TIP = 5;
export const INDENT = 24;

/** Room for the phases' text, for state names, and for packet numbers and times. */
const PHASES = 288;
const STATES = 124;
const LEFT = 220;

const WITH_PHASES = 860;
const NARROW = 560;

/** `hasPhases`: else there is no room for them, and what is between the ends is wider. */
export function geometryOf(width: number, hasPhases = true): Geometry {
  if (width < NARROW)
    return {
      width,
      margin: 12,
      columns: null,
      bars: [12, width - 12 - BAR],
      bar: BAR,
      phases: null,
      statesInside: true,
      row: 46,
      turn: 40,
    };
  const phases = hasPhases && width >= WITH_PHASES;
  const server = width - (phases ? PHASES : STATES) - BAR;
  return {
    width,
    margin: 24,
    columns: { number: 52, time: 112 },
    bars: [LEFT, server],
    bar: BAR,
    phases: phases ? { bracket: server + 126, text: server + 138 } : null,
    statesInside: false,
    row: 34,
    turn: 22,
  };
}

/** Packet numbers give way to times that are longer than usual, which else would run into them. `longest`: such a time. */
export function withRoomForTimes(geometry: Geometry, longest: string): Geometry {
  const { columns } = geometry;
  if (columns === null) return geometry;
  const begins = columns.time - textWidth(longest, COLUMN_SIZE);
  const number = Math.min(columns.number, Math.floor(begins - COLUMN_GAP));
  return { ...geometry, columns: { ...columns, number } };
}

/** From the tip at the client's bar to the one at the server's. */
export function span({ bars, bar }: Geometry): readonly [number, number] {
  return [bars[0] + bar + TIP, bars[1] - TIP];
}
