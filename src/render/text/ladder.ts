/**
 * The ladder as text: client and server as two lifelines, each segment an arrow between them.
 *
 *   packet  time  since  state |--arrow-->| state
 */

import { phrases } from '../../explain/phrases.js';
import type { SegmentStory } from '../../explain/story/story.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { type IcmpRow, type LadderRow, ladderRows } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';
import { storiesOf } from '../stories.js';
import { directionColor, drawArrow, NARROW_ARROW, sinceText, timeText } from './arrow.js';
import { renderDialogue, storyLines, verdictLines } from './explained.js';
import { type Color, fitTo, paint, plain, type TextStyle, wrap } from './style.js';

const SMALLEST_ARROW = 24;
const GAP = 1;
const WIDEST_FIXED_ARROW = 44;

interface Columns {
  packet: number;
  /** 0: left out; one of the two is there. States of no width are in a line below. */
  time: number;
  since: number;
  client: number;
  arrow: number;
  server: number;
}

export function renderLadder(report: ConnectionReport, style: TextStyle): string {
  if (style.commentary === 'dialogue') return renderDialogue(report, style);
  const ladder = ladderRows(report, style.absolute);
  const stories = style.commentary === 'explained' ? storiesOf(report, ladder, style.absolute) : null;
  const { head, rows } = drawRows(ladder, style, stories);
  const verdict = stories === null ? [] : verdictLines(report, style);
  return [head, ...rows.flat(), ...verdict].join('\n');
}

/** The heading, and the lines of each row. */
export function drawRows(
  rows: readonly LadderRow[],
  style: TextStyle,
  stories: ReadonlyMap<number, SegmentStory> | null = null,
): { head: string; rows: readonly (readonly string[])[] } {
  const columns = measure(rows, style);
  return {
    head: header(columns, style).trimEnd(),
    rows: rows.map((row) => rowLines(row, columns, style, stories).map((line) => line.trimEnd())),
  };
}

function rowLines(
  row: LadderRow,
  columns: Columns,
  style: TextStyle,
  stories: ReadonlyMap<number, SegmentStory> | null,
): string[] {
  switch (row.row) {
    case 'phase':
      return phaseLines(plain(phrases.phaseName(row.phase), style), row.text, style);
    case 'fold':
      return foldLines(row.text, columns, style);
    case 'icmp':
      return [icmpLine(row, columns, style)];
    case 'segment': {
      const story = stories?.get(row.packet);
      if (story === undefined) return segmentLines(row, columns, style);
      return [
        segmentText(row, columns, style),
        ...stateLines(row, columns, style),
        ...storyLines(story, columns.packet + GAP, style),
      ];
    }
  }
}

/** A segment by itself, in columns that do not depend on the others: for watching live. `width`: its columns. */
export function renderSegment(row: SegmentLine, width: number, style: TextStyle): string[] {
  return segmentLines(row, fixedColumns(width, style), style).map((line) => line.trimEnd());
}

/** Wide enough for a million packets, a quarter of an hour and the longest state. */
function fixedColumns(width: number, style: TextStyle): Columns {
  const times = style.delta === true ? { time: 0, since: 11 } : { time: 10, since: 0 };
  const columns = { packet: 6, ...times, client: 12, server: 12 };
  return fitColumns(columns, { ...style, width }, NARROW_ARROW, WIDEST_FIXED_ARROW);
}

function segmentLines(row: SegmentLine, columns: Columns, style: TextStyle): string[] {
  const states = stateLines(row, columns, style);
  return [
    segmentText(row, columns, style),
    ...states,
    ...row.notes.flatMap((note) => noteLines(note, columns, style)),
  ];
}

function measure(rows: readonly LadderRow[], style: TextStyle): Columns {
  const segments = rows.filter((row): row is SegmentLine => row.row === 'segment');
  const widest = (texts: string[], least: number): number =>
    texts.reduce((width, text) => Math.max(width, text.length), least);
  const columns = {
    packet: widest(
      segments.map((row) => String(row.packet)),
      1,
    ),
    time:
      style.delta === true
        ? 0
        : widest(
            segments.map((row) => timeText(row.time)),
            phrases.LADDER_HEADS.time.length,
          ),
    since: widest(
      segments.map((row) => (row.since === null ? '' : sinceText(row.since))),
      phrases.LADDER_HEADS.since.length,
    ),
    client: widest(
      segments.map((row) => phrases.stateWord(row.client)),
      phrases.LADDER_HEADS.client.length,
    ),
    server: widest(
      segments.map((row) => phrases.stateWord(row.server)),
      phrases.LADDER_HEADS.server.length,
    ),
  };
  const wanted = widest(
    segments.map((row) => label(row)),
    SMALLEST_ARROW,
  );
  const needed = widest(
    segments.map((row) => shortLabel(row)),
    SMALLEST_ARROW - 4,
  );
  return fitColumns(columns, style, needed + 4, wanted + 12);
}

/** Tried in this order: states next to the arrows with both times; without the time since the last segment; states below. */
function fitColumns(all: Omit<Columns, 'arrow'>, style: TextStyle, needed: number, most: number): Columns {
  const roomOf = (columns: Omit<Columns, 'arrow'>): number => style.width - left(columns) - right(columns);
  const fitted = (columns: Omit<Columns, 'arrow'>): Columns => ({
    ...columns,
    arrow: Math.max(NARROW_ARROW, Math.min(roomOf(columns), most)),
  });
  if (roomOf(all) >= needed) return fitted(all);
  const short = style.delta === true ? all : { ...all, since: 0 };
  if (roomOf(short) >= NARROW_ARROW) return fitted(short);
  return fitted({ ...short, client: 0, server: 0 });
}

/** Columns of both states, with the lifelines and gaps. */
function right({ client, server }: Pick<Columns, 'client' | 'server'>): number {
  return client === 0 ? 2 : client + server + 2 * GAP + 2;
}

/** Columns before the client's state, with the gaps behind them. */
function left(columns: Omit<Columns, 'arrow'>): number {
  return [columns.packet, columns.time, columns.since].reduce(
    (sum, width) => sum + (width === 0 ? 0 : width + GAP),
    0,
  );
}

function header(columns: Columns, style: TextStyle): string {
  const heads = phrases.LADDER_HEADS;
  const times = `${'#'.padStart(columns.packet)} ${timesCells(heads.time, heads.since, columns)}`;
  const ends =
    columns.client === 0
      ? heads.client.padEnd(columns.arrow + 2 - heads.server.length)
      : fitTo(heads.client, columns.client, style) + ' '.repeat(columns.arrow + 2 * GAP + 2);
  return paint(style, 'bold', `${fitTo(times, left(columns), style)}${ends}${heads.server}`);
}

/** The columns of times, those that there are. */
function timesCells(time: string, since: string, columns: Columns): string {
  const cells = [
    [time, columns.time],
    [since, columns.since],
  ] as const;
  return cells.map(([text, width]) => (width === 0 ? '' : `${text.padStart(width)} `)).join('');
}

function phaseLines(phase: string, text: string, style: TextStyle): string[] {
  const rule = style.unicode ? '──' : '--';
  const [first = '', ...rest] = wrap(plain(text, style), style.width - phase.length - 4, 3);
  return [
    `${paint(style, 'dim', rule)} ${paint(style, 'bold', phase)} ${paint(style, 'cyan', first)}`,
    ...rest.map((line) => paint(style, 'cyan', `${' '.repeat(phase.length + 1)}${line}`)),
  ];
}

/** The label of an arrow: `SYN ACK seq 0 ack 1 len 5`. PSH is left out: it does not change the connection. */
export function label(row: SegmentLine): string {
  const flags = row.flags.filter((flag) => flag !== 'PSH');
  const parts = [flags.length === 0 ? phrases.NO_FLAGS : flags.join(' '), `seq ${row.sequence}`];
  if (row.acknowledgement !== null) parts.push(`ack ${row.acknowledgement}`);
  if (row.length > 0) parts.push(`len ${row.length}`);
  return parts.join(' ');
}

/** The same in less room: `SYN ACK 0/1+5`. */
export function shortLabel(row: SegmentLine): string {
  return label(row).replaceAll('seq ', '').replaceAll(' ack ', '/').replaceAll(' len ', '+');
}

function segmentText(row: SegmentLine, columns: Columns, style: TextStyle): string {
  const packet = String(row.packet).padStart(columns.packet);
  const times = timesCells(timeText(row.time), row.since === null ? '' : sinceText(row.since), columns);
  const state = (name: string, width: number, changed: boolean): string => {
    const text = fitTo(plain(phrases.stateWord(name), style), width, style);
    return paint(style, changed ? 'bold' : 'dim', text);
  };
  const line = style.unicode ? '│' : '|';
  const lifelines = `${line}${arrow(row, columns.arrow, style)}${line}`;
  if (columns.client === 0) return `${paint(style, 'dim', `${packet} ${times.slice(0, -1)}`)} ${lifelines}`;
  return (
    `${paint(style, 'dim', `${packet} ${times.slice(0, -1)}`)} ` +
    `${state(row.client, columns.client, row.clientChanged)} ${lifelines} ` +
    state(row.server, columns.server, row.serverChanged)
  );
}

/** States that changed, where there is no room for them next to the arrow. */
function stateLines(row: SegmentLine, columns: Columns, style: TextStyle): string[] {
  if (columns.client > 0 || !(row.clientChanged || row.serverChanged)) return [];
  const heads = phrases.LADDER_HEADS;
  const states = [
    ...(row.clientChanged ? [`${heads.client} ${phrases.stateWord(row.client)}`] : []),
    ...(row.serverChanged ? [`${heads.server} ${phrases.stateWord(row.server)}`] : []),
  ];
  const indent = columns.packet + GAP;
  return wrapped(states, style.width - indent).map((text) => ' '.repeat(indent) + plain(text, style));
}

/** Parts in one line, or each in its own. */
function wrapped(parts: readonly string[], room: number): readonly string[] {
  const line = parts.join(', ');
  return line.length <= room ? [line] : parts;
}

/** A segment's arrow; one that was ignored ends in a cross. */
function arrow(row: SegmentLine, width: number, style: TextStyle): string {
  const room = width - 4;
  const text = label(row).length <= room ? label(row) : fitTo(shortLabel(row), room, style).trimEnd();
  return paint(style, colorOf(row), drawArrow(text, width, row.fromClient, row.ignored, style));
}

function colorOf(row: SegmentLine): Color {
  if (row.ignored) return 'yellow';
  if (row.flags.includes('RST')) return 'red';
  if (row.retransmitted) return 'yellow';
  return directionColor(row.fromClient);
}

function foldLines(text: string, columns: Columns, style: TextStyle): string[] {
  const indent = columns.packet + GAP;
  const dots = style.unicode ? '⋮' : ':';
  return wrap(`${dots} ${plain(text, style)}`, style.width - indent, 2).map((line) =>
    paint(style, 'dim', `${' '.repeat(indent)}${line}`),
  );
}

function icmpLine(row: IcmpRow, columns: Columns, style: TextStyle): string {
  const packet = String(row.packet).padStart(columns.packet);
  const time =
    columns.time > 0
      ? timeText(row.time).padStart(columns.time)
      : (row.since === null ? '' : sinceText(row.since)).padStart(columns.since);
  const text = `${packet} ${time} ${plain(row.text, style)}`;
  return paint(style, 'red', fitTo(text, style.width, style).trimEnd());
}

function noteLines(note: string, columns: Columns, style: TextStyle): string[] {
  const indent = columns.packet + GAP;
  const mark = style.unicode ? '└ ' : "'-";
  return wrap(plain(note, style), style.width - indent - 2, 2).map((line, index) =>
    paint(style, 'yellow', `${' '.repeat(indent)}${index === 0 ? mark : ''}${line}`),
  );
}
