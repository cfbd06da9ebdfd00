/** The options of a TCP header, in words. */
import type { LadderSegment } from '../../track/memory/extras.js';
import { type Described, numberIn, sackBlocks } from '../shared/header-fields.js';
import { byteCount, durationText, grouped } from './quantities.js';

export function optionsEnd(): Described {
  return {
    name: 'end of options',
    value: '',
    meaning: 'No more options: what follows fills the header up to a multiple of 4 bytes',
  };
}

export function noOperation(times: number): Described {
  return {
    name: 'no operation',
    value: times > 1 ? `${times} ×` : '',
    meaning: 'It fills the room, so that the next option begins where it is quick to read',
  };
}

export function brokenOption(kind: number): Described {
  return {
    name: `option ${kind}`,
    value: '',
    meaning: 'It is cut off, or its length cannot be, so that nothing behind it can be read',
  };
}

export function optionWords(kind: number, value: Uint8Array, segment: LadderSegment): Described {
  const number = numberIn(value);
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
        sackBlocks(value, segment)
          .map(([first, last]) => `${grouped(first)} to ${grouped(last)}`)
          .join(', '),
        'What arrived beyond a gap, and for now need not be sent again (RFC 2018); the first may be what came twice (DSACK, RFC 2883)',
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
      return as(
        'experiment',
        '',
        'An option of an experiment: its first two or four bytes say which (RFC 6994)',
      );
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
