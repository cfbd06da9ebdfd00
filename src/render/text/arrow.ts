/** What the ladders of TCP and UDP have in common: arrows, and times. */
import { phrases } from '../../explain/phrases.js';
import type { Color, TextStyle } from './style.js';

/** Where there is no room for more: without the column of times since the segment before, and so short. */
export const NARROW_ARROW = 18;

export function directionColor(fromClient: boolean): Color {
  return fromClient ? 'blue' : 'green';
}

/** An arrow of the given width with a text on it, to the right where it comes from the client. */
export function drawArrow(
  text: string,
  width: number,
  fromClient: boolean,
  crossed: boolean,
  style: TextStyle,
): string {
  const { stroke, cross, right, left } = style.unicode ? UNICODE_ARROW : ASCII_ARROW;
  const fill = stroke.repeat(Math.max(0, width - 3 - text.length));
  return fromClient
    ? `${stroke}${stroke}${text}${fill}${crossed ? cross : right}`
    : `${crossed ? cross : left}${stroke}${text}${fill}${stroke}`;
}

const UNICODE_ARROW = { stroke: '─', cross: '╳', right: '▶', left: '◀' } as const;
const ASCII_ARROW = { stroke: '-', cross: 'x', right: '>', left: '<' } as const;

export function timeText(seconds: number): string {
  return phrases.decimalText(seconds, 6);
}

/** The time since the segment before; with a sign where the capture goes back in time. */
export function sinceText(seconds: number): string {
  return `${seconds < 0 ? '' : '+'}${phrases.decimalText(seconds, 6)}`;
}
