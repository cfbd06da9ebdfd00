/**
 * The ladder as rows, before any drawing: phases, segments, folds and notes. Text, SVG and HTML draw the same rows.
 */
import { FIN, RST, SYN } from '../decode/packet.js';
import { phrases } from '../explain/phrases.js';
import { CAPTURE_DUPLICATE, DSACK, DUPLICATE_ACK, HALF_CLOSE, WINDOW_UPDATE } from '../track/memory/codes.js';
import type { LadderEntry, LadderFold, LadderIcmp, LadderSegment } from '../track/memory/extras.js';
import { extendFold, isFold, newFold } from '../track/results/ladder.js';
import { ESTABLISHED } from '../track/rfc9293/transition.js';
import type { ConnectionReport, Traffic } from '../verdict/report.js';
import { icmpReport } from '../verdict/udp.js';
import { type RowContext, type SegmentLine, segmentLine, sinceStart } from './segment-line.js';

export type Phase = 'opening' | 'data' | 'closing';

export interface PhaseRow {
  row: 'phase';
  phase: Phase;
  text: string;
}

export interface FoldRow {
  row: 'fold';
  text: string;
  /** First and last packet, and seconds from the start of the connection to the first. */
  from: number;
  to: number;
  time: number;
  /** Segments and payload bytes of client and server. */
  segments: readonly [number, number];
  bytes: readonly [number, number];
  client: string;
  server: string;
}

/** An ICMP error that answered the connection. */
export interface IcmpRow {
  row: 'icmp';
  packet: number;
  time: number;
  /** Seconds since the packet before. */
  since: number | null;
  text: string;
}

export type LadderRow = PhaseRow | SegmentLine | FoldRow | IcmpRow;

/** How many plain data segments are shown before and after a fold, and from how many on it folds. */
const FOLD_FROM = 12;
const SHOWN_BEFORE = 4;
const SHOWN_AFTER = 2;

/** `folded`: long runs of plain data take one row; else only what the tracker folded. */
export function ladderRows(report: ConnectionReport, absolute: boolean, folded = true): LadderRow[] {
  const rows: LadderRow[] = [];
  let phase: Phase | null = null;
  let before: number | null = null;
  let states: [string, string] = ['', ''];
  /** Whether the window of each side is closed. */
  const closed: [boolean, boolean] = [false, false];
  const { client, server } = report.traffic;
  const context: RowContext = {
    clientSide: report.clientSide,
    startedAt: report.startedAt,
    serverSeen: server.packets > 0,
    // an end that sent a SYN of its own was not in LISTEN
    listened: report.opening.synAckCount > 0 && !isMutual(report),
    sent: [client.bytes, server.bytes],
  };
  if (report.opening.kind === 'not-captured') {
    rows.push({ row: 'phase', phase: 'opening', text: phrases.openingSentence(report) });
    phase = 'opening';
  }
  const entries = report.ladder ?? [];
  const duplicates = duplicateNumbers(entries);
  for (const entry of folded ? foldData(entries, report) : entries) {
    if (isIcmp(entry)) {
      rows.push({
        row: 'icmp',
        packet: entry.icmp.packet,
        time: sinceStart(entry.icmp.at, report),
        since: before === null ? null : (entry.icmp.at - before) / 1e9,
        text: icmpLine(entry),
      });
      before = entry.icmp.at;
      continue;
    }
    const next: Phase = isFold(entry) ? 'data' : phaseOf(entry, phase, report);
    if (next !== phase && !(phase === 'closing' && next === 'data')) {
      phase = next;
      rows.push({ row: 'phase', phase, text: phaseText(phase, report) });
    }
    if (isFold(entry)) {
      rows.push({
        row: 'fold',
        text: foldText(entry, report),
        from: entry.from,
        to: entry.to,
        time: sinceStart(entry.at, report),
        segments: clientFirst(entry.segments, report),
        bytes: clientFirst(entry.bytes, report),
        client: states[0],
        server: states[1],
      });
      before = entry.lastAt;
      continue;
    }
    const probes = isEmptyProbe(entry, closed);
    if ((entry.flags & (SYN | RST)) === 0 && entry.ignored === null) closed[entry.side] = entry.window === 0;
    const circumstances = { before, states, probes, duplicate: duplicates.get(entry) ?? null };
    const line = inOwnOrder(segmentLine(entry, context, absolute, circumstances), states, report);
    states = [line.client, line.server];
    before = entry.at;
    rows.push(line);
  }
  if (phase !== 'closing' && report.closing.kind !== 'none') {
    rows.push({ row: 'phase', phase: 'closing', text: phrases.closingSentence(report) });
  }
  return rows;
}

/** Both ends sent a SYN by themselves (RFC 9293 Figure 7), not one in answer to the other. */
function isMutual({ opening, findingCounts }: ConnectionReport): boolean {
  return opening.kind === 'simultaneous' && findingCounts['split-handshake'] === undefined;
}

/**
 * States as each end had them. Of a simultaneous close the capture shows a FIN pass before its receiver has it, which has
 * sent its own by then and is never in CLOSE-WAIT (RFC 9293 Figure 13).
 */
function inOwnOrder(
  line: SegmentLine,
  before: readonly [string, string],
  report: ConnectionReport,
): SegmentLine {
  const crossed = report.closing.kind === 'simultaneous';
  const own = (state: string): string => (crossed && state === 'CLOSE-WAIT' ? 'ESTABLISHED' : state);
  const client = own(line.client);
  const server = own(line.server);
  return {
    ...line,
    client,
    server,
    clientChanged: client !== before[0],
    serverChanged: server !== before[1],
  };
}

/** Of several duplicate ACKs of the same number, which one each is, from 1: the third triggers a fast retransmission. */
function duplicateNumbers(entries: readonly LadderEntry[]): ReadonlyMap<LadderSegment, number> {
  const numbers = new Map<LadderSegment, number>();
  const last: [{ of: number | null; count: number } | null, { of: number | null; count: number } | null] = [
    null,
    null,
  ];
  for (const entry of entries) {
    if (isIcmp(entry)) continue;
    if (isFold(entry)) {
      // how many were in it is not kept
      last.fill(null);
      continue;
    }
    const { side, acknowledgement, codes } = entry;
    const before = last[side];
    if ((codes & DUPLICATE_ACK) === 0) {
      if (before === null || before.of !== acknowledgement) last[side] = { of: acknowledgement, count: 0 };
      continue;
    }
    if (before === null || before.of !== acknowledgement) continue;
    before.count++;
    numbers.set(entry, before.count);
  }
  return numbers;
}

/** An empty segment with nothing new, sent to a closed window: Linux and others probe so (RFC 9293 3.8.6.1). */
function isEmptyProbe(segment: LadderSegment, closed: readonly [boolean, boolean]): boolean {
  const repeats = segment.length === 0 && (segment.codes & DUPLICATE_ACK) !== 0;
  return repeats && closed[segment.side === 0 ? 1 : 0];
}

function isIcmp(entry: LadderEntry): entry is LadderIcmp {
  return 'icmp' in entry;
}

function icmpLine({ icmp }: LadderIcmp): string {
  const report = icmpReport(icmp);
  return phrases.icmpFrom(report.from, phrases.icmpText({ ...report, version: icmp.version }));
}

/**
 * Folds long runs of plain data; remarkable segments stay. Where the tracker has folded already, nothing
 * is shown between its fold and the first segments.
 */
function foldData(entries: readonly LadderEntry[], report: ConnectionReport): LadderEntry[] {
  const isPlain = (entry: LadderEntry): entry is LadderSegment =>
    !isFold(entry) && !isIcmp(entry) && isPlainData(entry, report);
  const plain = entries.filter(isPlain).length;
  const lastFold = entries.findLastIndex(isFold);
  if (plain < FOLD_FROM && lastFold < 0) return [...entries];
  const result: LadderEntry[] = [];
  let seen = 0;
  entries.forEach((entry, index) => {
    const last = result.at(-1);
    if (isFold(entry)) {
      if (last !== undefined && isFold(last)) joinFold(last, entry);
      else result.push(copyFold(entry));
      return;
    }
    if (!isPlain(entry)) {
      result.push(entry);
      return;
    }
    seen++;
    if (seen <= SHOWN_BEFORE || (index > lastFold && seen > plain - SHOWN_AFTER)) result.push(entry);
    else if (last !== undefined && isFold(last)) extendFold(last, entry);
    else result.push(newFold(entry));
  });
  return result;
}

/** The report's own folds are left as they are. */
function copyFold(fold: LadderFold): LadderFold {
  return { ...fold, segments: [...fold.segments], bytes: [...fold.bytes] };
}

function joinFold(into: LadderFold, next: LadderFold): void {
  into.to = next.to;
  into.lastAt = next.lastAt;
  for (const side of [0, 1] as const) {
    into.segments[side] += next.segments[side];
    into.bytes[side] += next.bytes[side];
  }
}

/** Repeated window updates and duplicate ACKs may be folded away with the data around them. */
const FOLDABLE = WINDOW_UPDATE | DUPLICATE_ACK | DSACK | HALF_CLOSE;

/** Plain data: nothing in it changes a state or stands out; that sent in a half-close too. */
function isPlainData(segment: LadderSegment, report: ConnectionReport): boolean {
  return (
    (segment.flags & (SYN | FIN | RST)) === 0 &&
    segment.ignored === null &&
    (segment.codes & ~FOLDABLE) === 0 &&
    (phaseOf(segment, null, report) === 'data' || segment.length > 0)
  );
}

function phaseOf(segment: LadderSegment, current: Phase | null, report: ConnectionReport): Phase {
  if (current === 'closing') return 'closing';
  // a second copy is folded with its original
  if (current !== null && (segment.codes & CAPTURE_DUPLICATE) !== 0) return current;
  const { kind, complete, packets } = report.opening;
  if (kind !== 'not-captured' && (!complete || segment.packet <= (packets.at(-1) ?? 0))) return 'opening';
  if ((segment.flags & (FIN | RST)) !== 0 && segment.ignored === null) return 'closing';
  const [a, b] = segment.states;
  return a > ESTABLISHED || b > ESTABLISHED ? 'closing' : 'data';
}

function phaseText(phase: Phase, report: ConnectionReport): string {
  if (phase === 'opening') return phrases.openingSentence(report);
  if (phase === 'closing') return phrases.closingSentence(report);
  const { client, server } = report.traffic;
  return `${sentBytes(client, 'client')}, ${sentBytes(server, 'server')}`;
}

function sentBytes({ bytes, retransmittedBytes: again }: Traffic, who: 'client' | 'server'): string {
  return phrases.sentBytesText(who, bytes - again, again);
}

function clientFirst([a, b]: readonly [number, number], report: ConnectionReport): [number, number] {
  return report.clientSide === 0 ? [a, b] : [b, a];
}

function foldText(fold: LadderFold, report: ConnectionReport): string {
  const { from, to } = fold;
  return phrases.foldSentence({
    from,
    to,
    segments: clientFirst(fold.segments, report),
    bytes: clientFirst(fold.bytes, report),
  });
}
