/** The columns of a UDP flow: every fact of CONTRACT.md's udpFlow that is a single value. */
import { viaText } from '../explain/via.js';
import type { UdpFlowReport } from '../verdict/udp.js';
import { type Field, fieldsOf } from './field.js';

export interface UdpFlowRow {
  flow: UdpFlowReport;
  findingCount: number;
}

const { text, word, integer, seconds, bytes, boolean, timestamp } = fieldsOf<UdpFlowRow>();

export const UDP_FLOW_COLUMNS: readonly Field<UdpFlowRow>[] = [
  integer('index', 'index', 'number of the flow, from 0, by first packet', (row) => row.flow.index),
  text(
    'client.address',
    'client_address',
    'IPv4 or IPv6 address; the client sent first',
    (row) => row.flow.client.address,
  ),
  integer('client.port', 'client_port', 'UDP port', (row) => row.flow.client.port),
  text('server.address', 'server_address', 'IPv4 or IPv6 address', (row) => row.flow.server.address),
  integer('server.port', 'server_port', 'UDP port', (row) => row.flow.server.port),
  text('via', 'via', 'VLANs and tunnels around it, outermost first', (row) => viaText(row.flow.via)),
  integer('firstPacket', 'first_packet', 'number in the capture, from 1', (row) => row.flow.firstPacket),
  integer('lastPacket', 'last_packet', 'number in the capture, from 1', (row) => row.flow.lastPacket),
  timestamp('start', 'start', 'time of the first packet', ({ flow }) => ({
    seconds: flow.startSeconds,
    nanoseconds: flow.startNanoseconds,
  })),
  seconds('duration', 'duration', 'from the first datagram to the last', (row) => row.flow.duration),
  integer(
    'traffic.client.packets',
    'client_packets',
    'datagrams of the client',
    (row) => row.flow.traffic.client.packets,
  ),
  bytes(
    'traffic.client.bytes',
    'client_bytes',
    'payload bytes of the client',
    (row) => row.flow.traffic.client.bytes,
  ),
  integer(
    'traffic.server.packets',
    'server_packets',
    'datagrams of the server',
    (row) => row.flow.traffic.server.packets,
  ),
  bytes(
    'traffic.server.bytes',
    'server_bytes',
    'payload bytes of the server',
    (row) => row.flow.traffic.server.bytes,
  ),
  boolean('answered', 'answered', 'the server sent something', (row) => row.flow.answered),
  integer(
    'answers',
    'answers',
    '`index` of the multicast or broadcast flow that it answers',
    (row) => row.flow.answers,
  ),
  word('cast', 'cast', ['unicast', 'multicast', 'broadcast'], (row) => row.flow.cast),
  integer(
    'icmp.packet',
    'icmp_packet',
    'packet of the ICMP error that answered it',
    (row) => row.flow.icmp?.packet,
  ),
  text('icmp.from', 'icmp_from', 'address of its sender', (row) => row.flow.icmp?.from),
  integer('icmp.type', 'icmp_type', 'ICMP type', (row) => row.flow.icmp?.type),
  integer('icmp.code', 'icmp_code', 'ICMP code', (row) => row.flow.icmp?.code),
  text('icmp.meaning', 'icmp_meaning', 'in a word, e.g. port-unreachable', (row) => row.flow.icmp?.meaning),
  integer('findingCount', 'finding_count', 'findings of all codes', (row) => row.findingCount),
];
