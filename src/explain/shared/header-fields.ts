/**
 * The TCP header of a segment, field by field, in any language (RFC 9293 3.1): where each field is, and the data for its
 * description. Kinds of options and their sources as in decode/tcp-options.ts.
 */
import { escapeText } from '../../escape.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';

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

/** What a language says of a field. */
export type Described = Pick<HeaderField, 'name' | 'value' | 'meaning'>;
/** Bytes as a number, the highest first. */
export type NumberAt = (at: number, size: number) => number;

export interface HeaderFacts extends HeaderContext {
  number: NumberAt;
  /** Its sender, and the other end. */
  own: 'client' | 'server';
  other: 'client' | 'server';
}

const FIXED_FIELDS = [
  ['sourcePort', 0, 2],
  ['destinationPort', 2, 4],
  ['sequence', 4, 8],
  ['acknowledgement', 8, 12],
  ['headerLength', 12, 13],
  ['flags', 13, 14],
  ['window', 14, 16],
  ['checksum', 16, 18],
  ['urgentPointer', 18, 20],
] as const;
export type FixedField = (typeof FIXED_FIELDS)[number][0];

export interface HeaderWords {
  fixed: Readonly<Record<FixedField, (facts: HeaderFacts) => Described>>;
  option(kind: number, value: Uint8Array, segment: LadderSegment): Described;
  /** The end of the options; `times`: number of no-operations; an option that is cut, or whose length is impossible. */
  ends(): Described;
  noOperation(times: number): Described;
  broken(kind: number): Described;
  /** Bytes of data in all and here, and these as text. */
  data(length: number, shown: number, text: string): Described;
}

export const FIXED_LENGTH = 20;
const END = 0;
const NO_OPERATION = 1;

/** `bytes`: the header and first bytes of data, as far as they were captured. */
export function headerFieldsIn(
  words: HeaderWords,
  bytes: Uint8Array,
  { segment, report }: HeaderContext,
): HeaderField[] {
  const isClient = segment.side === report.clientSide;
  const [own, other] = isClient ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const facts: HeaderFacts = { segment, report, number: numberIn(bytes), own, other };
  const length = Math.max(FIXED_LENGTH, ((bytes[12] ?? 0x50) >>> 4) * 4);
  const fields = FIXED_FIELDS.filter(([, , to]) => to <= bytes.length).map(
    ([name, from, to]): HeaderField => ({ from, to, ...words.fixed[name](facts) }),
  );
  fields.push(...optionFields(words, bytes, Math.min(length, bytes.length), segment));
  if (bytes.length > length) {
    const data = words.data(segment.length, bytes.length - length, printable(bytes.slice(length)));
    fields.push({ from: length, to: bytes.length, ...data });
  }
  return fields;
}

/** `to`: where options end in `bytes`. One that is cut or malformed is the last. */
function optionFields(
  words: HeaderWords,
  bytes: Uint8Array,
  to: number,
  segment: LadderSegment,
): HeaderField[] {
  const fields: HeaderField[] = [];
  let at = FIXED_LENGTH;
  while (at < to) {
    const kind = bytes[at] ?? END;
    if (kind === END) {
      fields.push({ from: at, to, ...words.ends() });
      break;
    }
    if (kind === NO_OPERATION) {
      const from = at;
      while (at < to && bytes[at] === NO_OPERATION) at++;
      fields.push({ from, to: at, ...words.noOperation(at - from) });
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > to) {
      fields.push({ from: at, to, ...words.broken(kind) });
      break;
    }
    const described = words.option(kind, bytes.slice(at + 2, at + length), segment);
    fields.push({ from: at, to: at + length, ...described });
    at += length;
  }
  return fields;
}

export function numberIn(bytes: Uint8Array): NumberAt {
  return (at, size) => bytes.slice(at, at + size).reduce((value, byte) => value * 256 + byte, 0);
}

function printable(bytes: Uint8Array): string {
  const text = [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'));
  return escapeText(text.join(''));
}

const FLAGS = [
  ['AE', 0x100],
  ['CWR', 0x080],
  ['ECE', 0x040],
  ['URG', 0x020],
  ['ACK', 0x010],
  ['PSH', 0x008],
  ['RST', 0x004],
  ['SYN', 0x002],
  ['FIN', 0x001],
] as const;
export type FlagName = (typeof FLAGS)[number][0];

/** Those that are set, the highest bit first. */
export function flagsSet(flags: number): FlagName[] {
  return FLAGS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
}

/** The shift of an end's windows; null where it is not known, undefined where windows of this segment are not scaled. */
export function shiftOf({ segment: { flags }, report, own }: HeaderFacts): number | null | undefined {
  return (flags & 0x02) !== 0 ? undefined : windowShift(report.opening.options, own);
}

/** SACK blocks: first and last number, as this end counts the other's, where that is known. */
export function sackBlocks(
  value: Uint8Array,
  { acknowledgement, rawAcknowledgement }: LadderSegment,
): [number, number][] {
  const number = numberIn(value);
  const counted = (raw: number): number =>
    acknowledgement === null ? raw : acknowledgement + ((raw - rawAcknowledgement) | 0);
  const blocks: [number, number][] = [];
  for (let at = 0; at + 8 <= value.length; at += 8)
    blocks.push([counted(number(at, 4)), counted(number(at + 4, 4)) - 1]);
  return blocks;
}
