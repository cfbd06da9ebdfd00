/** A segment as the ladder shows it: its numbers, the states after it, and notes. */
import { flagNames } from '../decode/tcp-flags.js';
import { phrases } from '../explain/phrases.js';
import { CAPTURE_DUPLICATE, type Code, codeNames, RETRANSMISSION } from '../track/memory/codes.js';
import type { LadderSegment } from '../track/memory/extras.js';
import { stateName } from '../track/rfc9293/transition.js';
import { isSentAgain } from './sent-again.js';
import { numberText } from './sequence-number.js';

export interface SegmentLine {
  row: 'segment';
  packet: number;
  /** Seconds since the connection began, and since the segment before; the first has no `since`. */
  time: number;
  since: number | null;
  fromClient: boolean;
  flags: string[];
  /** Numbers as they are shown, `0 (raw)` where the relative one makes no sense; `acknowledgement` null without ACK. */
  sequence: string;
  acknowledgement: string | null;
  /** The same as values, relative to the first number of each end. */
  numbers: { sequence: number; acknowledgement: number | null };
  length: number;
  /** It was sent before, at least in part. */
  again: boolean;
  codes: readonly Code[];
  /** State of each end after it. */
  client: string;
  server: string;
  /** Whether that state is new. */
  clientChanged: boolean;
  serverChanged: boolean;
  ignored: boolean;
  retransmitted: boolean;
  /** Which of several duplicate ACKs of the same number it is, from 1; null where it is none, or that is not known. */
  duplicate: number | null;
  /** It asks for a window that is closed. */
  probes: boolean;
  notes: string[];
}

/** What a segment's row needs of its connection. */
export interface RowContext {
  clientSide: 0 | 1;
  /** Nanoseconds, the scale of the segments' times. */
  startedAt: number;
  /** False where the server never sent anything. */
  serverSeen: boolean;
  /** True where it sent a SYN-ACK, so that it was in LISTEN before. */
  listened: boolean;
  /** Payload bytes of client and server, those sent again included: up to where their numbers go. */
  sent: readonly [number, number];
}

export function sinceStart(at: number, report: Pick<RowContext, 'startedAt'>): number {
  return (at - report.startedAt) / 1e9;
}

/** What a segment's row needs of those before it. */
export interface Circumstances {
  /** Time of the segment before it, and the states after that. */
  before: number | null;
  states: readonly [string, string];
  /** It asks for a window that is closed. */
  probes?: boolean;
  /** Which of several duplicate ACKs of the same number it is, from 1; null where it is none, or that is not known. */
  duplicate?: number | null;
}

export function segmentLine(
  segment: LadderSegment,
  report: RowContext,
  absolute: boolean,
  { before, states, probes = false, duplicate = null }: Circumstances,
): SegmentLine {
  const clientSide = report.clientSide;
  const client = stateName(segment.states[clientSide]);
  const server = stateName(segment.states[clientSide === 0 ? 1 : 0]);
  const silentServer = !report.serverSeen || (server === 'LISTEN' && !report.listened);
  const fromClient = segment.side === clientSide;
  const [own, other] = fromClient ? report.sent : [report.sent[1], report.sent[0]];
  return {
    row: 'segment',
    packet: segment.packet,
    time: sinceStart(segment.at, report),
    since: before === null ? null : (segment.at - before) / 1e9,
    fromClient,
    flags: flagNames(segment.flags),
    sequence: numberText(segment.sequence, segment.rawSequence, own, absolute),
    acknowledgement:
      segment.acknowledgement === null
        ? null
        : numberText(segment.acknowledgement, segment.rawAcknowledgement, other, absolute),
    numbers: { sequence: segment.sequence, acknowledgement: segment.acknowledgement },
    length: segment.length,
    again: isSentAgain(segment),
    codes: codeNames(segment.codes),
    client,
    server: silentServer ? 'unseen' : server,
    clientChanged: client !== states[0],
    serverChanged: (silentServer ? 'unseen' : server) !== states[1],
    ignored: segment.ignored !== null,
    retransmitted: (segment.codes & (RETRANSMISSION | CAPTURE_DUPLICATE)) !== 0,
    duplicate,
    probes,
    notes: notesOf(segment, report, probes, duplicate),
  };
}

/** Codes that add nothing to a more precise one. */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'retransmission',
    ['fast-retransmission', 'spurious-retransmission', 'syn-retry', 'syn-ack-retry', 'fin-retry'],
  ],
  ['ignored-segment', ['ignored-segment']],
  ['out-of-order', ['syn-ack-retry', 'simultaneous-open']],
  ['duplicate-ack', ['dsack']],
]);

/** Codes replaced by what is known of the segment's bytes. */
const BY_BYTES: ReadonlySet<string> = new Set([
  'retransmission',
  'fast-retransmission',
  'out-of-order',
  'lost-segment',
  'fin-retry',
]);

function notesOf(
  segment: LadderSegment,
  report: RowContext,
  probes: boolean,
  duplicate: number | null,
): string[] {
  const names: readonly string[] = codeNames(segment.codes);
  const notes = names
    .filter((name) => !(IMPLIED.get(name) ?? []).some((better) => names.includes(better)))
    .filter((name) => !BY_BYTES.has(name) && !(probes && name === 'duplicate-ack'))
    .map((code) =>
      code === 'duplicate-ack'
        ? phrases.duplicateAckText(duplicate)
        : phrases.findingSentence({ code, packet: segment.packet, by: segment.side }, report),
    );
  const bytes = phrases.bytesSentence(segment, names);
  if (bytes !== '') notes.unshift(bytes);
  if (probes)
    notes.push(
      phrases.findingSentence(
        { code: 'zero-window-probe', packet: segment.packet, by: segment.side },
        report,
      ),
    );
  const note = phrases.rowNote(segment);
  if (note !== null) notes.unshift(phrases.ignoredNote(note));
  return notes;
}
