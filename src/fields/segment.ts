/** The columns of a TCP segment, as it was judged. */
import { flagNames } from '../decode/tcp-flags.js';
import { rowNote } from '../explain/en/finding-sentences.js';
import { codeNames } from '../track/memory/codes.js';
import { rowState, type SegmentRow } from '../track/results/sink.js';
import { type Column, columnsOf } from './column.js';

const { text, integer, boolean, timestamp } = columnsOf<SegmentRow>();

export const SEGMENT_COLUMNS: readonly Column<SegmentRow>[] = [
  integer('packet', 'number in the capture, from 1', (row) => row.packet),
  integer('connection', '`index` in connections', (row) => row.connection),
  text('from', 'client, server', (row) => (row.side === row.clientSide ? 'client' : 'server')),
  timestamp('time', 'when it was captured', ({ seconds, nanoseconds }) => ({ seconds, nanoseconds })),
  text('flags', 'e.g. SYN ACK', (row) => flagNames(row.flags).join(' ')),
  integer('flag_bits', 'as in the header', (row) => row.flags),
  integer('seq', 'relative, as Wireshark counts', (row) => row.sequence),
  integer('ack', 'relative; empty without ACK', (row) => row.acknowledgement),
  integer('raw_seq', 'as in the header', (row) => row.rawSequence),
  integer('raw_ack', 'as in the header', (row) => row.rawAcknowledgement),
  integer('length', 'payload bytes', (row) => row.length),
  integer('window', 'as in the header, not scaled', (row) => row.window),
  text('analysis', 'codes, with spaces between', (row) => codeNames(row.codes).join(' ')),
  text('state_client', "the client's state after it", (row) => rowState(row, row.clientSide)),
  text('state_server', "the server's state after it", (row) => rowState(row, row.clientSide === 0 ? 1 : 0)),
  boolean('accepted', 'its receiver took it', (row) => row.ignored === null),
  text('note', 'why its receiver did not', (row) => rowNote(row)),
  integer(
    'repeated_bytes',
    'payload bytes that the capture has from an earlier segment',
    (row) => row.repeated,
  ),
];
