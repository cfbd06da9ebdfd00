/**
 * Sequence numbers against time, as tcptrace shows them: segments as upright bars, the acknowledged number and the edge of the
 * window as steps, and between them what may be sent. A bar that reaches the edge fills the window.
 */

import { FIN, RST, SYN } from '../../decode/packet.js';
import { phrases } from '../../explain/phrases.js';
import type { Closed } from '../picture/flight.js';
import {
  type Allowance,
  type GraphSegment,
  isProbe,
  sackBlocks,
  takesNumbers,
} from '../picture/graph-data.js';
import type { GraphFacts } from '../picture/graph-facts.js';
import { isSentAgain } from '../sent-again.js';
import { element, line } from './markup.js';
import { along, around, Names, type Place } from './names.js';
import { areaBetween, clamp, type Plot, stepPath } from './plot.js';

/** Of more bars, those in the same column of pixels become one. */
const MANY_BARS = 1500;
/** Pixels. */
const LEAST_WITH_FEET = 5;

/** The facts of a graph that are in the picture. */
export type SequenceData = Pick<GraphFacts, 'sent' | 'said' | 'showsEdge' | 'closed'>;

/** Makes the plot, with names where there is room. */
export function drawSequence(plot: Plot, data: SequenceData): string {
  const { said, showsEdge, closed } = data;
  const acknowledged = said.map(({ time, acknowledged: at }) => [time, at] as const);
  const edges = showsEdge
    ? said.flatMap(({ time, edge }) => (edge === null ? [] : [[time, edge] as const]))
    : [];
  const area = areaBetween(plot, acknowledged, edges);
  const drawn = [
    area === '' ? '' : element('path', { class: 'band', d: area }),
    path('s-closing', stepPath(plot, edges), 1.5),
    path('s-open', stepPath(plot, acknowledged), 1.8),
    ackMarks(plot, said),
    ...closed.map((each) => closedLine(plot, each)),
    drawBars(plot, data.sent),
  ];
  const names = new Names(plot);
  const named = [
    closedName(plot, closed, names),
    ...data.sent.map((segment) => flagName(plot, segment, names)),
    firstName(plot, data.sent.filter(isSentAgain), 'warn', 'retransmission', names),
    firstName(plot, data.sent.filter(isProbe), 'warn', 'probe', names),
    names.put(along(plot, acknowledged, true), 'open', phrases.ACKNOWLEDGED),
    names.put(showsEdge ? along(plot, openEdges(said), false) : [], 'closing', phrases.MAY_SEND),
    sackName(plot, said, names),
  ];
  return [...drawn, ...named].join('');
}

function path(color: string, d: string, width: number): string {
  return d === '' ? '' : element('path', { class: color, d, 'stroke-width': width });
}

/** A closed window is named as such. */
function openEdges(said: readonly Allowance[]): (readonly [number, number])[] {
  return said.flatMap(({ time, edge, closed }) =>
    edge === null ? [] : [[time, closed ? Number.POSITIVE_INFINITY : edge] as const],
  );
}

function firstName(
  plot: Plot,
  segments: readonly GraphSegment[],
  color: string,
  name: 'retransmission' | 'probe',
  names: Names,
): string {
  const shown = segments.filter(({ time }) => isWithin(plot, time));
  const [first] = shown;
  if (first === undefined) return '';
  const y = clamp(plot.y(first.sequence + first.length / 2), plot.top, plot.bottom);
  return names.put(around(plot.x(first.time), y), color, phrases.marksText(shown.length, name));
}

function sackName(plot: Plot, said: readonly Allowance[], names: Names): string {
  const first = said.find((allowance) => isWithin(plot, allowance.time) && sackBlocks(allowance).length > 0);
  const [block] = first === undefined ? [] : sackBlocks(first);
  if (first === undefined || block === undefined) return '';
  return names.put(around(plot.x(first.time), inside(plot, (block[0] + block[1]) / 2)), 'open', 'SACK');
}

function isWithin({ times }: Plot, time: number): boolean {
  return time >= times.from && time <= times.to;
}

/** SACK blocks, and ticks for duplicate ACKs; those that would cover each other once. */
function ackMarks(plot: Plot, said: readonly Allowance[]): string {
  const [sacks, ticks] = [new Set<string>(), new Set<string>()];
  for (const allowance of said) {
    if (!isWithin(plot, allowance.time)) continue;
    const x = plot.x(allowance.time);
    for (const [left, right] of sackBlocks(allowance))
      sacks.add(line([x, inside(plot, left)], [x, inside(plot, right)]));
    const y = plot.y(allowance.acknowledged);
    if (allowance.duplicate) ticks.add(line([x, y + 1], [x, y + 6]));
  }
  return [
    ...[...sacks].map((d) =>
      element('path', { class: 's-open', d, 'stroke-width': 3, 'stroke-opacity': 0.45 }),
    ),
    path('s-open', [...ticks].join(''), 1.2),
  ].join('');
}

function inside(plot: Plot, value: number): number {
  return clamp(plot.y(value), plot.top, plot.bottom);
}

function closedLine(plot: Plot, { from, to, at }: Closed): string {
  if (to < plot.times.from || from > plot.times.to) return '';
  const y = plot.y(at);
  const left = clamp(plot.x(from), plot.left, plot.right);
  const right = clamp(plot.x(to), plot.left, plot.right);
  return element('path', { class: 's-bad', d: line([left, y], [right, y]), 'stroke-width': 4 });
}

function closedName(plot: Plot, closed: readonly Closed[], names: Names): string {
  const [longest] = [...closed].sort((a, b) => b.to - b.from - (a.to - a.from));
  if (longest === undefined) return '';
  const [left, right] = [Math.max(plot.x(longest.from), plot.left), Math.min(plot.x(longest.to), plot.right)];
  if (right <= left) return '';
  const text = phrases.windowClosedText(longest.to - longest.from);
  const middle = (left + right) / 2;
  const y = plot.y(longest.at);
  const places = [y - 24, y + 20].map((height) => ({ x: middle, y: height, anchor: 'middle' as const }));
  return names.put([...places, { x: left + 4, y: y - 10, anchor: 'start' }], 'bad', text);
}

interface Bar {
  x: number;
  from: number;
  to: number;
}

function drawBars(plot: Plot, sent: readonly GraphSegment[]): string {
  const shown = sent.filter((segment) => isWithin(plot, segment.time));
  const again = shown.filter(isSentAgain);
  const first = shown.filter(
    (segment) => takesNumbers(segment) && !isSentAgain(segment) && !isProbe(segment),
  );
  const probes = shown.filter(isProbe);
  return [
    bars(plot, first, 's-ink', 1.5, 2.5),
    bars(plot, again, 's-warn', 2.2, 3.5),
    ...probes.map(({ time, sequence }) => {
      const x = plot.x(time);
      const y = plot.y(sequence);
      return element('path', {
        class: 's-warn',
        d: `${line([x, y], [x, y - 11])}${line([x - 4, y - 11], [x + 4, y - 11])}`,
        'stroke-width': 1.5,
      });
    }),
  ].join('');
}

function bars(
  plot: Plot,
  segments: readonly GraphSegment[],
  color: string,
  width: number,
  foot: number,
): string {
  if (segments.length === 0) return '';
  const all = segments.map(({ time, sequence, length, flags }) => ({
    x: plot.x(time),
    from: plot.y(sequence),
    to: plot.y(sequence + Math.max(length, (flags & (SYN | FIN)) !== 0 ? 1 : 0)),
  }));
  const joined = all.length > MANY_BARS;
  const drawn = joined ? joinColumns(all) : all;
  const d = drawn
    .map(({ x, from, to }) => {
      const feet =
        joined || from - to < LEAST_WITH_FEET
          ? ''
          : line([x - foot, from], [x + foot, from]) + line([x - foot, to], [x + foot, to]);
      return line([x, from], [x, to]) + feet;
    })
    .join('');
  return element('path', { class: color, d, 'stroke-width': width });
}

/** One bar a column of pixels, from its lowest number to its highest. */
function joinColumns(all: readonly Bar[]): Bar[] {
  const columns = new Map<number, Bar>();
  for (const bar of all) {
    const x = Math.round(bar.x);
    const before = columns.get(x);
    if (before === undefined) columns.set(x, { ...bar, x });
    else {
      before.from = Math.max(before.from, bar.from);
      before.to = Math.min(before.to, bar.to);
    }
  }
  return [...columns.values()];
}

/** FIN and RST by name; an ordinary opening is at the very corner. */
function flagName(plot: Plot, { flags, time, sequence, length }: GraphSegment, names: Names): string {
  const name = (flags & RST) !== 0 ? 'RST' : (flags & FIN) !== 0 ? 'FIN' : null;
  if (name === null || !isWithin(plot, time)) return '';
  const [x, y] = [plot.x(time), clamp(plot.y(sequence + length), plot.top, plot.bottom)];
  const below: Place = { x, y: y + 18, anchor: 'middle' };
  return names.put([below, ...around(x, y)], name === 'RST' ? 'bad' : 'ink', name);
}
