/** Labels in the room that there is: the arithmetic goes first, then the numbers. */
import type { Label } from '../picture/labels.js';
import type { SegmentLine } from '../segment-line.js';
import { type Geometry, INDENT, span } from './geometry.js';
import type { PlacedSegment } from './ladder-layout.js';
import { textWidth } from './text-width.js';

export const LABEL_SIZE = 12.5;
/** For a time at the other end. */
const TIME = 64;
/** Two labels at nearly the same height have half of it each, and a gap between them. */
const SHARED = 0.48;
const SAME_HEIGHT = 15;

/** Pixels for the label of each segment. */
export function labelRooms(
  segments: readonly PlacedSegment[],
  geometry: Geometry,
): ReadonlyMap<SegmentLine, number> {
  const [left, right] = span(geometry);
  const inner = right - left - 2 * INDENT;
  const room = geometry.columns === null ? inner - TIME + INDENT : inner;
  return new Map(
    segments.map((placed, at) => {
      const others = segments.slice(Math.max(0, at - NEIGHBORS), at + NEIGHBORS + 1);
      const shares = others.some(
        (other) =>
          other.row.fromClient !== placed.row.fromClient &&
          Math.abs(heightOf(other) - heightOf(placed)) < SAME_HEIGHT,
      );
      return [placed.row, shares ? inner * SHARED : room];
    }),
  );
}

/** Arrows that cross are near each other in the capture. */
const NEIGHBORS = 8;

function heightOf({ row, client, server }: PlacedSegment): number {
  return row.fromClient ? client : server;
}

export function fitLabel(label: Label, room: number): Label {
  const { what, numbers } = label;
  const without = numbers.map((number) => number.replace(/ = .*/, ''));
  const choices = [numbers, without, without.slice(0, 1)];
  const fitting = choices.find((choice) => widthOf(what, choice) <= room);
  return { what, numbers: fitting ?? [] };
}

function widthOf(what: string, numbers: readonly string[]): number {
  return (
    textWidth(what, LABEL_SIZE, true) +
    numbers.reduce((sum, number) => sum + textWidth(number, LABEL_SIZE) + LABEL_SIZE / 2, 0)
  );
}
