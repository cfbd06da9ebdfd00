/** Round trips, bytes in flight against the window, and throughput of one direction. */
import { durationText } from '../../explain/en/quantities.js';
import { type Allowance, type GraphSegment, isSentAgain, takesNumbers } from '../picture/graph-data.js';
import { element, line, rounded } from './markup.js';
import { along, around, Names } from './names.js';
import { areaBetween, clamp, type Plot, stepPath, word } from './plot.js';

/** Of more dots, those of a pixel become one. */
const MANY_DOTS = 3000;

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
      samples.length > MANY_DOTS ? `${Math.round(plot.x(time))} ${Math.round(plot.y(value))}` : `${x} ${y}`;
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
  return (
    dotted + dots.join('') + word(plot.right, above, 'open', `best ${durationText(best)}`, { anchor: 'end' })
  );
}

export interface Flight {
  /** Time, and bytes sent and not acknowledged. */
  inFlight: (readonly [number, number])[];
  /** Time, and bytes that the receiver had room for; empty where that is not known. */
  window: (readonly [number, number])[];
}

export function flightOf(sent: readonly GraphSegment[], allowances: readonly Allowance[]): Flight {
  const inFlight: (readonly [number, number])[] = [];
  const window: (readonly [number, number])[] = [];
  let highest = 0;
  let acknowledged = 0;
  const events = [
    ...sent.filter(takesNumbers).map((segment) => ({
      packet: segment.packet,
      time: segment.time,
      next: segment.sequence + segment.length,
      ack: null,
    })),
    ...allowances.map((allowance) => ({
      packet: allowance.packet,
      time: allowance.time,
      next: null,
      ack: allowance,
    })),
  ].sort((a, b) => a.packet - b.packet);
  for (const { time, next, ack } of events) {
    if (next !== null) highest = Math.max(highest, next);
    if (ack !== null) {
      acknowledged = Math.max(acknowledged, ack.acknowledged);
      if (ack.edge !== null) window.push([time, Math.max(0, ack.edge - acknowledged)]);
    }
    inFlight.push([time, Math.max(0, highest - acknowledged)]);
  }
  return { inFlight, window };
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
      'in flight',
    ),
    edge === ''
      ? ''
      : names.put([...along(plot, window, false), ...along(plot, window, true)], 'closing', 'window'),
  ].join('');
}

const NOWHERE: readonly [number, number] = [0, 0];

/** Bytes by bin: sent for the first time, and again. */
export interface Throughput {
  bin: number;
  first: number[];
  again: number[];
}

/** Bins of 1, 2 or 5 times a power of ten seconds, about sixty of them. */
export function throughputOf(sent: readonly GraphSegment[], duration: number): Throughput {
  const least = Math.max(duration, 1e-6) / 60;
  const power = 10 ** Math.floor(Math.log10(least));
  const bin = ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
  const bins = Math.floor(duration / bin) + 1;
  const first = new Array<number>(bins).fill(0);
  const again = new Array<number>(bins).fill(0);
  for (const segment of sent) {
    const at = clamp(Math.floor(segment.time / bin), 0, bins - 1);
    const repeated = isSentAgain(segment) ? segment.repeated || segment.length : segment.repeated;
    first[at] = (first[at] ?? 0) + Math.max(0, segment.length - repeated);
    again[at] = (again[at] ?? 0) + repeated;
  }
  return { bin, first, again };
}

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
