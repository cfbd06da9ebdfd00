/** Round trips, bytes in flight against the window, and throughput of one direction. */
import { phrases } from '../../explain/phrases.js';
import type { Flight, Throughput } from '../picture/flight.js';
import { element, line, rounded } from './markup.js';
import { along, around, Names } from './names.js';
import { areaBetween, type Plot, stepPath, word } from './plot.js';

/** With more dots, those in a cell of this many pixels become one. */
const MANY_DOTS = 3000;
const CELL = 3;

/** Dots for the samples, the best one as a dotted line. `best`: seconds. */
export function drawRoundTrips(
  plot: Plot,
  samples: readonly (readonly [number, number])[],
  best: number | null,
): string {
  const seen = new Set<string>();
  const dots = samples.flatMap(([time, value]) => {
    const [x, y] = [rounded(plot.x(time)), rounded(plot.y(value))];
    const place =
      samples.length > MANY_DOTS
        ? `${Math.round(plot.x(time) / CELL)} ${Math.round(plot.y(value) / CELL)}`
        : `${x} ${y}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [element('circle', { class: 'ink', cx: plot.x(time), cy: plot.y(value), r: 2.4 })];
  });
  if (best === null) return dots.join('');
  const y = plot.y(best);
  const dotted = element('path', {
    class: 's-open',
    d: line([plot.left, y], [plot.right, y]),
    'stroke-width': 1.4,
    'stroke-dasharray': '2 4',
  });
  const above = y - 7 > plot.top + 8 ? y - 7 : y + 16;
  return dotted + dots.join('') + word(plot.right, above, 'open', phrases.bestText(best), { anchor: 'end' });
}

export function drawFlight(plot: Plot, { inFlight, window }: Flight, showsWindow: boolean): string {
  const steps = stepPath(plot, inFlight);
  const area = areaBetween(
    plot,
    inFlight.map(([time]) => [time, 0] as const),
    inFlight,
  );
  const edge = showsWindow ? stepPath(plot, window) : '';
  const highest = inFlight.reduce((best, point) => (point[1] > best[1] ? point : best), NOWHERE);
  const names = new Names(plot);
  return [
    area === '' ? '' : element('path', { class: 'ink', d: area, 'fill-opacity': 0.18 }),
    steps === '' ? '' : element('path', { class: 's-ink', d: steps, 'stroke-width': 1.4 }),
    edge === '' ? '' : element('path', { class: 's-closing', d: edge, 'stroke-width': 1.6 }),
    names.put(
      [...around(plot.x(highest[0]), plot.y(highest[1])), ...along(plot, inFlight, false)],
      'ink',
      phrases.IN_FLIGHT,
    ),
    edge === ''
      ? ''
      : names.put([...along(plot, window, false), ...along(plot, window, true)], 'closing', phrases.WINDOW),
  ].join('');
}

const NOWHERE: readonly [number, number] = [0, 0];

export function drawThroughput(plot: Plot, { bin, first, again }: Throughput): string {
  const width = Math.max(1, plot.x(bin) - plot.x(0) - 1.5);
  return first
    .map((bytes, at) => {
      const more = again[at] ?? 0;
      const x = plot.x(at * bin);
      const top = plot.y(bytes / bin);
      const bar = (color: string, y: number, height: number): string =>
        height <= 0 ? '' : element('rect', { class: color, x, y, width, height });
      const topAgain = plot.y((bytes + more) / bin);
      return bar('open', top, plot.bottom - top) + bar('warn', topAgain, top - topAgain);
    })
    .join('');
}
