/** The area of a graph: its scales, and its axes with few ticks and no frame. */
import { phrases } from '../../explain/phrases.js';
import { roundStep } from '../picture/round-step.js';
import { element, line, text } from './markup.js';

const TICK_SIZE = 11;

export interface Range {
  from: number;
  to: number;
}

export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  times: Range;
  values: Range;
  x(time: number): number;
  y(value: number): number;
}

export function plotOf(
  box: Pick<Plot, 'left' | 'right' | 'top' | 'bottom'>,
  times: Range,
  values: Range,
): Plot {
  const width = Math.max(times.to - times.from, 1e-9);
  const height = Math.max(values.to - values.from, 1e-9);
  return {
    ...box,
    times,
    values,
    x: (time) => box.left + ((time - times.from) / width) * (box.right - box.left),
    y: (value) => box.bottom - ((value - values.from) / height) * (box.bottom - box.top),
  };
}

/** Steps of 1, 2 or 5 times a power of ten, up to a limit within the range. */
export function ticksOf({ from, to }: Range, most: number): { step: number; at: number[] } {
  const least = Math.max(to - from, 1e-9) / most;
  const step = roundStep(least);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return { step, at: Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => (first + n) * step) };
}

/** Seconds in the unit of the step, with the decimals that distinguish steps. */
export function timeTick(seconds: number, step: number): string {
  const [unit, size] =
    step >= 0.5 ? (['s', 1] as const) : step >= 0.5e-3 ? (['ms', 1e-3] as const) : (['µs', 1e-6] as const);
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  const value = seconds / size;
  return `${decimals > 0 ? phrases.decimalText(value, decimals) : phrases.grouped(Number(value.toFixed(0)))} ${unit}`;
}

/** Hairlines for the values, ticks for the times. */
export function drawAxes(plot: Plot, valueText: (value: number, step: number) => string): string {
  const { left, right, bottom, times, values } = plot;
  const rows = ticksOf(values, 5);
  const columns = ticksOf(times, Math.max(3, Math.min(6, Math.floor((right - left) / 130))));
  const label = (x: number, y: number, content: string, anchor: string): string =>
    element('text', { x, y, class: 'soft', 'font-size': TICK_SIZE, 'text-anchor': anchor }, text(content));
  return [
    ...rows.at.map((value) => {
      const y = plot.y(value);
      const isBase = Math.abs(y - bottom) < 0.5;
      const rule = isBase
        ? ''
        : element('path', { class: 's-rule', d: line([left, y], [right, y]), 'stroke-width': 1 });
      return rule + label(left - 8, y + 4, valueText(value, rows.step), 'end');
    }),
    element('path', { class: 's-faint', d: line([left, bottom], [right, bottom]), 'stroke-width': 1 }),
    ...columns.at.map((time) => {
      const x = plot.x(time);
      const tick = element('path', {
        class: 's-faint',
        d: line([x, bottom], [x, bottom + 4]),
        'stroke-width': 1,
      });
      return tick + label(x, bottom + 17, timeTick(time, columns.step), 'middle');
    }),
  ].join('');
}

type Point = readonly [number, number];

/** With more points, those within the same pixel become four: the first, the smallest, the largest and the last. */
const MANY_POINTS = 4000;

function thinned(plot: Plot, points: readonly Point[]): Point[] {
  const result: Point[] = [];
  let column = Number.NaN;
  let kept: [Point, Point, Point, Point] | null = null;
  for (const point of points) {
    const x = Math.round(plot.x(point[0]));
    if (kept === null || x !== column) {
      if (kept !== null) result.push(...kept);
      column = x;
      kept = [point, point, point, point];
      continue;
    }
    if (point[1] < kept[1][1]) kept[1] = point;
    if (point[1] > kept[2][1]) kept[2] = point;
    kept[3] = point;
  }
  return kept === null ? result : [...result, ...kept];
}

/** The corners of a line that changes at once at each point, for the times of the plot; heights may be beyond it. */
function corners(plot: Plot, all: readonly Point[]): Point[] {
  const { from, to } = plot.times;
  const points = all.length > MANY_POINTS ? thinned(plot, all) : all;
  const found: Point[] = [];
  let before: number | null = null;
  for (const [time, value] of points) {
    if (time > to) break;
    const y = plot.y(value);
    if (time >= from) {
      const x = plot.x(time);
      if (found.length === 0 && before !== null) found.push([plot.left, before]);
      if (before !== null && before !== y) found.push([x, before]);
      if (before !== y) found.push([x, y]);
    }
    before = y;
  }
  if (before === null) return [];
  if (found.length === 0) found.push([plot.left, before]);
  found.push([plot.right, before]);
  return found;
}

/** The line as a path: only where it is within the plot. */
export function stepPath(plot: Plot, points: readonly Point[]): string {
  const { top, bottom } = plot;
  const parts: string[] = [];
  let pen: Point | null = null;
  const all = corners(plot, points);
  all.forEach((corner, at) => {
    const before = all[at - 1];
    if (before === undefined) return;
    const isLevel = before[1] === corner[1];
    const isOutside = isLevel
      ? corner[1] < top - 0.5 || corner[1] > bottom + 0.5
      : Math.max(before[1], corner[1]) < top || Math.min(before[1], corner[1]) > bottom;
    if (isOutside) {
      pen = null;
      return;
    }
    const [start, end] = [within(plot, before), within(plot, corner)];
    parts.push(pen === null ? line(start, end) : line(pen, end).replace(/^M[^L]*/, ''));
    pen = corner[1] === end[1] ? end : null;
  });
  return parts.join('');
}

function within({ top, bottom }: Plot, [x, y]: Point): Point {
  return [x, clamp(y, top, bottom)];
}

/** The area between two such lines, as far as it is within the plot. */
export function areaBetween(plot: Plot, lower: readonly Point[], upper: readonly Point[]): string {
  const below = corners(plot, lower).map((corner) => within(plot, corner));
  const above = corners(plot, upper).map((corner) => within(plot, corner));
  if (below.length < 2 || above.length < 2) return '';
  return `${line(...below, ...above.reverse())}z`;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

export function word(
  x: number,
  y: number,
  color: string,
  content: string,
  more: { anchor?: 'middle' | 'end'; bold?: boolean } = {},
): string {
  return element(
    'text',
    {
      x,
      y,
      class: `${color} halo`,
      'font-size': 12,
      'font-weight': more.bold === false ? undefined : 600,
      'text-anchor': more.anchor,
    },
    text(content),
  );
}
