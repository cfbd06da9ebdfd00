/** UDP flows as sentences; part of the same English phrase table. */
import type { IcmpReport, UdpFlowReport } from '../../verdict/udp.js';
import { icmpText } from './icmp.js';
import { byteCount, count, grouped } from './quantities.js';
import { capitalized } from './words.js';

/** The ICMP error that answered a flow, in words. */
export function udpIcmpText(icmp: IcmpReport, { client }: Pick<UdpFlowReport, 'client'>): string {
  return icmpText({ ...icmp, version: client.address.includes(':') ? 6 : 4 });
}

/** A UDP flow, in one line. */
export function udpSentence(flow: UdpFlowReport): string {
  const to = flow.cast === 'unicast' ? '' : ` (${flow.cast})`;
  if (flow.icmp !== null) {
    const meaning = udpIcmpText(flow.icmp, flow);
    const why = flow.icmp.meaning === 'port-unreachable' ? ': no socket there, or a firewall refused it' : '';
    return `${meaning}${why} (ICMP, packet ${flow.icmp.packet})${to}`;
  }
  if (flow.answers !== null) return `answers flow ${flow.answers}${to}`;
  if (flow.answeredBy.length > 0)
    return `answered by ${count(flow.answeredBy.length, 'host')} (flow ${flow.answeredBy.join(', ')})${to}`;
  return (flow.answered ? 'datagrams both ways' : 'no answer seen') + to;
}

/** The same in a word or two, for a table. */
export function udpOutcome(flow: UdpFlowReport): string {
  if (flow.icmp !== null) return udpIcmpText(flow.icmp, flow);
  const to = flow.cast === 'unicast' ? '' : ` (${flow.cast})`;
  if (flow.answers !== null) return `answers flow ${flow.answers}`;
  return (flow.answered ? 'answered' : 'no answer') + to;
}

/** The title of its picture: `Datagrams both ways; 3 from the client (27 bytes), 3 from the server (27 bytes)`. */
export function flowHeadline(flow: UdpFlowReport): string {
  const sent = (['client', 'server'] as const).flatMap((who) => {
    const { packets, bytes } = flow.traffic[who];
    return packets === 0 ? [] : [`${grouped(packets)} from the ${who} (${byteCount(bytes)})`];
  });
  return capitalized([udpSentence(flow), sent.join(', ')].join('; '));
}

export function datagramTitle(
  packet: number,
  time: string,
  from: 'client' | 'server',
  bytes: number,
): string {
  return `Packet ${packet}, ${time}: the ${from} sends ${byteCount(bytes)}`;
}
