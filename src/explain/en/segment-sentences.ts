/** What a segment is and does, sentence by sentence, for stepping through a ladder. */

import { ACK, AE, CWR, ECE, PSH, RST, SYN, URG } from '../../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { ackOrigin, endOf, takenText } from '../story/arithmetic.js';
import type { SegmentStory } from '../story/story.js';
import { byteCount, durationText, grouped } from './quantities.js';
import { storySentence } from './story-sentences.js';
import { capitalized } from './words.js';

/** What the ladder shows of it in addition to its own facts. */
export interface SegmentRow {
  fromClient: boolean;
  /** Its numbers as they are shown. */
  sequence: string;
  acknowledgement: string | null;
  /** Seconds since the connection began, and since the segment before; null for the first. */
  time: number;
  since: number | null;
  /** States of both ends before and after it; before the first they are empty. */
  before: { client: string; server: string };
  after: { client: string; server: string };
  notes: readonly string[];
}

/** `report.ladder` contains the segment; those before it show what it acknowledges. */
export function segmentSentences(
  segment: LadderSegment,
  row: SegmentRow,
  report: Pick<ConnectionReport, 'ladder' | 'opening'>,
  story: SegmentStory | undefined,
): string[] {
  const ladder = report.ladder ?? [];
  const earlier = ladder.slice(0, ladder.indexOf(segment));
  return [
    whenSentence(segment, row),
    ...(story === undefined ? [] : [storySentence(story)]),
    ...flagSentences(segment),
    sequenceSentence(segment, row),
    ...acknowledgementSentence(segment, row, earlier),
    ...windowSentence(segment, row, report),
    stateSentence(row),
    ...row.notes.map((note) => `${capitalized(note)}.`),
  ];
}

function whenSentence({ packet }: LadderSegment, { fromClient, time, since }: SegmentRow): string {
  const way = fromClient ? 'client to server' : 'server to client';
  const after =
    since === null
      ? 'the first of this connection'
      : `${durationText(time)} after the first, ${durationText(since)} after the one before`;
  return `Packet ${packet}, ${way}: ${after}.`;
}

/** Flags that say nothing of the connection's life: PSH, URG, and those of ECN. */
function flagSentences({ flags }: LadderSegment): string[] {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const sentences: string[] = [];
  if (has(PSH)) sentences.push('PSH: the receiver should hand the data to its application now.');
  if (has(URG)) sentences.push('URG: some of the data is urgent.');
  const ecn = [...(has(ECE) ? ['ECE'] : []), ...(has(CWR) ? ['CWR'] : []), ...(has(AE) ? ['AE'] : [])];
  if (ecn.length > 0)
    sentences.push(`${ecn.join(', ')}: ${ecnText(has)} congestion notification (ECN, RFC 3168).`);
  return sentences;
}

/** RFC 3168 6.1.1: a SYN with ECE and CWR offers it, a SYN-ACK with ECE alone agrees. */
function ecnText(has: (bit: number) => boolean): string {
  if (!has(SYN)) return 'part of';
  if (has(ACK)) return 'answers the offer of';
  return has(ECE) && has(CWR) ? 'offers' : 'not an offer of';
}

/** Numbers that do not count from the first one are shown as they are in the header. */
const RAW = ' (raw)';

function sequenceSentence(segment: LadderSegment, row: SegmentRow): string {
  const { fromClient } = row;
  const { sequence, rawSequence } = segment;
  if (row.sequence.endsWith(RAW)) return `seq ${row.sequence}: outside the numbers of this connection.`;
  const next = endOf(segment);
  const raw = `raw ${rawSequence}`;
  if (next === sequence) return `seq ${sequence} (${raw}): takes no numbers.`;
  const whose = fromClient ? 'client' : 'server';
  return `seq ${sequence}${takenText(segment, byteCount)} = ${next}, the next number of the ${whose} (${raw}).`;
}

/** `ack 7 = 6 + FIN (packet 9)`: which segment of the other side it answers. */
function acknowledgementSentence(
  segment: LadderSegment,
  row: SegmentRow,
  earlier: readonly LadderEntry[],
): string[] {
  const { acknowledgement, rawAcknowledgement } = segment;
  if (acknowledgement === null) return [];
  if (row.acknowledgement?.endsWith(RAW) === true)
    return [`ack ${row.acknowledgement}: outside the numbers of this connection.`];
  const raw = `raw ${rawAcknowledgement}`;
  const { isSame, covered, more } = ackOrigin(segment, acknowledgement, earlier);
  if (isSame) return [`ack ${acknowledgement} (${raw}): as before, nothing new is acknowledged.`];
  if (covered === null) return [`ack ${acknowledgement} (${raw}): acknowledges all before that number.`];
  const since = more > 0 ? `, ${more} more than its last ACK` : '';
  return [
    `ack ${acknowledgement} = ${covered.sequence}${takenText(covered, byteCount)} of packet ${covered.packet}${since} (${raw}).`,
  ];
}

/** RFC 7323 2.2: the window of a SYN is never scaled. The window of an RST means nothing. */
function windowSentence(
  { window, flags }: LadderSegment,
  { fromClient }: SegmentRow,
  { opening }: Pick<ConnectionReport, 'opening'>,
): string[] {
  if ((flags & RST) !== 0) return [];
  if (window === 0) return ['Window 0: no room for more data.'];
  if ((flags & SYN) !== 0) return [`Window ${byteCount(window)}; that of a SYN is never scaled.`];
  const scale = windowShift(opening.options, fromClient ? 'client' : 'server');
  if (scale === null) return [`Window ${grouped(window)}; its scale is not known.`];
  if (scale === 0) return [`Window ${byteCount(window)}.`];
  const factor = 2 ** scale;
  return [`Window ${grouped(window)} × ${grouped(factor)} = ${byteCount(window * factor)}.`];
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
