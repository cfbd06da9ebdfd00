/** The columns of what both ends offered in their SYNs, and agreed on. */
import type { Offer } from '../verdict/negotiation.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { ConnectionRow } from './connection-row.js';
import { camelCase, type Field, fieldsOf } from './field.js';

const { word, integer, seconds, boolean } = fieldsOf<ConnectionRow>();

/** What the SYN of an end offers. */
export function offered(side: 'client' | 'server'): readonly Field<ConnectionRow>[] {
  const offer = ({ report }: ConnectionRow): Offer | null => report.opening.options[side];
  const at = (option: string, path = camelCase(option)): readonly [path: string, name: string] => [
    `opening.options.${side}.${path}`,
    `${side}_offered_${option}`,
  ];
  return [
    integer(...at('mss'), `MSS in the ${side}'s SYN`, (row) => offer(row)?.mss),
    integer(...at('window_scale'), `shift in the ${side}'s SYN`, (row) => offer(row)?.windowScale),
    boolean(...at('sack', 'sackPermitted'), 'SACK permitted', (row) => offer(row)?.sackPermitted),
    boolean(...at('timestamps'), 'timestamps', (row) => offer(row)?.timestamps),
    word(...at('fast_open'), ['cookie-request', 'cookie'], (row) => offer(row)?.fastOpen),
    word(...at('ecn'), ['classic', 'accurate'], (row) => offer(row)?.ecn),
    word(...at('multipath'), ['capable', 'join'], (row) => offer(row)?.multipath, 'Multipath TCP'),
    boolean(...at('md5'), 'MD5 signature (RFC 2385)', (row) => offer(row)?.md5),
    boolean(...at('ao'), 'authentication option (RFC 5925)', (row) => offer(row)?.ao),
    seconds(...at('user_timeout'), 'user timeout (RFC 5482)', (row) => offer(row)?.userTimeout),
  ];
}

const agreed = ({ report }: ConnectionRow): ConnectionReport['opening']['options']['agreed'] =>
  report.opening.options.agreed;

export const AGREED: readonly Field<ConnectionRow>[] = [
  integer(
    'opening.options.agreed.mss.toServer',
    'mss_to_server',
    'largest segment that the client may send',
    (row) => agreed(row)?.mss?.toServer,
  ),
  integer(
    'opening.options.agreed.mss.toClient',
    'mss_to_client',
    'largest segment that the server may send',
    (row) => agreed(row)?.mss?.toClient,
  ),
  integer(
    'opening.options.agreed.windowScale.client',
    'client_window_scale',
    "agreed shift of the client's windows, 0 without scaling",
    (row) => agreed(row)?.windowScale?.client,
  ),
  integer(
    'opening.options.agreed.windowScale.server',
    'server_window_scale',
    "agreed shift of the server's windows, 0 without scaling",
    (row) => agreed(row)?.windowScale?.server,
  ),
  boolean('opening.options.agreed.sack', 'sack', 'both permit SACK', (row) => agreed(row)?.sack),
  boolean(
    'opening.options.agreed.timestamps',
    'timestamps',
    'both send timestamps',
    (row) => agreed(row)?.timestamps,
  ),
  word('opening.options.agreed.ecn', 'ecn', ['classic', 'accurate'], (row) => agreed(row)?.ecn, 'agreed'),
  boolean(
    'opening.options.agreed.multipath',
    'multipath',
    'both speak Multipath TCP',
    (row) => agreed(row)?.multipath,
  ),
  word(
    'opening.options.agreed.fastOpen',
    'fast_open',
    ['requested', 'cookie-given', 'data-accepted', 'data-ignored'],
    (row) => agreed(row)?.fastOpen,
  ),
];
