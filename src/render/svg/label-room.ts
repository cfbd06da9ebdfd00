/** Labels in the room that there is: the arithmetic goes first, then the numbers. */
import type { Label } from '../picture/labels.js';
import type { Slopes } from '../picture/slopes.js';
import { type Geometry, INDENT, span } from './geometry.js';
import { textWidth } from './text-width.js';

export const LABEL_SIZE = 12.5;
/** Of a time that stands at the other end. */
const TIME = 64;
/** Where arrows can cross, two labels may be at the same height. */
const SHARED = 0.6;

/** In pixels. */
export function labelRoom(geometry: Geometry, { near }: Slopes): number {
  const [left, right] = span(geometry);
  const room = right - left - 2 * INDENT;
  if (near !== null) return room * SHARED;
  return geometry.columns === null ? room - TIME + INDENT : room;
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
