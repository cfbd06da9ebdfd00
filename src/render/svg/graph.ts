/** A graph of one direction of a connection as a standalone SVG: time and sequence, round trips, window, throughput. */
import { phrases } from '../../explain/phrases.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { type GraphSegment, takesNumbers } from '../picture/graph-data.js';
import { busier, type GraphFacts, graphFacts } from '../picture/graph-facts.js';
import type { GraphChoice, GraphName, Theme } from '../picture/names.js';
import { drawDocument } from './document.js';
import { drawFlight, drawRoundTrips, drawThroughput } from './graph-lines.js';
import { type Lens, lensesOf } from './lenses.js';
import { element, line } from './markup.js';
import { drawAxes, type Plot, plotOf, type Range, timeTick, word } from './plot.js';
import { drawSequence } from './time-sequence.js';

export interface GraphOptions extends GraphChoice {
  width: number;
  theme: Theme;
  file: string | null;
  /** Segments that there was no room for. */
  leftOut: number;
  idPrefix?: string;
}

interface Drawn {
  body: string;
  bottom: number;
}

const LEFT = 76;
const RIGHT = 40;
const HEIGHT = 250;
const LENS_HEIGHT = 180;
/** From the axis to what is below its ticks. */
const TICKS = 22;

export function graphSvg(
  report: ConnectionReport,
  segments: readonly GraphSegment[],
  options: GraphOptions,
): string {
  const { graph, file, leftOut, width } = options;
  const facts = graphFacts(report, segments, options.sender ?? busier(report));
  const parts = [
    ...(file === null ? [] : [file]),
    phrases.connectionName(report.index),
    ...(leftOut > 0 ? [phrases.leftOutText(leftOut)] : []),
    SUBTITLES[graph](facts, report),
  ];
  return drawDocument(
    {
      ...options,
      idPrefix: options.idPrefix ?? 'synfin-graph',
      margin: 24,
      title: facts.titles[graph],
      subtitle: parts.join(' · '),
    },
    (top) => DRAWINGS[graph](facts, report, plotFor(report, width, top)),
  );
}

const SUBTITLES: Readonly<Record<GraphName, (facts: GraphFacts, report: ConnectionReport) => string>> = {
  'time-sequence': ({ sender, edge, showsEdge, highest }) =>
    phrases.sequenceSubtitle(sender, edge !== null && !showsEdge ? edge - highest : null),
  rtt: ({ sender }, { traffic }) => phrases.roundTripSubtitle(sender, traffic[sender].rtt?.samples ?? 0),
  window: ({ sender, room, showsWindow }) => phrases.windowSubtitle(sender, showsWindow ? null : room),
  throughput: ({ sender, throughput }) => phrases.throughputSubtitle(sender, throughput.bin),
};

/** A plot for values from 0 to a maximum. */
type PlotFor = (most: number) => Plot;

const DRAWINGS: Readonly<
  Record<GraphName, (facts: GraphFacts, report: ConnectionReport, plotTo: PlotFor) => Drawn>
> = {
  'time-sequence': drawTimeSequence,
  rtt({ sender, roundTrips }, { traffic }, plotTo) {
    const { rtt } = traffic[sender];
    const most = roundTrips.reduce((highest, [, value]) => Math.max(highest, value), rtt?.max ?? 0);
    const plot = plotTo(most * 1.08 || 1);
    return drawn(plot, drawAxes(plot, timeTick) + drawRoundTrips(plot, roundTrips, rtt?.min ?? null));
  },
  window({ flight, mostInFlight, room, showsWindow }, _report, plotTo) {
    const plot = plotTo(Math.max(mostInFlight, showsWindow ? (room ?? 0) : 0) * 1.12 || 1);
    return drawn(plot, drawAxes(plot, wholeNumber) + drawFlight(plot, flight, showsWindow));
  },
  throughput({ throughput, peak }, _report, plotTo) {
    const plot = plotTo((peak / throughput.bin) * 1.08 || 1);
    return drawn(plot, drawAxes(plot, phrases.rateTick) + drawThroughput(plot, throughput));
  },
};

function drawn(plot: Plot, body: string): Drawn {
  return { body, bottom: plot.bottom + TICKS };
}

function plotFor({ duration }: ConnectionReport, width: number, top: number): PlotFor {
  return (most) =>
    plotOf(
      { left: LEFT, right: width - RIGHT, top, bottom: top + HEIGHT },
      { from: 0, to: duration > 0 ? duration : 1e-6 },
      { from: 0, to: most },
    );
}

function wholeNumber(value: number): string {
  return phrases.grouped(Math.round(value));
}

function drawTimeSequence(facts: GraphFacts, { duration }: ConnectionReport, plotTo: PlotFor): Drawn {
  const { highest, edge, showsEdge } = facts;
  const plot = plotTo(Math.max(highest, showsEdge ? (edge ?? 0) : 0) * 1.06);
  const body = drawAxes(plot, wholeNumber) + drawSequence(plot, facts);
  const lenses = lensesOf(timesOf(facts), duration);
  if (lenses.length === 0) return drawn(plot, body);
  const brackets = lenses.map((lens, at) => bracket(plot, lens, letter(at)));
  const top = plot.bottom + TICKS + 62;
  const closer = drawLenses(facts, lenses, plot, top);
  return { body: [body, ...brackets, ...closer].join(''), bottom: top + LENS_HEIGHT + TICKS };
}

/** What happens, in order. */
function timesOf({ sent, said }: GraphFacts): number[] {
  const times = [...sent.filter(takesNumbers), ...said].map(({ time }) => time);
  return times.sort((a, b) => a - b);
}

function letter(at: number): string {
  return at === 0 ? 'a' : 'b';
}

/** Below the axis: what a lens shows. */
function bracket(plot: Plot, { from, to }: Lens, name: string): string {
  const left = plot.x(from);
  const right = Math.max(plot.x(to), left + 3);
  const y = plot.bottom + 24;
  const d = line([left, y], [left, y + 5], [right, y + 5], [right, y]);
  return (
    element('path', { class: 's-soft', d, 'stroke-width': 1.2 }) +
    word((left + right) / 2, y + 19, 'soft', name, { anchor: 'middle' })
  );
}

/** `whole`: the plot that they are a part of. */
function drawLenses(facts: GraphFacts, lenses: readonly Lens[], whole: Plot, top: number): string[] {
  const room = whole.right - whole.left;
  const each = lenses.length === 1 ? room : (room - LEFT) / 2;
  return lenses.map((lens, at) => {
    const left = LEFT + at * (each + LEFT);
    const box = { left, right: left + each, top, bottom: top + LENS_HEIGHT };
    const plot = plotOf(box, lens, valuesIn(facts, lens));
    const wider = (whole.times.to / (lens.to - lens.from)) * (each / room);
    const title = phrases.lensTitle(lens.to - lens.from, wider);
    return (
      word(left, top - 14, 'soft', letter(at)) +
      word(left + 14, top - 14, 'soft', title, { bold: false }) +
      drawAxes(plot, wholeNumber) +
      drawSequence(plot, facts)
    );
  });
}

/** The numbers that are sent and acknowledged within a lens, with some room. */
function valuesIn({ sent, said }: GraphFacts, { from, to }: Lens): Range {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const take = (...numbers: readonly number[]): void => {
    least = Math.min(least, ...numbers);
    most = Math.max(most, ...numbers);
  };
  for (const segment of sent) {
    const { time, sequence, length } = segment;
    if (time >= from && time <= to && takesNumbers(segment)) take(sequence, sequence + length);
  }
  for (const { time, acknowledged, sacks } of said)
    if (time >= from && time <= to) take(acknowledged, ...sacks.flat());
  const pad = (most - least) * 0.08 || 1;
  return { from: Math.max(0, least - pad), to: most + pad };
}
