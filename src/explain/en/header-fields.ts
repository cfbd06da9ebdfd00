/** The TCP header of a segment, in words: value of each field, and what it says in this connection. RFC 9293 3.1. */
import type { LadderSegment } from '../../track/memory/extras.js';
import {
  type Described,
  FIXED_LENGTH,
  type FlagName,
  flagsSet,
  type HeaderContext,
  type HeaderFacts,
  type HeaderField,
  type HeaderWords,
  headerFieldsIn,
  type NumberAt,
  shiftOf,
} from '../shared/header-fields.js';
import { brokenOption, noOperation, optionsEnd, optionWords } from './option-fields.js';
import { byteCount, grouped } from './quantities.js';

export type { HeaderContext, HeaderField } from '../shared/header-fields.js';

/** `bytes`: the header and first bytes of data, as far as they were captured. */
export function headerFields(bytes: Uint8Array, context: HeaderContext): HeaderField[] {
  return headerFieldsIn(WORDS, bytes, context);
}

const WORDS: HeaderWords = {
  fixed: {
    sourcePort: ({ number, own }) => ({
      name: 'source port',
      value: String(number(0, 2)),
      meaning: portText(own),
    }),
    destinationPort: ({ number, other }) => ({
      name: 'destination port',
      value: String(number(2, 2)),
      meaning: portText(other),
    }),
    sequence: ({ segment, number }) => ({
      name: 'sequence number',
      value: grouped(segment.sequence),
      meaning: sequenceText(segment, number(4, 4)),
    }),
    acknowledgement: ({ segment, number, other }) => ({
      name: 'acknowledgment number',
      value: segment.acknowledgement === null ? 'none' : grouped(segment.acknowledgement),
      meaning: acknowledgementText(segment, number(8, 4), other),
    }),
    headerLength: ({ number }) => ({
      name: 'header length',
      value: byteCount(headerWords(number) * 4),
      meaning: `The upper four bits count words of 4 bytes: ${headerWords(number)}. ${headerWords(number) > 5 ? `${byteCount(headerWords(number) * 4 - FIXED_LENGTH)} of them are options` : 'There are no options'}. The lower bits are reserved, but the last, AE (RFC 9768)`,
    }),
    flags: ({ segment }) => ({
      name: 'flags',
      value: flagText(segment.flags),
      meaning: flagsMeaning(segment.flags),
    }),
    window: (facts) => ({ name: 'window', value: windowValue(facts), meaning: windowText(facts) }),
    checksum: ({ number }) => ({
      name: 'checksum',
      value: `0x${number(16, 2).toString(16).padStart(4, '0')}`,
      meaning:
        'Over the header, the data, and the addresses: it shows most damage, and a segment that came to another host; such a segment is dropped. Captured where it was sent, it may not be filled in yet (checksum offload)',
    }),
    urgentPointer: ({ segment, number }) => ({
      name: 'urgent pointer',
      value: String(number(18, 2)),
      meaning:
        (segment.flags & 0x20) === 0
          ? 'Without meaning, as URG is not set'
          : 'Where the urgent data ends, counted from the sequence number (RFC 6093)',
    }),
  },
  option: optionWords,
  ends: optionsEnd,
  noOperation,
  broken: brokenOption,
  data: dataWords,
};

/** The length of the header in words of four bytes. */
function headerWords(number: NumberAt): number {
  return number(12, 1) >>> 4;
}

function portText(end: 'client' | 'server'): string {
  return end === 'client'
    ? `The port of the ${end}, which its system usually chooses for this connection`
    : `The port of the ${end}, by which it is known`;
}

function sequenceText({ sequence, flags, length, repeated }: LadderSegment, raw: number): string {
  const wire = `${grouped(raw)} on the wire`;
  if ((flags & 0x02) !== 0)
    return `${wire}, the initial number (ISN), which must be hard to guess (RFC 9293 3.4.1: a clock plus a keyed hash of addresses and ports): the number that this end counts from, shown as ${grouped(sequence)}. The SYN takes one number, so that the first byte of data has the next`;
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

const FLAGS: Readonly<Record<FlagName, string>> = {
  AE: 'accurate ECN (RFC 9768)',
  CWR: 'it sends less after congestion',
  ECE: 'a packet came with the mark of congestion, or a SYN offers ECN and a SYN-ACK agrees (RFC 3168)',
  URG: 'the urgent pointer has a meaning',
  ACK: 'the acknowledgment number has a meaning',
  PSH: 'hand the data on without waiting for more',
  RST: 'the connection ends at once, where the receiver accepts it',
  SYN: 'the sequence numbers begin here',
  FIN: 'the sender has no more data',
};

function flagText(flags: number): string {
  return flagsSet(flags).reverse().join(' ') || 'none';
}

function flagsMeaning(flags: number): string {
  const set = flagsSet(flags);
  return set.length === 0
    ? 'No flag is set, which no TCP sends'
    : set.map((name) => `${name}: ${FLAGS[name]}`).join('. ');
}

function windowValue(facts: HeaderFacts): string {
  const { segment } = facts;
  const shift = shiftOf(facts);
  return typeof shift === 'number' && shift > 0
    ? `${grouped(segment.window)} × ${grouped(2 ** shift)}`
    : grouped(segment.window);
}

function windowText(facts: HeaderFacts): string {
  const { segment, own } = facts;
  const shift = shiftOf(facts);
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

function dataWords(length: number, shown: number, text: string): Described {
  return {
    name: 'data',
    value: byteCount(length),
    meaning: `What the application sent${shown < length ? `, of which the first ${byteCount(shown)} are here` : ''}. As text: ${text}`,
  };
}
