/** Where everything in the picture of a ladder is, before any of it is drawn. */
import { phrases } from '../../explain/phrases.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { FoldRow, IcmpRow, LadderRow, PhaseRow } from '../ladder-rows.js';
import type { Slopes } from '../picture/slopes.js';
import type { SegmentLine } from '../segment-line.js';
import { type Geometry, INDENT, span } from './geometry.js';
import { Lifelines } from './lifelines.js';
import { textWidth, wrapText } from './text-width.js';

export const NOTE_SIZE = 11.5;
const NOTE_LINE = 15;
const HEADING_LINE = 16;
/** From an arrow to what is below the name of a state there. */
const STATE_NAME = 27;
/** Room below the last row, so that the last state of each end is visible. */
const TAIL = 28;

export interface PlacedSegment {
  row: SegmentLine;
  /** Heights at the client's end and at the server's. */
  client: number;
  server: number;
  notes: readonly { text: string; y: number }[];
}

export interface PlacedText<Row> {
  row: Row;
  lines: readonly string[];
  /** Of the middle of the first line. */
  y: number;
}

export interface PlacedPhase {
  row: PhaseRow;
  /** Height of its heading, if it has one. */
  heading: number;
  /** From its first row to its last; infinite and 0 where it has none. */
  top: number;
  bottom: number;
}

/** The state of an end from a height on. */
export interface Stretch {
  state: string;
  from: number;
}

export interface LadderLayout {
  segments: readonly PlacedSegment[];
  folds: readonly PlacedText<FoldRow>[];
  icmp: readonly PlacedText<IcmpRow>[];
  phases: readonly PlacedPhase[];
  /** Silence that takes no room: where, and how long in seconds. */
  breaks: readonly { y: number; seconds: number }[];
  /** States of client and server. */
  states: readonly [readonly Stretch[], readonly Stretch[]];
  top: number;
  bottom: number;
}

/** `top`: where the lifelines begin. `notesOf`: what is written below a segment. */
export function layOutLadder(
  rows: readonly LadderRow[],
  report: ConnectionReport,
  geometry: Geometry,
  slopes: Slopes,
  top: number,
  notesOf: (row: SegmentLine) => readonly string[],
): LadderLayout {
  const lifelines = new Lifelines(top + 24, geometry, slopes);
  const [left, right] = span(geometry);
  const room = right - left - 2 * INDENT;
  const segments: PlacedSegment[] = [];
  const folds: PlacedText<FoldRow>[] = [];
  const icmp: PlacedText<IcmpRow>[] = [];
  const phases: PlacedPhase[] = [];
  const breaks: { y: number; seconds: number }[] = [];
  const states = firstStates(rows, report, top);
  const crossing = crossingPackets(rows, report);
  let before: number | null = null;
  const middle = (text: string): { lines: string[]; y: number } => {
    const lines = wrapText(text, NOTE_SIZE, room - 40);
    const y = lifelines.bottom + geometry.turn + 2;
    const end = y + 4 + (lines.length - 1) * NOTE_LINE;
    lifelines.keepBelow(end);
    reach(phases.at(-1), y, end);
    return { lines, y };
  };
  for (const row of rows) {
    if (row.row === 'phase') {
      const heading =
        segments.length + phases.length === 0
          ? top + (geometry.statesInside ? 22 : 12)
          : lifelines.bottom + geometry.turn;
      phases.push({ row, heading, top: Number.POSITIVE_INFINITY, bottom: 0 });
      if (geometry.phases === null)
        lifelines.keepBelow(heading + 2 + HEADING_LINE * wrapText(headingText(row), 12, room).length);
      continue;
    }
    const meets = row.row === 'segment' ? (crossing.get(row.packet) ?? null) : null;
    if (before !== null && meets !== 'second' && isIdle(row.time - before, report, slopes)) {
      const y = lifelines.bottom + geometry.turn;
      breaks.push({ y, seconds: row.time - before });
      lifelines.keepBelow(y + 7);
    }
    before = row.time;
    if (row.row === 'segment') {
      const { leaves, arrives } = lifelines.place(row, meets);
      const slope = (arrives - leaves) / (right - left);
      const least = geometry.statesInside ? belowStates(row, leaves, arrives) : 0;
      const notes = placeNotes(notesOf(row), leaves, slope, room, least);
      const last = notes.at(-1);
      if (last !== undefined) lifelines.keepBelow(last.y);
      const [client, server] = row.fromClient ? [leaves, arrives] : [arrives, leaves];
      segments.push({ row, client, server, notes });
      reach(phases.at(-1), Math.min(client, server), Math.max(client, server, last?.y ?? 0));
      addStates(states, row, client, server, segments);
    } else if (row.row === 'fold') folds.push({ row, ...middle(row.text) });
    else icmp.push({ row, ...middle(row.text) });
  }
  const changes = states.map((stretches) => stretches.at(-1)?.from ?? 0);
  const bottom = Math.max(lifelines.bottom, ...changes) + TAIL;
  return { segments, folds, icmp, phases, breaks, states, top, bottom };
}

export function headingText({ phase, text }: PhaseRow): string {
  return `${phrases.phaseName(phase)}: ${text}`;
}

/** A bracket reaches from the first row of a phase to the last. */
function reach(phase: PlacedPhase | undefined, top: number, bottom: number): void {
  if (phase === undefined) return;
  phase.top = Math.min(phase.top, top);
  phase.bottom = Math.max(phase.bottom, bottom);
}

/** Silence longer than a twentieth of the connection, and than any answer takes. */
function isIdle(seconds: number, { duration, traffic }: ConnectionReport, { oneWay }: Slopes): boolean {
  const roundTrip = Math.min(
    traffic.client.rtt?.min ?? Number.POSITIVE_INFINITY,
    traffic.server.rtt?.min ?? Number.POSITIVE_INFINITY,
  );
  const usual = oneWay > 0 ? 2 * oneWay : Number.isFinite(roundTrip) ? roundTrip : 0;
  return seconds > Math.max(duration / 20, 0.001, 1.25 * usual);
}

/** The first place for notes, as names of states are below the ends of the arrow. */
function belowStates(
  { fromClient, clientChanged, serverChanged }: SegmentLine,
  leaves: number,
  arrives: number,
): number {
  const [left, arrived] = fromClient ? [clientChanged, serverChanged] : [serverChanged, clientChanged];
  if (arrived) return arrives + STATE_NAME;
  return left ? leaves + STATE_NAME : 0;
}

function placeNotes(
  notes: readonly string[],
  leaves: number,
  slope: number,
  room: number,
  least: number,
): { text: string; y: number }[] {
  const lines = notes.flatMap((note) => wrapText(note, NOTE_SIZE, room));
  const [first = ''] = lines;
  // below the arrow where it is lowest over the first line
  const start = Math.max(least, leaves + slope * (INDENT + textWidth(first, NOTE_SIZE)) + 14);
  return lines.map((text, at) => ({ text, y: start + at * NOTE_LINE }));
}

/**
 * The SYNs of a simultaneous open and the FINs of a simultaneous close (RFC 9293 Figures 7 and 13), where they follow each other in
 * the capture.
 */
function crossingPackets(
  rows: readonly LadderRow[],
  { opening, closing }: ConnectionReport,
): Map<number, 'first' | 'second'> {
  const packets = new Set([
    ...(opening.kind === 'simultaneous' ? opening.packets : []),
    ...(closing.kind === 'simultaneous' ? closing.packets : []),
  ]);
  const found = new Map<number, 'first' | 'second'>();
  rows.forEach((row, at) => {
    const next = rows[at + 1];
    if (row.row !== 'segment' || next?.row !== 'segment' || row.fromClient === next.fromClient) return;
    const flag = ['SYN', 'FIN'].find((name) => row.flags.includes(name));
    const both = flag !== undefined && next.flags.includes(flag);
    if (!both || !packets.has(row.packet) || !packets.has(next.packet) || found.has(row.packet)) return;
    found.set(row.packet, 'first');
    found.set(next.packet, 'second');
  });
  return found;
}

function firstStates(
  rows: readonly LadderRow[],
  { opening }: ConnectionReport,
  top: number,
): [Stretch[], Stretch[]] {
  const first = rows.find((row) => row.row === 'segment');
  const begins = first?.flags.includes('SYN') === true && !first.flags.includes('ACK');
  const server = begins && opening.synAckCount > 0 && first.server !== 'unseen' ? 'LISTEN' : 'unseen';
  return [[{ state: begins ? 'CLOSED' : 'unseen', from: top }], [{ state: server, from: top }]];
}

/** What an end was in between where its FIN or SYN crossed the other's, by what it is then: it left before that arrived. */
const BETWEEN: Readonly<Record<string, { state: string; after: readonly string[] }>> = {
  CLOSING: { state: 'FIN-WAIT-1', after: ['ESTABLISHED'] },
  'SYN-RECEIVED': { state: 'SYN-SENT', after: ['unseen', 'CLOSED', 'LISTEN'] },
};
/** Names of states do not overlap. */
const SHORTEST = 13;

function addStates(
  [client, server]: readonly [Stretch[], Stretch[]],
  row: SegmentLine,
  clientAt: number,
  serverAt: number,
  segments: readonly PlacedSegment[],
): void {
  const previous = segments.at(-2);
  const own = row.fromClient ? client : server;
  const ownState = row.fromClient ? row.client : row.server;
  const leaves = row.fromClient ? clientAt : serverAt;
  const arrived = previous === undefined ? 0 : row.fromClient ? previous.client : previous.server;
  const between = BETWEEN[ownState];
  const crosses = previous !== undefined && previous.row.fromClient !== row.fromClient && arrived > leaves;
  if (crosses && between?.after.includes(own.at(-1)?.state ?? '') === true) {
    change(own, between.state, leaves);
    change(own, ownState, arrived);
  } else change(own, ownState, leaves);
  if (row.fromClient) change(server, row.server, serverAt);
  else change(client, row.client, clientAt);
}

function change(stretches: Stretch[], state: string, from: number): void {
  const last = stretches.at(-1);
  if (state !== '' && last?.state !== state)
    stretches.push({ state, from: Math.max(from, (last?.from ?? 0) + SHORTEST) });
}
