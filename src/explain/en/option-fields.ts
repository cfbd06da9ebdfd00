/** The options of a TCP header, one field each. Kinds and their sources as in decode/tcp-options.ts. */
import type { LadderSegment } from '../../track/memory/extras.js';
import type { HeaderField } from './header-fields.js';
import { byteCount, durationText, grouped } from './quantities.js';

const END = 0;
const NO_OPERATION = 1;

/** `from`, `to`: where options are in `bytes`. One that is cut or malformed is the last. */
export function optionFields(
  bytes: Uint8Array,
  from: number,
  to: number,
  segment: LadderSegment,
): HeaderField[] {
  const fields: HeaderField[] = [];
  let at = from;
  while (at < to) {
    const kind = bytes[at] ?? END;
    if (kind === END) {
      fields.push({ name: 'end of options', from: at, to, value: '', meaning: ENDS });
      break;
    }
    if (kind === NO_OPERATION) {
      const start = at;
      while (at < to && bytes[at] === NO_OPERATION) at++;
      const value = at - start > 1 ? `${at - start} ×` : '';
      fields.push({ name: 'no operation', from: start, to: at, value, meaning: FILLS });
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > to) {
      fields.push({ name: `option ${kind}`, from: at, to, value: '', meaning: BROKEN });
      break;
    }
    fields.push({
      from: at,
      to: at + length,
      ...optionField(kind, bytes.slice(at + 2, at + length), segment),
    });
    at += length;
  }
  return fields;
}

const ENDS = 'No more options: what follows fills the header up to a multiple of 4 bytes';
const FILLS = 'It fills the room, so that the next option begins where it is quick to read';
const BROKEN = 'It is cut off, or its length cannot be, so that nothing behind it can be read';

type Described = Pick<HeaderField, 'name' | 'value' | 'meaning'>;

function optionField(kind: number, value: Uint8Array, segment: LadderSegment): Described {
  const number = (at: number, size: number): number =>
    value.slice(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);
  const as = (name: string, text: string, meaning: string): Described => ({ name, value: text, meaning });
  switch (kind) {
    case 2:
      return as(
        'MSS',
        grouped(number(0, 2)),
        `The other end may send up to ${byteCount(number(0, 2))} of data in a segment (RFC 9293 3.7.1)`,
      );
    case 3:
      return as(
        'window scale',
        String(number(0, 1)),
        `The windows of this end count in units of ${byteCount(2 ** Math.min(14, number(0, 1)))}, if the other end sends this option too (RFC 7323 2)`,
      );
    case 4:
      return as('SACK permitted', '', 'This end understands selective acknowledgments (RFC 2018)');
    case 5:
      return as(
        'SACK',
        sackText(value, number, segment),
        'What arrived beyond a gap: these numbers need not be sent again (RFC 2018)',
      );
    case 8:
      return as(
        'timestamps',
        `${grouped(number(0, 4))}, echo ${grouped(number(4, 4))}`,
        'The clock of the sender, and the clock of the other end as it came with the segment that this one answers. They measure round trips and identify old duplicates (RFC 7323 3)',
      );
    case 19:
      return as('MD5 signature', '', 'The segment is signed with a key of both ends (RFC 2385)');
    case 28:
      return as(
        'user timeout',
        durationText((number(0, 2) & 0x7fff) * (number(0, 2) > 0x7fff ? 60 : 1)),
        'How long this end waits for data to be acknowledged (RFC 5482)',
      );
    case 29:
      return as('authentication', '', 'The segment is signed with a key of both ends (TCP-AO, RFC 5925)');
    case 30:
      return as(
        'Multipath TCP',
        MULTIPATH[number(0, 1) >>> 4] ?? '',
        'The connection may go over several paths (RFC 8684)',
      );
    case 34:
      return as(
        'Fast Open',
        value.length === 0 ? 'asks for a cookie' : 'cookie',
        'With a cookie of an earlier connection data may come with the SYN (RFC 7413)',
      );
    case 172:
    case 174:
      return as('accurate ECN', '', 'Counts of bytes by their ECN bits (RFC 9768)');
    case 254:
    case 253:
      return as('experiment', '', 'An option of an experiment: its next two bytes say which (RFC 6994)');
    default:
      return as(
        `option ${kind}`,
        byteCount(value.length),
        'An option that synfin does not know: receivers skip it',
      );
  }
}

const MULTIPATH: Readonly<Record<number, string>> = {
  0: 'capable',
  1: 'join',
  2: 'data sequence',
  3: 'add address',
  4: 'remove address',
  5: 'priority',
  6: 'fail',
  7: 'fast close',
  8: 'reset',
};

/** Blocks as this end counts the other's numbers, where that is known. */
function sackText(
  value: Uint8Array,
  number: (at: number, size: number) => number,
  { acknowledgement, rawAcknowledgement }: LadderSegment,
): string {
  const counted = (raw: number): number =>
    acknowledgement === null ? raw : acknowledgement + ((raw - rawAcknowledgement) | 0);
  const blocks: string[] = [];
  for (let at = 0; at + 8 <= value.length; at += 8)
    blocks.push(`${grouped(counted(number(at, 4)))} to ${grouped(counted(number(at + 4, 4)) - 1)}`);
  return blocks.join(', ');
}
