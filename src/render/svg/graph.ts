/** A graph of one direction of a connection as a standalone SVG: time and sequence, round trips, window, throughput. */
import * as sentences from '../../explain/en/graph-sentences.js';
import { grouped } from '../../explain/en/quantities.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { allowances, type GraphSegment, isSentAgain, takesNumbers } from '../picture/graph-data.js';
import type { GraphChoice, Theme } from '../picture/names.js';
import { drawDocument } from './document.js';
import { drawFlight, drawRoundTrips, drawThroughput, flightOf, throughputOf } from './graph-lines.js';
import { type Lens, lensesOf } from './lenses.js';
import { element, line } from './markup.js';
import { drawAxes, type Plot, plotOf, timeTick, word } from './plot.js';
import { closedWindows, drawSequence, type SequenceData } from './time-sequence.js';

export interface GraphOptions extends GraphChoice {
  width: number;
  theme: Theme;
  file: string | null;
  /** Segments that there was no room for. */
  leftOut: number;
  idPrefix?: string;
}

/** What one kind of graph shows. */
interface Drawing {
  title: string;
  subtitle: string;
  body: string;
  bottom: number;
}

const LEFT = 76;
const HEIGHT = 250;
const LENS_HEIGHT = 180;
/** An edge of the window beyond so many times the data would flatten it. */
const FAR = 1.6;

export function graphSvg(
  report: ConnectionReport,
  segments: readonly GraphSegment[],
  options: GraphOptions,
): string {
  const sender = options.sender ?? busier(report);
  const fromClient = sender === 'client';
  const sent = segments.filter((segment) => segment.fromClient === fromClient && !segment.ignored);
  const said = allowances(segments, fromClient, report);
  const facts: Facts = { report, sender, sent, said, duration: report.duration, width: options.width };
  return drawDocument({
    ...options,
    idPrefix: options.idPrefix ?? 'synfin-graph',
    margin: 24,
    drawn: (top) => DRAWINGS[options.graph](facts, top),
    subtitles: [
      ...(options.file === null ? [] : [options.file]),
      `connection ${report.index}`,
      ...(options.leftOut > 0 ? [sentences.leftOutText(options.leftOut)] : []),
    ],
  });
}

interface Facts {
  report: ConnectionReport;
  sender: sentences.Sender;
  sent: readonly GraphSegment[];
  said: ReturnType<typeof allowances>;
  duration: number;
  width: number;
}

function busier({ traffic }: ConnectionReport): sentences.Sender {
  return traffic.server.bytes > traffic.client.bytes ? 'server' : 'client';
}

const DRAWINGS: Readonly<Record<GraphChoice['graph'], (facts: Facts, top: number) => Drawing>> = {
  'time-sequence': drawTimeSequence,
  rtt(facts, top) {
    const { report, sender, duration } = facts;
    const { rtt } = report.traffic[sender];
    // an ACK of the other end closes a round trip of this one
    const samples = facts.said.length === 0 ? [] : samplesOf(facts);
    const most = samples.reduce((highest, [, value]) => Math.max(highest, value), rtt?.max ?? 0);
    const plot = plotFor(facts, top, { from: 0, to: most * 1.08 || 1 }, duration);
    return {
      title: sentences.roundTripTitle(sender, rtt),
      subtitle: sentences.roundTripSubtitle(sender, rtt?.samples ?? 0),
      body: drawAxes(plot, timeTick) + drawRoundTrips(plot, samples, rtt?.min ?? null),
      bottom: plot.bottom + 22,
    };
  },
  window(facts, top) {
    const { sender, sent, said, duration } = facts;
    const flight = flightOf(sent, said);
    const most = flight.inFlight.reduce((highest, [, bytes]) => Math.max(highest, bytes), 0);
    const room = flight.window.length === 0 ? null : Math.max(...flight.window.map(([, bytes]) => bytes));
    const shows = room !== null && room < most * 12;
    const plot = plotFor(facts, top, { from: 0, to: Math.max(most, shows ? room : 0) * 1.12 || 1 }, duration);
    const far = room !== null && !shows ? `; the window (up to ${grouped(room)} bytes) is far above` : '';
    return {
      title: sentences.windowTitle(sender, most, room),
      subtitle: sentences.windowSubtitle(sender) + far,
      body: drawAxes(plot, wholeNumber) + drawFlight(plot, flight, shows),
      bottom: plot.bottom + 22,
    };
  },
  throughput(facts, top) {
    const { sender, sent, duration } = facts;
    const data = throughputOf(sent, duration);
    const sums = data.first.map((bytes, at) => bytes + (data.again[at] ?? 0));
    const peak = Math.max(0, ...sums);
    const total = data.first.reduce((sum, bytes) => sum + bytes, 0);
    const plot = plotFor(facts, top, { from: 0, to: (peak / data.bin) * 1.08 || 1 }, duration);
    return {
      title: sentences.throughputTitle(sender, total, duration, peak, data.bin),
      subtitle: sentences.throughputSubtitle(sender, data.bin),
      body: drawAxes(plot, (rate) => sentences.rateTick(rate)) + drawThroughput(plot, data),
      bottom: plot.bottom + 22,
    };
  },
};

/** Time, and seconds, of each round trip. */
function samplesOf({ said, report }: Facts): (readonly [number, number])[] {
  return said.flatMap(({ time, roundTrip }) =>
    roundTrip === null ? [] : [[Math.min(time, report.duration), roundTrip] as const],
  );
}

function plotFor(
  { width }: Facts,
  top: number,
  values: { from: number; to: number },
  duration: number,
): Plot {
  return plotOf(
    { left: LEFT, right: width - 40, top, bottom: top + HEIGHT },
    { from: 0, to: duration > 0 ? duration : 1e-6 },
    values,
  );
}

function wholeNumber(value: number): string {
  return grouped(Math.round(value));
}

function drawTimeSequence(facts: Facts, top: number): Drawing {
  const { report, sender, sent, said, duration } = facts;
  const highest = sent.reduce((most, { sequence, length }) => Math.max(most, sequence + length), 1);
  const edge = said.reduce((most, allowance) => Math.max(most, allowance.edge ?? 0), 0);
  const showsEdge = edge > 0 && edge <= highest * FAR;
  const plot = plotFor(facts, top, { from: 0, to: Math.max(highest, showsEdge ? edge : 0) * 1.06 }, duration);
  const closed = closedWindows(said, duration);
  const data: SequenceData = { sent, allowances: said, showsEdge, closed };
  const lenses = lensesOf(timesOf(sent, said), duration);
  const parts = [drawAxes(plot, wholeNumber), drawSequence(plot, data)];
  let bottom = plot.bottom + 22;
  if (lenses.length > 0) {
    parts.push(...lenses.map((lens, at) => bracket(plot, lens, letter(at))));
    const lensTop = bottom + 62;
    parts.push(...drawLenses(facts, lenses, data, lensTop));
    bottom = lensTop + LENS_HEIGHT + 22;
  }
  const traffic = report.traffic[sender];
  return {
    title: sentences.sequenceTitle({
      sender,
      bytes: traffic.bytes - traffic.retransmittedBytes,
      duration,
      segments: sent.length,
      retransmissions: sent.filter(isSentAgain).length,
      closed: closed.reduce((sum, { from, to }) => sum + (to - from), 0),
    }),
    subtitle: sentences.sequenceSubtitle(sender, edge > 0 && !showsEdge ? edge - highest : null),
    body: parts.join(''),
    bottom,
  };
}

/** What happens, in order. */
function timesOf(sent: Facts['sent'], said: Facts['said']): number[] {
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

function drawLenses(facts: Facts, lenses: readonly Lens[], data: SequenceData, top: number): string[] {
  const room = facts.width - LEFT - 40;
  const each = lenses.length === 1 ? room : (room - LEFT) / 2;
  return lenses.map((lens, at) => {
    const left = LEFT + at * (each + LEFT);
    const values = valuesIn(data, lens);
    const plot = plotOf({ left, right: left + each, top, bottom: top + LENS_HEIGHT }, lens, values);
    const wider = (facts.duration / (lens.to - lens.from)) * (each / room);
    const title = sentences.lensTitle(lens.to - lens.from, wider);
    return (
      word(left, top - 14, 'soft', letter(at)) +
      word(left + 14, top - 14, 'soft', title, { bold: false }) +
      drawAxes(plot, wholeNumber) +
      drawSequence(plot, data)
    );
  });
}

/** The numbers that are sent and acknowledged within a lens, with some room. */
function valuesIn(
  { sent, allowances: said }: SequenceData,
  { from, to }: Lens,
): { from: number; to: number } {
  const within = sent.filter(
    (segment) => segment.time >= from && segment.time <= to && takesNumbers(segment),
  );
  const acks = said.filter(({ time }) => time >= from && time <= to);
  const numbers = [
    ...within.flatMap(({ sequence, length }) => [sequence, sequence + length]),
    ...acks.flatMap(({ acknowledged, sacks }) => [acknowledged, ...sacks.flat()]),
  ];
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const pad = (most - least) * 0.08 || 1;
  return { from: Math.max(0, least - pad), to: most + pad };
}
