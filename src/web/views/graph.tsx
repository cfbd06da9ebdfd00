/** One graph, by uPlot: lines over time, segments as upright bars, and the chosen time as a dashed line. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { tickTexts, type View } from '../model/graph-view.js';
import type { Colors } from './graph-marks.js';

export interface Line {
  /** At the end of a line; dots and columns have none. */
  name?: string;
  /** A token of the palette. */
  color: 'ink' | 'open' | 'closing' | 'warn';
  values: readonly (number | null)[];
  kind: 'step' | 'filled' | 'dots' | 'columns';
}

interface Props {
  title: string;
  times: readonly number[];
  lines: readonly Line[];
  /** The source of the values: the graph is rebuilt when it changes. */
  source: object;
  /** The axis goes up to here at least. */
  least?: number;
  /** Further marks. */
  draw?(u: uPlot, colors: Colors): void;
  /** A dotted line across. */
  level?: { value: number; name: string } | null;
  note?: string | null;
  format(value: number): string;
  /** Seconds: where the chosen segment is; null for none. */
  cursor: number | null;
  /** The time that is shown. */
  view: View;
  /** The values go from the least one that is shown where only a part is, else from 0. */
  fitsBelow?: boolean;
  isPart: boolean;
  select(time: number): void;
  /** Shows what lies between two times. */
  zoom(from: number, to: number): void;
}

const HEIGHT = 190;
/** Pixels: less is a click. */
const LEAST_DRAG = 6;

export function Graph(props: Props): JSX.Element {
  const { title, note = null, source, cursor, view } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const build = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(latest, element), dataOf(latest.current), element);
    };
    build();
    const watch = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    watch.observe(element);
    // each has other colors
    const looks = ['(prefers-color-scheme: dark)', 'print'].map((media) => matchMedia(media));
    for (const look of looks) look.addEventListener('change', build);
    addEventListener('themechange', build);
    return () => {
      watch.disconnect();
      for (const look of looks) look.removeEventListener('change', build);
      removeEventListener('themechange', build);
      plot.current?.destroy();
    };
  }, [source]);
  useEffect(() => plot.current?.redraw(false), [cursor]);
  useEffect(() => plot.current?.setScale('x', { min: view.from, max: view.to }), [view.from, view.to]);

  return (
    <figure class="card graph">
      <figcaption>
        {title}
        {note === null ? null : <small>{note}</small>}
      </figcaption>
      <div ref={box} role="img" aria-label={title} />
    </figure>
  );
}

function dataOf({ times, lines }: Props): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function optionsOf(latest: { current: Props }, element: HTMLElement): uPlot.Options {
  const { lines, format } = latest.current;
  const [soft, rule] = [colorOf('soft'), colorOf('rule')];
  const font =
    '11px -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 14, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG },
      sync: { key: 'connection' },
    },
    scales: {
      x: { time: false, range: () => [latest.current.view.from, latest.current.view.to] },
      y: { range: () => valueRange(latest.current) },
    },
    axes: [
      {
        stroke: soft,
        font,
        grid: { show: false },
        ticks: { stroke: rule, width: 1, size: 4 },
        size: 26,
        space: 80,
        values: (_, marks) => tickTexts(marks),
      },
      {
        stroke: soft,
        font,
        grid: { stroke: rule, width: 1 },
        ticks: { show: false },
        size: 62,
        space: 40,
        values: (_, marks) => marks.map((mark) => (mark === 0 ? '0' : format(mark))),
      },
    ],
    series: [{}, ...lines.map((line) => seriesOf(line))],
    hooks: {
      draw: [
        (u) => {
          inside(u, () => latest.current.draw?.(u, colorOf));
          drawLevel(u, latest.current.level ?? null, colorOf('open'), font);
          drawNames(u, latest.current, font);
          drawCursor(u, latest.current, soft);
        },
      ],
      setSelect: [
        (u) => {
          const { left, width } = u.select;
          if (width < LEAST_DRAG) return;
          latest.current.zoom(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
      ready: [
        (u) => {
          u.over.addEventListener('click', ({ clientX }) => {
            const { left } = u.over.getBoundingClientRect();
            latest.current.select(u.posToVal(clientX - left, 'x'));
          });
        },
      ],
    },
  };
}

function valueRange(props: Props): [number, number] {
  const { lines, times, view, isPart } = props;
  const all = lines.map(({ values }) => values);
  const whole = most([topOf(props), ...all.flatMap((values) => values.map((value) => value ?? 0))]);
  const [low, high] = (isPart ? shownRange(all, times, view) : null) ?? [0, whole];
  if (isPart && props.fitsBelow === true) {
    const margin = Math.max(1, high - low) * 0.06;
    return [Math.max(0, low - margin), high + margin];
  }
  return [0, Math.max(1e-9, high > 0 ? high : whole) * 1.06];
}

/** Least and largest value of all lines within the view, those that go on from before it too; null where there is none. */
function shownRange(
  lines: readonly Line['values'][],
  times: readonly number[],
  view: View,
): [number, number] | null {
  const before = times.findLastIndex((time) => time <= view.from);
  const from = Math.max(0, before);
  const after = times.findIndex((time) => time > view.to);
  const shown = lines
    .flatMap((values) => values.slice(from, after < 0 ? undefined : after))
    .filter((value) => value !== null);
  return shown.length === 0 ? null : [least(shown), most(shown)];
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** Draws nothing outside of the axes. */
function inside({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

function topOf({ least = 0, level = null }: Props): number {
  return Math.max(level?.value ?? 0, least);
}

function seriesOf({ color, kind }: Line): uPlot.Series {
  const stroke = colorOf(color);
  const { stepped, bars } = uPlot.paths;
  const points = { show: kind === 'dots', size: 5, fill: stroke, stroke };
  switch (kind) {
    case 'dots':
      return { stroke, width: 0, points, paths: () => null };
    case 'columns':
      return {
        stroke,
        fill: stroke,
        width: 0,
        points,
        ...(bars === undefined ? {} : { paths: bars({ size: [0.8, 40, 1], align: 1 }) }),
      };
    default:
      return {
        stroke,
        width: 1.5,
        points,
        spanGaps: false,
        ...(kind === 'filled' ? { fill: colorOf('sel') } : {}),
        ...(stepped === undefined ? {} : { paths: stepped({ align: 1 }) }),
      };
  }
}

function drawLevel(u: uPlot, level: Props['level'], color: string, font: string): void {
  if (level === null || level === undefined) return;
  const { ctx, bbox } = u;
  const y = u.valToPos(level.value, 'y', true);
  if (y < bbox.top) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([2 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
  drawText(u, level.name, bbox.left + bbox.width, y + 14 * uPlot.pxRatio, color, font);
}

/** The name of each line at its end, or at the end of what is shown of it. */
function drawNames(u: uPlot, { lines, times, view }: Props, font: string): void {
  const { top, height, left, width } = u.bbox;
  for (const { name, color, values, kind } of lines) {
    if (name === undefined) continue;
    const last = values.findLast((value, at) => value !== null && (times[at] ?? 0) <= view.to) ?? null;
    if (last === null) continue;
    const inView = kind === 'filled' ? values.filter((_, at) => isIn(view, times[at] ?? 0)) : [];
    const peak = Math.max(last, ...inView.map((value) => value ?? 0));
    const y = u.valToPos(peak, 'y', true) + (color === 'closing' ? -5 : 15) * uPlot.pxRatio;
    if (y > top && y < top + height) drawText(u, name, left + width, y, colorOf(color), font);
  }
}

function isIn({ from, to }: View, time: number): boolean {
  return time >= from && time <= to;
}

/** Ends at `x`, on ground of its own so that lines do not cross it. */
function drawText(u: uPlot, text: string, x: number, y: number, color: string, font: string): void {
  const { ctx } = u;
  ctx.save();
  ctx.font = font.replace('11px', `${11 * uPlot.pxRatio}px`);
  ctx.textAlign = 'right';
  ctx.lineWidth = 4 * uPlot.pxRatio;
  ctx.strokeStyle = colorOf('paper');
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
  ctx.restore();
}

function drawCursor(u: uPlot, { cursor: time, view }: Props, color: string): void {
  if (time === null || !isIn(view, time)) return;
  const { ctx, bbox } = u;
  const x = Math.round(u.valToPos(time, 'x', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([3 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
