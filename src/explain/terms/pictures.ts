/**
 * Pictures of the wire, as data: arrows between the two ends with the state of each, bytes of an option, the header.
 * Words in braces are those of the language (`TermLabels.picture`).
 */
import type { StateName } from '../../track/rfc9293/transition.js';

/** Words that pictures use, which each language has (`TermLabels.picture`). */
export type PictureWord =
  | 'client'
  | 'server'
  | 'data'
  | 'byte'
  | 'many'
  | 'gone'
  | 'late'
  | 'again'
  | 'length'
  | 'kind'
  | 'nothing'
  | 'queue full'
  | 'firewall'
  | 'router'
  | 'forged'
  | 'reads'
  | 'all hosts';

/** The state of an end, when it has sent or received the segment; or a word. */
type Side = StateName | '' | `{${PictureWord}}` | `=${string}`;
/** To the server `>`, to the client `<`; with `x` the segment does not arrive; `~` is no segment. */
type Arrow = `${'>' | '<' | 'x>' | 'x<' | '~'}${string}`;

export type Row = readonly [client: Side, arrow: Arrow, server: Side];
export interface Cells {
  /** Parts of an option, or bits, each with the text below it. */
  readonly cells: readonly (readonly [string, string])[];
}
export type Picture = readonly Row[] | Cells | 'header';

export const PICTURES = {
  header: 'header',
  handshake: [
    ['SYN-SENT', '>SYN seq 0', 'SYN-RECEIVED'],
    ['ESTABLISHED', '<SYN ACK seq 0 ack 1', ''],
    ['', '>ACK seq 1 ack 1', 'ESTABLISHED'],
  ],
  'simultaneous-open': [
    ['SYN-SENT', '>SYN seq 0', 'SYN-SENT'],
    ['SYN-RECEIVED', '<SYN seq 0', 'SYN-RECEIVED'],
    ['', '>SYN ACK seq 0 ack 1', 'ESTABLISHED'],
    ['ESTABLISHED', '<SYN ACK seq 0 ack 1', ''],
  ],
  'fast-open': [
    ['SYN-SENT', '>SYN + cookie + {data}', 'SYN-RECEIVED'],
    ['ESTABLISHED', '<SYN ACK ({data} too)', ''],
    ['', '>ACK', 'ESTABLISHED'],
  ],
  refused: [
    ['SYN-SENT', '>SYN seq 0', ''],
    ['CLOSED', '<RST ACK seq 0 ack 1', ''],
  ],
  'no-answer': [
    ['SYN-SENT', '>SYN seq 0', ''],
    ['', '~1 s', ''],
    ['', '>SYN seq 0 ({again})', ''],
    ['', '~{nothing}', ''],
  ],
  'not-completed': [
    ['', '>SYN seq 0', 'SYN-RECEIVED'],
    ['', '<SYN ACK seq 0 ack 1', ''],
    ['', '~{nothing}', ''],
    ['', '<SYN ACK ({again})', ''],
  ],
  close: [
    ['FIN-WAIT-1', '>FIN ACK seq 7 ack 7', 'CLOSE-WAIT'],
    ['FIN-WAIT-2', '<ACK seq 7 ack 8', ''],
    ['TIME-WAIT', '<FIN ACK seq 7 ack 8', 'LAST-ACK'],
    ['', '>ACK seq 8 ack 8', 'CLOSED'],
  ],
  'three-step': [
    ['FIN-WAIT-1', '>FIN ACK seq 7 ack 7', 'CLOSE-WAIT'],
    ['TIME-WAIT', '<FIN ACK seq 7 ack 8', 'LAST-ACK'],
    ['', '>ACK seq 8 ack 8', 'CLOSED'],
  ],
  'simultaneous-close': [
    ['FIN-WAIT-1', '>FIN ACK seq 7 ack 7', 'FIN-WAIT-1'],
    ['CLOSING', '<FIN ACK seq 7 ack 7', 'CLOSING'],
    ['', '>ACK seq 8 ack 8', 'TIME-WAIT'],
    ['TIME-WAIT', '<ACK seq 8 ack 8', ''],
  ],
  'half-close': [
    ['FIN-WAIT-1', '>FIN ACK seq 13 ack 1', 'CLOSE-WAIT'],
    ['FIN-WAIT-2', '<ACK seq 1 ack 14', ''],
    ['', '<{data} seq 1 len 6', 'CLOSE-WAIT'],
    ['FIN-WAIT-2', '>ACK seq 14 ack 7', ''],
  ],
  'time-wait': [
    ['TIME-WAIT', '<FIN ACK seq 7 ack 8', 'LAST-ACK'],
    ['', 'x>ACK seq 8 ack 8', 'LAST-ACK'],
    ['', '<FIN ACK seq 7 ack 8 ({again})', ''],
    ['TIME-WAIT', '>ACK seq 8 ack 8', 'CLOSED'],
  ],
  abort: [
    ['ESTABLISHED', '>{data} seq 1 len 6', 'ESTABLISHED'],
    ['', '<ACK seq 1 ack 7', ''],
    ['CLOSED', '>RST ACK seq 7 ack 1', 'CLOSED'],
  ],
  'client-reset': [
    ['SYN-SENT', '>SYN seq 0', 'SYN-RECEIVED'],
    ['', '<SYN ACK seq 0 ack 1', ''],
    ['CLOSED', '>RST seq 1', ''],
  ],
  'no-such': [
    ['ESTABLISHED', '>{data} seq 7 ack 7', '{gone}'],
    ['CLOSED', '<RST seq 7', ''],
  ],
  unread: [
    ['ESTABLISHED', '>{data} seq 1 len 1000', 'ESTABLISHED'],
    ['', '<ACK seq 1 ack 1001', ''],
    ['CLOSED', '<RST ACK seq 1 ack 1001', 'CLOSED'],
  ],
  'after-close': [
    ['FIN-WAIT-2', '<{data} seq 1 len 14', 'CLOSE-WAIT'],
    ['CLOSED', '>RST seq 14', 'CLOSED'],
  ],
  data: [
    ['ESTABLISHED', '>{data} seq 1 ack 1 len 6', 'ESTABLISHED'],
    ['', '<ACK seq 1 ack 7', ''],
    ['', '<{data} seq 1 ack 7 len 6', ''],
    ['', '>ACK seq 7 ack 7', ''],
  ],
  retransmission: [
    ['', 'x>{data} seq 1 len 100', ''],
    ['', '~RTO', ''],
    ['', '>{data} seq 1 len 100 ({again})', ''],
    ['', '<ACK ack 101', ''],
  ],
  'lost-ack': [
    ['', '>{data} seq 1 len 100', ''],
    ['', 'x<ACK ack 101', ''],
    ['', '>{data} seq 1 len 100 ({again})', ''],
    ['', '<ACK ack 101 (DSACK)', ''],
  ],
  'fast-retransmission': [
    ['', 'x>{data} seq 1 len 100', ''],
    ['', '>{data} seq 101, 201, 301', ''],
    ['', '<ACK ack 1  (3 ×)', ''],
    ['', '>{data} seq 1 len 100 ({again})', ''],
    ['', '<ACK ack 401', ''],
  ],
  gap: [
    ['', '>{data} seq 1 len 100', ''],
    ['', '>{data} seq 201 len 100', ''],
    ['', '<ACK ack 101', ''],
    ['', '>{data} seq 101 len 100 ({late})', ''],
  ],
  'keep-alive': [
    ['ESTABLISHED', '>ACK seq 6 ack 7', 'ESTABLISHED'],
    ['', '<ACK seq 7 ack 7', ''],
  ],
  'zero-window': [
    ['', '>{data} seq 1 len 1000', ''],
    ['', '<ACK ack 1001 win 0', ''],
    ['', '>ACK seq 1000', ''],
    ['', '<ACK ack 1001 win 0', ''],
    ['', '<ACK ack 1001 win 1000', '{reads}'],
  ],
  'challenge-ack': [
    ['ESTABLISHED', '>RST seq 900', 'ESTABLISHED'],
    ['', '<ACK seq 7 ack 7', 'ESTABLISHED'],
  ],
  'half-open': [
    ['SYN-SENT', '>SYN seq 400', 'ESTABLISHED'],
    ['', '<ACK seq 300 ack 100', ''],
    ['', '>RST seq 100', 'CLOSED'],
    ['SYN-SENT', '>SYN seq 400 ({again})', 'SYN-RECEIVED'],
  ],
  'old-syn': [
    ['SYN-SENT', '>SYN seq 90 ({late})', 'SYN-RECEIVED'],
    ['', '<SYN ACK seq 300 ack 91', ''],
    ['', '>RST seq 91', 'LISTEN'],
    ['', '>SYN seq 100', 'SYN-RECEIVED'],
  ],
  assassination: [
    ['TIME-WAIT', '<{data} ({late})', 'CLOSED'],
    ['', '>ACK seq 8 ack 8', ''],
    ['CLOSED', '<RST seq 8', 'CLOSED'],
  ],
  'queue-full': [
    ['ESTABLISHED', '<SYN ACK seq 0 ack 1', 'SYN-RECEIVED'],
    ['', '>ACK seq 1 ack 1', '{queue full}'],
    ['', '<SYN ACK ({again})', ''],
  ],
  firewall: [
    ['SYN-SENT', '>SYN seq 0', '{firewall}'],
    ['CLOSED', '<RST ACK seq 0 ack 1', '{firewall}'],
  ],
  injected: [
    ['ESTABLISHED', '<RST seq 7 ({forged})', ''],
    ['CLOSED', '<{data} seq 7 len 6', 'ESTABLISHED'],
  ],
  scan: [
    ['', '>SYN  port 21, 22, 23, 25 …', ''],
    ['', '<RST ACK  21, 23, 25', ''],
    ['', '<SYN ACK  22', ''],
  ],
  flood: [
    ['{many}', '>SYN, SYN, SYN, …', 'SYN-RECEIVED'],
    ['', '<SYN ACK, SYN ACK, …', ''],
    ['', '~{nothing}', 'SYN-RECEIVED'],
  ],
  'too-big': [
    ['', '>{data} 1500', '{router}'],
    ['', '<ICMP 3/4, MTU 1300', '{router}'],
    ['', '>{data} 1300', ''],
  ],
  udp: [
    ['', '>{data}', ''],
    ['', '<{data}', ''],
  ],
  'udp-unreachable': [
    ['', '>{data}', ''],
    ['', '<ICMP 3/3', ''],
  ],
  'one-to-many': [
    ['', '>{data}', '{all hosts}'],
    ['', '<{data}', ''],
    ['', '<{data}', ''],
  ],
  split: [
    ['SYN-SENT', '>SYN seq 0', ''],
    ['SYN-RECEIVED', '<SYN seq 0', ''],
    ['', '>SYN ACK seq 0 ack 1', 'ESTABLISHED'],
    ['ESTABLISHED', '<ACK seq 1 ack 1', ''],
  ],
  'opt-end': { cells: [['0', '{kind}']] },
  'opt-nop': { cells: [['1', '{kind}']] },
  'opt-mss': {
    cells: [
      ['2', '{kind}'],
      ['4', '{length}'],
      ['1460', '2 {byte}s'],
    ],
  },
  'opt-scale': {
    cells: [
      ['3', '{kind}'],
      ['3', '{length}'],
      ['7', '1 {byte}'],
    ],
  },
  'opt-sack-permitted': {
    cells: [
      ['4', '{kind}'],
      ['2', '{length}'],
    ],
  },
  'opt-sack': {
    cells: [
      ['5', '{kind}'],
      ['10', '{length}'],
      ['from 201', '4 {byte}s'],
      ['to 301', '4 {byte}s'],
    ],
  },
  'opt-timestamps': {
    cells: [
      ['8', '{kind}'],
      ['10', '{length}'],
      ['TSval', '4 {byte}s'],
      ['TSecr', '4 {byte}s'],
    ],
  },
  'opt-md5': {
    cells: [
      ['19', '{kind}'],
      ['18', '{length}'],
      ['MD5', '16 {byte}s'],
    ],
  },
  'opt-user-timeout': {
    cells: [
      ['28', '{kind}'],
      ['4', '{length}'],
      ['G + 15 bits', '2 {byte}s'],
    ],
  },
  'opt-ao': {
    cells: [
      ['29', '{kind}'],
      ['16', '{length}'],
      ['KeyID', '1 {byte}'],
      ['RNextKeyID', '1 {byte}'],
      ['MAC', '12 {byte}s'],
    ],
  },
  'opt-multipath': {
    cells: [
      ['30', '{kind}'],
      ['n', '{length}'],
      ['subtype', '4 bits'],
      ['…', ''],
    ],
  },
  'opt-fast-open': {
    cells: [
      ['34', '{kind}'],
      ['2 + n', '{length}'],
      ['cookie', '0, 4-16 {byte}s'],
    ],
  },
  'opt-accecn': {
    cells: [
      ['172 / 174', '{kind}'],
      ['2-11', '{length}'],
      ['3 × 24 bits', '0-9 {byte}s'],
    ],
  },
  'opt-experiment': {
    cells: [
      ['253 / 254', '{kind}'],
      ['n', '{length}'],
      ['ExID', '2 / 4 {byte}s'],
      ['…', ''],
    ],
  },
  completeness: {
    cells: [
      ['RST', '32'],
      ['FIN', '16'],
      ['DATA', '8'],
      ['ACK', '4'],
      ['SYN-ACK', '2'],
      ['SYN', '1'],
    ],
  },
  history: [
    ['=S', '>SYN', ''],
    ['', '<SYN ACK', '=h'],
    ['=A', '>ACK', ''],
    ['=D', '>{data}', ''],
    ['', '<ACK, {data}', '=ad'],
    ['=F', '>FIN ACK', ''],
    ['', '<FIN ACK', '=f'],
  ],
} as const satisfies Record<string, Picture>;

export type PictureName = keyof typeof PICTURES;
