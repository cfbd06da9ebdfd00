/** The columns of a connection: every fact of CONTRACT.md's connection that is a single value. */
import { viaText } from '../explain/via.js';
import { CLOSING_KINDS, OPENING_KINDS, RESET_CAUSES } from '../verdict/catalogue.js';
import type { Offer } from '../verdict/negotiation.js';
import type { ConnectionReport, Traffic } from '../verdict/report.js';
import { type Column, columnsOf } from './column.js';

export interface ConnectionRow {
  report: ConnectionReport;
  /** Findings of all codes, also those beyond the ones listed. */
  findingCount: number;
}

type Role = 'client' | 'server';

const { text, integer, double, boolean, timestamp } = columnsOf<ConnectionRow>();

const IDENTITY: readonly Column<ConnectionRow>[] = [
  integer('index', 'number of the connection, from 0, by first packet', (row) => row.report.index),
  text('client_address', 'IPv4 or IPv6 address', (row) => row.report.client.address),
  integer('client_port', 'TCP port', (row) => row.report.client.port),
  text('server_address', 'IPv4 or IPv6 address', (row) => row.report.server.address),
  integer('server_port', 'TCP port', (row) => row.report.server.port),
  text('roles_from', 'who is client was told by: syn, syn-ack, guess', (row) => row.report.rolesFrom),
  text('via', 'VLANs and tunnels around it, outermost first', (row) => viaText(row.report.via)),
  integer('first_packet', 'number in the capture, from 1', (row) => row.report.firstPacket),
  integer('last_packet', 'number in the capture, from 1', (row) => row.report.lastPacket),
  timestamp('start', 'time of the first packet', ({ report }) => ({
    seconds: report.startSeconds,
    nanoseconds: report.startNanoseconds,
  })),
  double('duration', 'from the first packet to the last', (row) => row.report.duration),
];

const OPENING: readonly Column<ConnectionRow>[] = [
  text('opening_kind', Object.keys(OPENING_KINDS).join(', '), (row) => row.report.opening.kind),
  boolean('opening_complete', 'whether it opened', (row) => row.report.opening.complete),
  integer('syn_count', 'SYNs of the client', (row) => row.report.opening.synCount),
  integer('syn_ack_count', 'SYN-ACKs of the server', (row) => row.report.opening.synAckCount),
  double('connect_time', 'first SYN to the completing ACK', (row) => row.report.opening.connectTime),
  double('syn_wait', 'first SYN to the last: what its retries cost', (row) => row.report.opening.synWait),
  double('syn_to_syn_ack', 'last SYN to the SYN-ACK', (row) => row.report.opening.synToSynAck),
  double('syn_ack_wait', 'first SYN-ACK to the last', (row) => row.report.opening.synAckWait),
  double('syn_ack_to_ack', 'last SYN-ACK to the completing ACK', (row) => row.report.opening.synAckToAck),
  text(
    'capture_point',
    'where the capture was made: near-client, near-server, middle',
    (row) => row.report.opening.capturePoint,
  ),
  text(
    'slow_side',
    'whose part of the handshake was slow: client, server, network',
    (row) => row.report.opening.slowSide,
  ),
];

function offered(side: Role): readonly Column<ConnectionRow>[] {
  const offer = ({ report }: ConnectionRow): Offer | null => report.opening.options[side];
  const name = (option: string): string => `${side}_offered_${option}`;
  return [
    integer(name('mss'), `MSS in the ${side}'s SYN`, (row) => offer(row)?.mss),
    integer(name('window_scale'), `shift in the ${side}'s SYN`, (row) => offer(row)?.windowScale),
    boolean(name('sack'), 'SACK permitted', (row) => offer(row)?.sackPermitted),
    boolean(name('timestamps'), 'timestamps', (row) => offer(row)?.timestamps),
    text(name('fast_open'), 'cookie-request, cookie', (row) => offer(row)?.fastOpen),
    text(name('ecn'), 'classic, accurate', (row) => offer(row)?.ecn),
    text(name('multipath'), 'Multipath TCP: capable, join', (row) => offer(row)?.multipath),
    boolean(name('md5'), 'MD5 signature (RFC 2385)', (row) => offer(row)?.md5),
    boolean(name('ao'), 'authentication option (RFC 5925)', (row) => offer(row)?.ao),
    double(name('user_timeout'), 'user timeout (RFC 5482)', (row) => offer(row)?.userTimeout),
  ];
}

const agreed = ({ report }: ConnectionRow): ConnectionReport['opening']['options']['agreed'] =>
  report.opening.options.agreed;

const AGREED: readonly Column<ConnectionRow>[] = [
  integer('mss_to_server', 'largest segment that the client may send', (row) => agreed(row)?.mss?.toServer),
  integer('mss_to_client', 'largest segment that the server may send', (row) => agreed(row)?.mss?.toClient),
  integer(
    'client_window_scale',
    "agreed shift of the client's windows, 0 without scaling",
    (row) => agreed(row)?.windowScale?.client,
  ),
  integer(
    'server_window_scale',
    "agreed shift of the server's windows, 0 without scaling",
    (row) => agreed(row)?.windowScale?.server,
  ),
  boolean('sack', 'both permit SACK', (row) => agreed(row)?.sack),
  boolean('timestamps', 'both send timestamps', (row) => agreed(row)?.timestamps),
  text('ecn', 'agreed: classic, accurate', (row) => agreed(row)?.ecn),
  boolean('multipath', 'both speak Multipath TCP', (row) => agreed(row)?.multipath),
  text('fast_open', 'requested, cookie-given, data-accepted, data-ignored', (row) => agreed(row)?.fastOpen),
];

const CLOSING: readonly Column<ConnectionRow>[] = [
  text('closing_kind', Object.keys(CLOSING_KINDS).join(', '), (row) => row.report.closing.kind),
  boolean(
    'closing_complete',
    'both FINs acknowledged, or an accepted RST',
    (row) => row.report.closing.complete,
  ),
  text(
    'closing_by',
    'whose FIN or accepted RST came first: client, server',
    (row) => row.report.closing.initiator,
  ),
  double(
    'half_close_duration',
    'first FIN to the last data sent the other way',
    (row) => row.report.closing.halfClose?.duration,
  ),
  integer(
    'half_close_bytes',
    'payload sent the other way after the first FIN',
    (row) => row.report.closing.halfClose?.bytes,
  ),
  text('reset_by', 'who sent RST: client, server', (row) => row.report.closing.reset?.by),
  integer('reset_packet', 'packet of that RST', (row) => row.report.closing.reset?.packet),
  boolean('reset_accepted', 'its receiver took it', (row) => row.report.closing.reset?.accepted),
  text('reset_cause', Object.keys(RESET_CAUSES).join(', '), (row) => row.report.closing.reset?.cause),
  text('reset_alternatives', 'causes that the packets do not exclude either, with spaces between', (row) =>
    row.report.closing.reset?.alternatives.join(' '),
  ),
  text('reset_confidence', 'high, medium, low', (row) => row.report.closing.reset?.confidence),
  text('time_wait', 'who ends in TIME-WAIT: client, server, both', (row) => row.report.closing.timeWait),
  timestamp(
    'time_wait_ends',
    'until when on Linux, unless it is reused',
    (row) => row.report.closing.timeWaitEnds,
  ),
  text('state_client', "the client's last state (RFC 9293)", (row) => row.report.states.client),
  text('state_server', "the server's last state (RFC 9293)", (row) => row.report.states.server),
  integer('completeness', "Wireshark's tcp.completeness", (row) => row.report.completeness),
  text('history', "Zeek's history", (row) => row.report.history),
  text('conn_state', "Zeek's conn_state", (row) => row.report.connState),
];

function sent(side: Role): readonly Column<ConnectionRow>[] {
  const of = ({ report }: ConnectionRow): Traffic => report.traffic[side];
  const name = (fact: string): string => `${side}_${fact}`;
  return [
    integer(name('packets'), `segments of the ${side}`, (row) => of(row).packets),
    integer(name('bytes'), 'payload bytes, those sent again included', (row) => of(row).bytes),
    integer(name('retransmissions'), 'segments sent again', (row) => of(row).retransmissions),
    integer(name('retransmitted_bytes'), 'payload of these', (row) => of(row).retransmittedBytes),
    integer(name('out_of_order'), 'segments out of order', (row) => of(row).outOfOrder),
    integer(name('duplicate_acks'), 'duplicate ACKs', (row) => of(row).duplicateAcks),
    integer(name('zero_windows'), 'zero windows', (row) => of(row).zeroWindows),
    integer(name('keep_alives'), 'keep-alives', (row) => of(row).keepAlives),
    double(
      name('rtt_min'),
      'its segments to their ACKs, delayed ones too: the least',
      (row) => of(row).rtt?.min,
    ),
    double(name('rtt_median'), 'the median', (row) => of(row).rtt?.median),
    double(name('rtt_max'), 'the most', (row) => of(row).rtt?.max),
    integer(name('rtt_samples'), 'how many were measured', (row) => of(row).rtt?.samples),
    integer(name('window'), 'last window, as in the header', (row) => of(row).window.raw),
    integer(name('window_bytes'), 'last window, scaled', (row) => of(row).window.bytes),
  ];
}

export const CONNECTION_COLUMNS: readonly Column<ConnectionRow>[] = [
  ...IDENTITY,
  ...OPENING,
  ...offered('client'),
  ...offered('server'),
  ...AGREED,
  ...CLOSING,
  ...sent('client'),
  ...sent('server'),
  integer('response_count', 'requests whose answer was timed', (row) => row.report.response?.count),
  double(
    'response_first',
    'last byte of the first request to the first byte of its answer',
    (row) => row.report.response?.first,
  ),
  double('response_median', 'the median of these times', (row) => row.report.response?.median),
  double('response_max', 'the longest', (row) => row.report.response?.max),
  double('longest_silence', 'longest time without a packet', (row) => row.report.longestSilence),
  integer('finding_count', 'findings of all codes', (row) => row.findingCount),
];
