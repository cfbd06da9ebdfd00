/** Names next to lines and points, at the first of several places that is free. */
import { type Plot, word } from './plot.js';
import { textWidth } from './text-width.js';

const SIZE = 12;
const ABOVE = 10;
const BELOW = 3;

export interface Place {
  x: number;
  /** The baseline of the text. */
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export class Names {
  private readonly taken: Box[] = [];

  constructor(private readonly plot: Plot) {}

  /** Nothing where no place is free. */
  put(places: readonly Place[], color: string, text: string, bold = true): string {
    const width = textWidth(text, SIZE, bold);
    for (const place of places) {
      const box = boxOf(place, width);
      if (!this.isFree(box)) continue;
      this.taken.push(box);
      const anchor = place.anchor === 'start' ? {} : { anchor: place.anchor };
      return word(place.x, place.y, color, text, { ...anchor, bold });
    }
    return '';
  }

  private isFree(box: Box): boolean {
    const { left, right, top, bottom } = this.plot;
    if (box.left < left || box.right > right + 30 || box.top < top - 8 || box.bottom > bottom - 2)
      return false;
    return this.taken.every(
      (other) =>
        box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top,
    );
  }
}

function boxOf({ x, y, anchor }: Place, width: number): Box {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left: left - 2, right: left + width + 2, top: y - ABOVE, bottom: y + BELOW };
}

/** Left, right, above and below of a point. */
export function around(x: number, y: number): Place[] {
  return [
    { x: x + 8, y: y + 4, anchor: 'start' },
    { x: x - 8, y: y + 4, anchor: 'end' },
    { x, y: y - 8, anchor: 'middle' },
    { x, y: y + 18, anchor: 'middle' },
  ];
}

/** At the level stretches of a line, the longest first. `below`: on which side of it. */
export function along(plot: Plot, points: readonly (readonly [number, number])[], below: boolean): Place[] {
  return longestStretches(plot, points).flatMap(({ left, right, y }) => {
    const height = below ? y + 16 : y - 7;
    const middle = (left + right) / 2;
    return [
      { x: middle, y: height, anchor: 'middle' as const },
      { x: left + 6, y: height, anchor: 'start' as const },
      { x: right - 6, y: height, anchor: 'end' as const },
    ];
  });
}

interface Stretch {
  left: number;
  right: number;
  y: number;
}

function longestStretches(plot: Plot, points: readonly (readonly [number, number])[]): Stretch[] {
  const found: Stretch[] = [];
  const add = (value: number, from: number, until: number): void => {
    const left = Math.max(plot.x(from), plot.left);
    const right = Math.min(plot.x(until), plot.right);
    const y = plot.y(value);
    if (right > left && y >= plot.top - 1 && y <= plot.bottom + 1) found.push({ left, right, y });
  };
  let first: readonly [number, number] | null = null;
  for (const point of points) {
    if (first !== null && point[1] !== first[1]) add(first[1], first[0], point[0]);
    if (first === null || point[1] !== first[1]) first = point;
  }
  if (first !== null) add(first[1], first[0], plot.times.to);
  return found.sort((a, b) => b.right - b.left - (a.right - a.left)).slice(0, LONGEST);
}

const LONGEST = 4;
