/** What a segment is and does, sentence by sentence: for whoever steps through a ladder. */
import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { byteCount, durationText, grouped } from './quantities.js';

/** What the ladder shows of it beside its own facts. */
export interface SegmentRow {
  fromClient: boolean;
  /** Seconds since the connection began, and since the segment before; null for the first. */
  time: number;
  since: number | null;
  /** States of both ends before and after it; before the first they are empty. */
  before: { client: string; server: string };
  after: { client: string; server: string };
  notes: readonly string[];
}

/** `report.ladder` holds the segment; those before it tell what it acknowledges. */
export function segmentSentences(
  segment: LadderSegment,
  row: SegmentRow,
  report: Pick<ConnectionReport, 'ladder' | 'opening' | 'clientSide'>,
): string[] {
  const earlier = earlierSegments(report.ladder ?? [], segment);
  return [
    whenSentence(segment, row),
    ...flagSentences(segment),
    sequenceSentence(segment, row),
    ...acknowledgementSentence(segment, earlier),
    windowSentence(segment, row, report),
    stateSentence(row),
    ...row.notes.map((note) => `${capitalized(note)}.`),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function earlierSegments(ladder: readonly LadderEntry[], segment: LadderSegment): LadderSegment[] {
  const before = ladder.slice(0, ladder.indexOf(segment));
  return before.filter((entry): entry is LadderSegment => 'sequence' in entry);
}

function whenSentence({ packet }: LadderSegment, { fromClient, time, since }: SegmentRow): string {
  const way = fromClient ? 'client to server' : 'server to client';
  const after =
    since === null
      ? 'the first of this connection'
      : `${durationText(time)} after the first, ${durationText(since)} after the one before`;
  return `Packet ${packet}, ${way}: ${after}.`;
}

/** RFC 9293 3.1 for each flag; what SYN and ACK mean together. */
function flagSentences({ flags, length }: LadderSegment): string[] {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const sentences: string[] = [];
  if (has(SYN) && has(ACK)) sentences.push('SYN ACK: accepts the connection, and opens the other direction.');
  else if (has(SYN))
    sentences.push('SYN: asks for a connection, and says where the numbers of this side begin.');
  if (has(RST)) sentences.push('RST: ends the connection at once; nothing more is sent or received.');
  if (has(FIN)) sentences.push('FIN: this side sends no more data; the other side may go on.');
  if (!has(SYN) && !has(RST) && !has(FIN))
    sentences.push(
      length > 0
        ? `Data: ${byteCount(length)}.`
        : has(ACK)
          ? 'ACK: no data, only an acknowledgement.'
          : 'No data.',
    );
  else if (length > 0) sentences.push(`With ${byteCount(length)} of data.`);
  if (has(PSH)) sentences.push('PSH: the receiver should hand the data to its application now.');
  if (has(URG)) sentences.push('URG: some of the data is urgent.');
  const ecn = [...(has(ECE) ? ['ECE'] : []), ...(has(CWR) ? ['CWR'] : []), ...(has(AE) ? ['AE'] : [])];
  if (ecn.length > 0)
    sentences.push(
      has(SYN)
        ? `${ecn.join(', ')}: offers congestion notification (ECN, RFC 3168).`
        : `${ecn.join(', ')}: congestion notification (ECN, RFC 3168).`,
    );
  return sentences;
}

/** What a segment takes of its sender's numbers, as it is added up: `+ SYN`, `+ 5 bytes`. SYN and FIN take one each. */
function takenText({ flags, length }: LadderSegment): string {
  const parts = [
    ...((flags & SYN) !== 0 ? ['SYN'] : []),
    ...(length > 0 ? [byteCount(length)] : []),
    ...((flags & FIN) !== 0 ? ['FIN'] : []),
  ];
  return parts.map((part) => ` + ${part}`).join('');
}

function nextOf({ sequence, flags, length }: LadderSegment): number {
  return sequence + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
}

/** Relative numbers beyond the largest window (RFC 7323 2.3) do not count from the first one. */
const MAX_WINDOW = 2 ** 30;

function isRelative(number: number): boolean {
  return Math.abs(number) <= 2 ** 32 && number >= -MAX_WINDOW;
}

function sequenceSentence(segment: LadderSegment, { fromClient }: SegmentRow): string {
  const { sequence, rawSequence } = segment;
  if (!isRelative(sequence)) return `seq ${rawSequence} (raw): not a number of this connection.`;
  const next = nextOf(segment);
  const raw = `raw ${rawSequence}`;
  if (next === sequence) return `seq ${grouped(sequence)} (${raw}): takes no numbers.`;
  const whose = fromClient ? 'client' : 'server';
  return `seq ${grouped(sequence)}${takenText(segment)} = ${grouped(next)}, the next number of the ${whose} (${raw}).`;
}

/** `ack 7 = 6 + FIN (packet 9)`: which segment of the other side it answers. */
function acknowledgementSentence(
  { acknowledgement, rawAcknowledgement, side }: LadderSegment,
  earlier: readonly LadderSegment[],
): string[] {
  if (acknowledgement === null) return [];
  const raw = `raw ${rawAcknowledgement}`;
  const last = earlier.findLast((each) => each.side === side && each.acknowledgement !== null);
  const before = last?.acknowledgement ?? null;
  const covered = earlier.findLast(
    (each) => each.side !== side && nextOf(each) === acknowledgement && nextOf(each) > each.sequence,
  );
  if (before === acknowledgement)
    return [`ack ${grouped(acknowledgement)} (${raw}): as before, nothing new is acknowledged.`];
  if (covered === undefined)
    return [`ack ${grouped(acknowledgement)} (${raw}): all before that number has arrived.`];
  const more = before === null ? 0 : acknowledgement - before;
  const since = more > covered.length + 1 ? `, ${grouped(more)} more than its last ACK` : '';
  return [
    `ack ${grouped(acknowledgement)} = ${grouped(covered.sequence)}${takenText(covered)} of packet ${covered.packet}${since} (${raw}).`,
  ];
}

/** RFC 7323 2.2: the window of a SYN is never scaled. */
function windowSentence(
  { window, flags }: LadderSegment,
  { fromClient }: SegmentRow,
  { opening }: Pick<ConnectionReport, 'opening'>,
): string {
  if (window === 0 && (flags & RST) === 0) return 'Window 0: no room for more data.';
  if ((flags & SYN) !== 0) return `Window ${byteCount(window)}; that of a SYN is never scaled.`;
  const scales = opening.options.agreed?.windowScale;
  const scale = scales?.[fromClient ? 'client' : 'server'] ?? null;
  if (scale === null) return `Window ${grouped(window)}; its scale is not known.`;
  if (scale === 0) return `Window ${byteCount(window)}.`;
  const factor = 2 ** scale;
  return `Window ${grouped(window)} × ${grouped(factor)} = ${byteCount(window * factor)}.`;
}

function stateSentence({ before, after }: SegmentRow): string {
  const part = (end: 'client' | 'server'): string => {
    const [from, to] = [before[end], after[end]];
    if (from === '' || from === to) return `${end} ${to}`;
    return `${end} ${from} → ${to}`;
  };
  const changed = before.client !== after.client || before.server !== after.server;
  const same = before.client !== '' && !changed ? ' (unchanged)' : '';
  return `States: ${part('client')}, ${part('server')}${same}.`;
}
