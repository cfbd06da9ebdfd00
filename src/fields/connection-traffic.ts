/** The columns of what each end of a connection sent. */
import type { Traffic } from '../verdict/report.js';
import type { ConnectionRow } from './connection-row.js';
import { camelCase, type Field, fieldsOf } from './field.js';

const { integer, seconds, bytes } = fieldsOf<ConnectionRow>();

export function sent(side: 'client' | 'server'): readonly Field<ConnectionRow>[] {
  const of = ({ report }: ConnectionRow): Traffic => report.traffic[side];
  const at = (fact: string, path = camelCase(fact)): readonly [path: string, name: string] => [
    `traffic.${side}.${path}`,
    `${side}_${fact}`,
  ];
  return [
    integer(...at('packets'), `segments of the ${side}`, (row) => of(row).packets),
    bytes(...at('bytes'), 'payload bytes, retransmissions included', (row) => of(row).bytes),
    integer(...at('retransmissions'), 'retransmitted segments', (row) => of(row).retransmissions),
    bytes(...at('retransmitted_bytes'), 'payload of these', (row) => of(row).retransmittedBytes),
    integer(...at('out_of_order'), 'segments out of order', (row) => of(row).outOfOrder),
    integer(...at('duplicate_acks'), 'duplicate ACKs', (row) => of(row).duplicateAcks),
    integer(...at('zero_windows'), 'zero windows', (row) => of(row).zeroWindows),
    integer(...at('keep_alives'), 'keep-alives', (row) => of(row).keepAlives),
    seconds(
      ...at('rtt_min', 'rtt.min'),
      'its segments to their ACKs, delayed ones too: the least',
      (row) => of(row).rtt?.min,
    ),
    seconds(...at('rtt_median', 'rtt.median'), 'the median', (row) => of(row).rtt?.median),
    seconds(...at('rtt_max', 'rtt.max'), 'the most', (row) => of(row).rtt?.max),
    integer(...at('rtt_samples', 'rtt.samples'), 'how many were measured', (row) => of(row).rtt?.samples),
    integer(...at('window', 'window.raw'), 'last window, as in the header', (row) => of(row).window.raw),
    bytes(...at('window_bytes', 'window.bytes'), 'last window, scaled', (row) => of(row).window.bytes),
  ];
}
