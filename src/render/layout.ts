/**
 * The ladder as rows, before any drawing: phases, segments, folds and notes. Text, SVG and HTML draw the same rows.
 */
import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../decode/packet.js';
import { byteCount, count } from '../explain/quantities.js';
import { closingSentence, findingSentence, ignoredSentence, openingSentence } from '../explain/sentences.js';
import { CAPTURE_DUPLICATE, codeNames } from '../track/codes.js';
import type { LadderFold, LadderSegment } from '../track/detail.js';
import { extendFold, isFold, newFold } from '../track/ladder-keep.js';
import { ESTABLISHED, stateName, UNSEEN } from '../track/transition.js';
import type { ConnectionReport } from '../verdict/report.js';

export type Phase = 'opening' | 'data' | 'closing';

export interface PhaseRow {
  row: 'phase';
  phase: Phase;
  text: string;
}

export interface SegmentLine {
  row: 'segment';
  packet: number;
  /** Seconds since the connection began, and since the segment before; the first has no `since`. */
  time: number;
  since: number | null;
  fromClient: boolean;
  flags: string[];
  sequence: number;
  acknowledgement: number | null;
  length: number;
  /** State of each end after it. */
  client: string;
  server: string;
  /** Whether that state is new. */
  clientChanged: boolean;
  serverChanged: boolean;
  ignored: boolean;
  retransmitted: boolean;
  notes: string[];
}

export interface FoldRow {
  row: 'fold';
  text: string;
  client: string;
  server: string;
}

export type LadderRow = PhaseRow | SegmentLine | FoldRow;

/** How many plain data segments are shown before and after a fold, and from how many on it folds. */
const FOLD_FROM = 12;
const SHOWN_BEFORE = 4;
const SHOWN_AFTER = 2;

const FLAG_NAMES: readonly [number, string][] = [
  [SYN, 'SYN'],
  [FIN, 'FIN'],
  [RST, 'RST'],
  [PSH, 'PSH'],
  [ACK, 'ACK'],
  [URG, 'URG'],
  [ECE, 'ECE'],
  [CWR, 'CWR'],
  [AE, 'AE'],
];

/** Flags as words, the ones that matter most first. */
export function flagNames(flags: number): string[] {
  return FLAG_NAMES.flatMap(([bit, name]) => ((flags & bit) !== 0 ? [name] : []));
}

export function ladderRows(report: ConnectionReport, absolute: boolean): LadderRow[] {
  const kept = report.ladder ?? [];
  const rows: LadderRow[] = [];
  let phase: Phase | null = null;
  let before: number | null = null;
  let states: [string, string] = ['', ''];
  for (const entry of foldData(kept, report)) {
    const next: Phase = isFold(entry) ? 'data' : phaseOf(entry, phase, report);
    if (next !== phase && !(phase === 'closing' && next === 'data')) {
      phase = next;
      rows.push({ row: 'phase', phase, text: phaseText(phase, report) });
    }
    if (isFold(entry)) {
      rows.push({ row: 'fold', text: foldText(entry, report), client: states[0], server: states[1] });
      before = entry.lastAt;
      continue;
    }
    const line = segmentLine(entry, report, before, states, absolute);
    states = [line.client, line.server];
    before = entry.at;
    rows.push(line);
  }
  return rows;
}

/** Long runs of plain data become folds; what is remarkable stays. */
function foldData(
  entries: readonly (LadderSegment | LadderFold)[],
  report: ConnectionReport,
): (LadderSegment | LadderFold)[] {
  const plain = entries.filter((entry) => !isFold(entry) && isPlainData(entry, report)).length;
  if (plain < FOLD_FROM) return [...entries];
  const result: (LadderSegment | LadderFold)[] = [];
  let seen = 0;
  for (const entry of entries) {
    if (isFold(entry) || !isPlainData(entry, report)) {
      result.push(entry);
      continue;
    }
    seen++;
    if (seen <= SHOWN_BEFORE || seen > plain - SHOWN_AFTER) {
      result.push(entry);
      continue;
    }
    const last = result.at(-1);
    if (last !== undefined && isFold(last)) extendFold(last, entry);
    else result.push(newFold(entry));
  }
  return result;
}

function isPlainData(segment: LadderSegment, report: ConnectionReport): boolean {
  return (
    (segment.flags & (SYN | FIN | RST)) === 0 &&
    segment.ignored === null &&
    phaseOf(segment, null, report) === 'data'
  );
}

function phaseOf(segment: LadderSegment, current: Phase | null, report: ConnectionReport): Phase {
  if (current === 'closing') return 'closing';
  const closes = (segment.flags & FIN) !== 0 || ((segment.flags & RST) !== 0 && segment.ignored === null);
  const opened = report.opening.packets.at(-1) ?? 0;
  if (report.opening.kind !== 'not-captured' && (!report.opening.complete || segment.packet <= opened))
    return 'opening';
  if (closes) return 'closing';
  const [a, b] = segment.states;
  const after = (state: number): boolean => state > ESTABLISHED || (state !== UNSEEN && state < ESTABLISHED);
  return after(a) || after(b) ? 'closing' : 'data';
}

function phaseText(phase: Phase, report: ConnectionReport): string {
  if (phase === 'opening') return openingSentence(report);
  if (phase === 'closing') return closingSentence(report);
  const { client, server } = report.traffic;
  if (report.opening.kind === 'not-captured') {
    return `opening ${openingSentence(report)}; ${byteCount(client.bytes)} from client, ${byteCount(server.bytes)} from server`;
  }
  return `${byteCount(client.bytes)} from client, ${byteCount(server.bytes)} from server`;
}

function foldText(fold: LadderFold, report: ConnectionReport): string {
  const [client, server] = report.clientSide === 0 ? [0, 1] : [1, 0];
  const part = (side: 0 | 1): string =>
    `${count(fold.segments[side], 'segment')} (${byteCount(fold.bytes[side])})`;
  return `packets ${fold.from} to ${fold.to}: ${part(client as 0 | 1)} from client, ${part(server as 0 | 1)} from server`;
}

function segmentLine(
  segment: LadderSegment,
  report: ConnectionReport,
  before: number | null,
  states: readonly [string, string],
  absolute: boolean,
): SegmentLine {
  const clientSide = report.clientSide;
  const client = stateName(segment.states[clientSide]);
  const server = stateName(segment.states[clientSide === 0 ? 1 : 0]);
  const silentServer = report.traffic.server.packets === 0;
  return {
    row: 'segment',
    packet: segment.packet,
    time: (segment.at - report.startedAt) / 1e9,
    since: before === null ? null : (segment.at - before) / 1e9,
    fromClient: segment.side === clientSide,
    flags: flagNames(segment.flags),
    sequence: absolute ? segment.rawSequence : segment.sequence,
    acknowledgement:
      segment.acknowledgement === null
        ? null
        : absolute
          ? segment.rawAcknowledgement
          : segment.acknowledgement,
    length: segment.length,
    client,
    server: silentServer ? 'unseen' : server,
    clientChanged: client !== states[0],
    serverChanged: (silentServer ? 'unseen' : server) !== states[1],
    ignored: segment.ignored !== null,
    retransmitted: (segment.codes & (1 | CAPTURE_DUPLICATE)) !== 0,
    notes: notesOf(segment, report),
  };
}

/** Codes that say nothing beside a more precise one. */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'retransmission',
    ['fast-retransmission', 'spurious-retransmission', 'syn-retry', 'syn-ack-retry', 'fin-retry'],
  ],
  ['ignored-segment', ['ignored-segment']],
  ['out-of-order', ['syn-ack-retry', 'simultaneous-open']],
]);

function notesOf(segment: LadderSegment, report: ConnectionReport): string[] {
  const names: readonly string[] = codeNames(segment.codes);
  const notes = names
    .filter((name) => !(IMPLIED.get(name) ?? []).some((better) => names.includes(better)))
    .map((code) => findingSentence({ code, packet: segment.packet, by: segment.side }, report));
  if (segment.ignored !== null)
    notes.unshift(`seen, ignored by the receiver: ${ignoredSentence(segment.ignored)}`);
  return notes;
}
