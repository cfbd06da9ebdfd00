/**
 * The TCP header of a segment, field by field: bytes, value, and what it says in this connection. RFC 9293 3.1; options in
 * option-fields.ts.
 */
import { escapeText } from '../../escape.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { optionFields } from './option-fields.js';
import { byteCount, grouped } from './quantities.js';

export interface HeaderField {
  name: string;
  /** Bytes of the header, from the first to before the last. */
  from: number;
  to: number;
  value: string;
  /** A sentence or two, without the last full stop. */
  meaning: string;
}

export interface HeaderContext {
  segment: LadderSegment;
  report: ConnectionReport;
}

const FIXED = 20;

/** `bytes`: the header and first bytes of data, as far as they were captured. */
export function headerFields(bytes: Uint8Array, context: HeaderContext): HeaderField[] {
  const fields = fixedFields(bytes, context).filter(({ to }) => to <= bytes.length);
  const length = Math.max(FIXED, ((bytes[12] ?? 0x50) >>> 4) * 4);
  fields.push(...optionFields(bytes, FIXED, Math.min(length, bytes.length), context.segment));
  if (bytes.length > length) fields.push(dataField(bytes, length, context.segment));
  return fields;
}

function fixedFields(bytes: Uint8Array, { segment, report }: HeaderContext): HeaderField[] {
  const number = (at: number, size: number): number =>
    bytes.slice(at, at + size).reduce((value, byte) => value * 256 + byte, 0);
  const isClient = segment.side === report.clientSide;
  const [own, other] = isClient ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const field = (name: string, from: number, to: number, value: string, meaning: string): HeaderField => ({
    name,
    from,
    to,
    value,
    meaning,
  });
  const words = (bytes[12] ?? 0) >>> 4;
  return [
    field('source port', 0, 2, String(number(0, 2)), portText(own, isClient)),
    field('destination port', 2, 4, String(number(2, 2)), portText(other, !isClient)),
    field('sequence number', 4, 8, grouped(segment.sequence), sequenceText(segment, number(4, 4))),
    field(
      'acknowledgment number',
      8,
      12,
      segment.acknowledgement === null ? 'none' : grouped(segment.acknowledgement),
      acknowledgementText(segment, number(8, 4), other),
    ),
    field(
      'header length',
      12,
      13,
      byteCount(words * 4),
      `The upper four bits count words of 4 bytes: ${words}. ${words > 5 ? `${byteCount(words * 4 - FIXED)} of them are options` : 'There are no options'}. The lower bits are reserved, but the last, AE (RFC 9768)`,
    ),
    field('flags', 13, 14, flagText(segment.flags), flagsMeaning(segment.flags)),
    field('window', 14, 16, windowValue(segment, report), windowText(segment, report, own)),
    field(
      'checksum',
      16,
      18,
      `0x${number(16, 2).toString(16).padStart(4, '0')}`,
      'Over the header, the data, and the addresses, so that a segment that was damaged, or came to another host, is dropped. Captured where it was sent, it may not be filled in yet (checksum offload)',
    ),
    field(
      'urgent pointer',
      18,
      20,
      String(number(18, 2)),
      (segment.flags & 0x20) === 0
        ? 'Without meaning, as URG is not set'
        : 'Where the urgent data ends, counted from the sequence number (RFC 6093)',
    ),
  ];
}

function portText(end: 'client' | 'server', isClient: boolean): string {
  return isClient
    ? `The port of the ${end}, which its system chose for this connection`
    : `The port of the ${end}, by which it is known`;
}

function sequenceText({ sequence, flags, length, repeated }: LadderSegment, raw: number): string {
  const wire = `${grouped(raw)} on the wire`;
  if ((flags & 0x02) !== 0)
    return `${wire}, chosen at random: the number that this end counts from, shown as ${grouped(sequence)}. The SYN takes one number, so that the first byte of data has the next`;
  const what =
    length > 0
      ? `the number of the first of its ${byteCount(length)}`
      : 'it carries no data: the number of the next byte';
  const again = repeated > 0 ? `. ${byteCount(repeated)} of it were captured before` : '';
  const fin = (flags & 0x01) !== 0 ? '. The FIN takes one number, after the data' : '';
  return `${wire}; counted from this end's SYN it is ${grouped(sequence)}: ${what}${fin}${again}`;
}

function acknowledgementText(
  { acknowledgement }: LadderSegment,
  raw: number,
  other: 'client' | 'server',
): string {
  if (acknowledgement === null) return 'Without meaning, as ACK is not set';
  return `${grouped(raw)} on the wire; counted from the ${other}'s SYN it is ${grouped(acknowledgement)}: the next byte that it expects of the ${other}. All before it has arrived`;
}

const FLAGS: readonly (readonly [number, string, string])[] = [
  [0x100, 'AE', 'accurate ECN (RFC 9768)'],
  [0x080, 'CWR', 'it sends less after congestion'],
  [0x040, 'ECE', 'a packet came with the mark of congestion, or a SYN offers ECN (RFC 3168)'],
  [0x020, 'URG', 'the urgent pointer has a meaning'],
  [0x010, 'ACK', 'the acknowledgment number has a meaning'],
  [0x008, 'PSH', 'hand the data on without waiting for more'],
  [0x004, 'RST', 'the connection ends at once'],
  [0x002, 'SYN', 'the sequence numbers begin here'],
  [0x001, 'FIN', 'the sender has no more data'],
];

function flagText(flags: number): string {
  const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return names.length === 0 ? 'none' : names.reverse().join(' ');
}

function flagsMeaning(flags: number): string {
  const set = FLAGS.filter(([bit]) => (flags & bit) !== 0);
  return set.length === 0
    ? 'No flag is set, which no TCP sends'
    : set.map(([, name, text]) => `${name}: ${text}`).join('. ');
}

/** The shift of an end's windows; null where it is not known, undefined where windows of this segment are not scaled. */
function shiftOf({ flags, side }: LadderSegment, report: ConnectionReport): number | null | undefined {
  if ((flags & 0x02) !== 0) return undefined;
  return windowShift(report.opening.options, side === report.clientSide ? 'client' : 'server');
}

function windowValue(segment: LadderSegment, report: ConnectionReport): string {
  const shift = shiftOf(segment, report);
  return typeof shift === 'number' && shift > 0
    ? `${grouped(segment.window)} × ${grouped(2 ** shift)}`
    : grouped(segment.window);
}

function windowText(segment: LadderSegment, report: ConnectionReport, own: string): string {
  const shift = shiftOf(segment, report);
  const room = (bytes: number): string =>
    bytes === 0
      ? `The ${own} takes no more data for now: its window is closed`
      : `The ${own} takes ${byteCount(bytes)} beyond the acknowledgment number`;
  if (shift === undefined)
    return `${room(segment.window)}. The window of a SYN is never scaled (RFC 7323 2.2)`;
  if (shift === null) return 'The handshake does not show the window scale, so that the size is not known';
  if (shift === 0) return `${room(segment.window)}. Windows are not scaled here`;
  return `${room(segment.window * 2 ** shift)}: the number times 2 to the power of ${shift}, the window scale of its SYN`;
}

function dataField(bytes: Uint8Array, from: number, { length }: LadderSegment): HeaderField {
  const shown = bytes.length - from;
  const printable = [...bytes.slice(from)]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
    .join('');
  return {
    name: 'data',
    from,
    to: bytes.length,
    value: byteCount(length),
    meaning: `What the application sent${shown < length ? `, of which the first ${byteCount(shown)} are here` : ''}. As text: ${escapeText(printable)}`,
  };
}
