/** The columns of a connection: every fact of CONTRACT.md's connection that is a single value. */
import { viaText } from '../explain/via.js';
import { CLOSING_KINDS, OPENING_KINDS, OUTCOME_KINDS, RESET_CAUSES } from '../verdict/catalogue.js';
import type { ConnectionReport } from '../verdict/report.js';
import { AGREED, offered } from './connection-options.js';
import type { ConnectionRow } from './connection-row.js';
import { sent } from './connection-traffic.js';
import { type Field, fieldsOf } from './field.js';

export function countOfFindings({ findingCounts }: ConnectionReport): number {
  return Object.values(findingCounts).reduce((sum, count) => sum + count, 0);
}

/** Findings are counted where they are asked for. */
export function connectionRow(report: ConnectionReport): ConnectionRow {
  return {
    report,
    get findingCount() {
      return countOfFindings(report);
    },
  };
}

const { text, word, integer, seconds, bytes, boolean, timestamp } = fieldsOf<ConnectionRow>();

const IDENTITY: readonly Field<ConnectionRow>[] = [
  integer('index', 'index', 'number of the connection, from 0, by first packet', (row) => row.report.index),
  text('client.address', 'client_address', 'IPv4 or IPv6 address', (row) => row.report.client.address),
  integer('client.port', 'client_port', 'TCP port', (row) => row.report.client.port),
  text('server.address', 'server_address', 'IPv4 or IPv6 address', (row) => row.report.server.address),
  integer('server.port', 'server_port', 'TCP port', (row) => row.report.server.port),
  word(
    'rolesFrom',
    'roles_from',
    ['syn', 'syn-ack', 'guess'],
    (row) => row.report.rolesFrom,
    'who is client is known from',
  ),
  text('via', 'via', 'VLANs and tunnels around it, outermost first', (row) => viaText(row.report.via)),
  integer('firstPacket', 'first_packet', 'number in the capture, from 1', (row) => row.report.firstPacket),
  integer('lastPacket', 'last_packet', 'number in the capture, from 1', (row) => row.report.lastPacket),
  timestamp('start', 'start', 'time of the first packet', ({ report }) => ({
    seconds: report.startSeconds,
    nanoseconds: report.startNanoseconds,
  })),
  seconds('duration', 'duration', 'from the first packet to the last', (row) => row.report.duration),
];

const OPENING: readonly Field<ConnectionRow>[] = [
  word('opening.kind', 'opening_kind', Object.keys(OPENING_KINDS), (row) => row.report.opening.kind),
  boolean('opening.complete', 'opening_complete', 'whether it opened', (row) => row.report.opening.complete),
  integer('opening.synCount', 'syn_count', 'SYNs of the client', (row) => row.report.opening.synCount),
  integer(
    'opening.synAckCount',
    'syn_ack_count',
    'SYN-ACKs of the server',
    (row) => row.report.opening.synAckCount,
  ),
  seconds(
    'opening.connectTime',
    'connect_time',
    'first SYN to the completing ACK',
    (row) => row.report.opening.connectTime,
  ),
  seconds(
    'opening.synWait',
    'syn_wait',
    'first SYN to the last: what its retries cost',
    (row) => row.report.opening.synWait,
  ),
  seconds(
    'opening.synToSynAck',
    'syn_to_syn_ack',
    'last SYN to the SYN-ACK',
    (row) => row.report.opening.synToSynAck,
  ),
  seconds(
    'opening.synAckWait',
    'syn_ack_wait',
    'first SYN-ACK to the last',
    (row) => row.report.opening.synAckWait,
  ),
  seconds(
    'opening.synAckToAck',
    'syn_ack_to_ack',
    'last SYN-ACK to the completing ACK',
    (row) => row.report.opening.synAckToAck,
  ),
  word(
    'opening.capturePoint',
    'capture_point',
    ['near-client', 'near-server', 'middle'],
    (row) => row.report.opening.capturePoint,
    'where the capture was made',
  ),
  word(
    'opening.slowSide',
    'slow_side',
    ['client', 'server', 'network'],
    (row) => row.report.opening.slowSide,
    'whose part of the handshake was slow',
  ),
];

const CLOSING: readonly Field<ConnectionRow>[] = [
  word('closing.kind', 'closing_kind', Object.keys(CLOSING_KINDS), (row) => row.report.closing.kind),
  boolean(
    'closing.complete',
    'closing_complete',
    'both FINs acknowledged, or an accepted RST',
    (row) => row.report.closing.complete,
  ),
  word(
    'closing.initiator',
    'closing_by',
    ['client', 'server'],
    (row) => row.report.closing.initiator,
    'whose FIN or accepted RST came first',
  ),
  seconds(
    'closing.halfClose.duration',
    'half_close_duration',
    'first FIN to the last data sent the other way',
    (row) => row.report.closing.halfClose?.duration,
  ),
  bytes(
    'closing.halfClose.bytes',
    'half_close_bytes',
    'payload sent the other way after the first FIN',
    (row) => row.report.closing.halfClose?.bytes,
  ),
  word(
    'closing.reset.by',
    'reset_by',
    ['client', 'server'],
    (row) => row.report.closing.reset?.by,
    'who sent RST',
  ),
  integer(
    'closing.reset.packet',
    'reset_packet',
    'packet of that RST',
    (row) => row.report.closing.reset?.packet,
  ),
  boolean(
    'closing.reset.accepted',
    'reset_accepted',
    'its receiver took it',
    (row) => row.report.closing.reset?.accepted,
  ),
  word(
    'closing.reset.cause',
    'reset_cause',
    Object.keys(RESET_CAUSES),
    (row) => row.report.closing.reset?.cause,
  ),
  text(
    'closing.reset.alternatives',
    'reset_alternatives',
    'causes that the packets do not exclude either, with spaces between',
    (row) => row.report.closing.reset?.alternatives.join(' '),
  ),
  word(
    'closing.reset.confidence',
    'reset_confidence',
    ['high', 'medium', 'low'],
    (row) => row.report.closing.reset?.confidence,
  ),
  word(
    'closing.timeWait',
    'time_wait',
    ['client', 'server', 'both'],
    (row) => row.report.closing.timeWait,
    'who ends in TIME-WAIT',
  ),
  timestamp(
    'closing.timeWaitEnds',
    'time_wait_ends',
    'until when on Linux, unless it is reused',
    (row) => row.report.closing.timeWaitEnds,
  ),
  text(
    'states.client',
    'state_client',
    "the client's last state (RFC 9293)",
    (row) => row.report.states.client,
  ),
  text(
    'states.server',
    'state_server',
    "the server's last state (RFC 9293)",
    (row) => row.report.states.server,
  ),
  integer('completeness', 'completeness', "Wireshark's tcp.completeness", (row) => row.report.completeness),
  text('history', 'history', "Zeek's history", (row) => row.report.history),
  text('connState', 'conn_state', "Zeek's conn_state", (row) => row.report.connState),
];

const OUTCOME: readonly Field<ConnectionRow>[] = [
  word('outcome.kind', 'outcome', Object.keys(OUTCOME_KINDS), (row) => row.report.outcome.kind),
  word(
    'outcome.by',
    'outcome_by',
    ['client', 'server', 'both'],
    (row) => row.report.outcome.by,
    'who closed, reset or refused it',
  ),
  boolean(
    'outcome.failed',
    'failed',
    'refused, no-answer, not-completed or reset',
    (row) => row.report.outcome.failed,
  ),
];

export const CONNECTION_COLUMNS: readonly Field<ConnectionRow>[] = [
  ...IDENTITY,
  ...OUTCOME,
  ...OPENING,
  ...offered('client'),
  ...offered('server'),
  ...AGREED,
  ...CLOSING,
  ...sent('client'),
  ...sent('server'),
  integer(
    'response.count',
    'response_count',
    'requests whose answer was timed',
    (row) => row.report.response?.count,
  ),
  seconds(
    'response.first',
    'response_first',
    'last byte of the first request to the first byte of its answer',
    (row) => row.report.response?.first,
  ),
  seconds(
    'response.median',
    'response_median',
    'the median of these times',
    (row) => row.report.response?.median,
  ),
  seconds('response.max', 'response_max', 'the longest', (row) => row.report.response?.max),
  seconds(
    'longestSilence',
    'longest_silence',
    'longest time without a packet',
    (row) => row.report.longestSilence,
  ),
  integer('findingCount', 'finding_count', 'findings of all codes', (row) => row.findingCount),
];
