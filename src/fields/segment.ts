/** The columns of a TCP segment, as it was judged. */
import { flagNames } from '../decode/tcp-flags.js';
import { codeNames } from '../track/memory/codes.js';
import { rowState, type SegmentRow } from '../track/results/sink.js';
import { type Field, fieldsOf } from './field.js';

const { text, integer, boolean, timestamp } = fieldsOf<SegmentRow>();

export const SEGMENT_COLUMNS: readonly Field<SegmentRow>[] = [
  integer('packet', 'packet', 'number in the capture, from 1', (row) => row.packet),
  integer('connection', 'connection', '`index` in connections', (row) => row.connection),
  text('from', 'from', 'client, server', (row) => (row.side === row.clientSide ? 'client' : 'server')),
  timestamp('time', 'time', 'when it was captured', ({ seconds, nanoseconds }) => ({ seconds, nanoseconds })),
  text('flags', 'flags', 'e.g. SYN ACK', (row) => flagNames(row.flags).join(' ')),
  integer('flagBits', 'flag_bits', 'as in the header', (row) => row.flags),
  integer('seq', 'seq', 'relative, as Wireshark counts', (row) => row.sequence),
  integer('ack', 'ack', 'relative; empty without ACK', (row) => row.acknowledgement),
  integer('rawSeq', 'raw_seq', 'as in the header', (row) => row.rawSequence),
  integer('rawAck', 'raw_ack', 'as in the header', (row) => row.rawAcknowledgement),
  integer('length', 'length', 'payload bytes', (row) => row.length),
  integer('window', 'window', 'as in the header, not scaled', (row) => row.window),
  text(
    'sack',
    'sack',
    'edges of SACK blocks, e.g. 201-301 401-501; empty without, and where options were not captured',
    (row) => (row.sacks ?? []).map(([left, right]) => `${left}-${right}`).join(' '),
  ),
  text('analysis', 'analysis', 'codes, with spaces between', (row) => codeNames(row.codes).join(' ')),
  text('states.client', 'state_client', "the client's state after it", (row) =>
    rowState(row, row.clientSide),
  ),
  text('states.server', 'state_server', "the server's state after it", (row) =>
    rowState(row, row.clientSide === 0 ? 1 : 0),
  ),
  boolean('accepted', 'accepted', 'its receiver took it', (row) => row.ignored === null),
  text('note', 'note', 'why its receiver did not', (row, { sentence }) => sentence(row)),
  integer(
    'repeatedBytes',
    'repeated_bytes',
    'payload bytes that the capture has from an earlier segment',
    (row) => row.repeated,
  ),
];
