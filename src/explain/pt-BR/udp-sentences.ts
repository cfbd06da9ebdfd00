/** UDP flows as sentences. */
import type { IcmpReport, UdpFlowReport } from '../../verdict/udp.js';
import { endName } from './ends.js';
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
    const why =
      flow.icmp.meaning === 'port-unreachable' ? ': não há socket ali, ou um firewall o recusou' : '';
    return `${meaning}${why} (ICMP, pacote ${flow.icmp.packet})${to}`;
  }
  if (flow.answers !== null) return `responde ao fluxo ${flow.answers}${to}`;
  if (flow.answeredBy.length > 0) {
    const flows = flow.answeredBy.length === 1 ? 'fluxo' : 'fluxos';
    return `respondido por ${count(flow.answeredBy.length, 'host')} (${flows} ${flow.answeredBy.join(', ')})${to}`;
  }
  return (flow.answered ? 'datagramas nos dois sentidos' : 'nenhuma resposta vista') + to;
}

/** The same in a word or two, for a table. */
export function udpOutcome(flow: UdpFlowReport): string {
  if (flow.icmp !== null) return udpIcmpText(flow.icmp, flow);
  const to = flow.cast === 'unicast' ? '' : ` (${flow.cast})`;
  if (flow.answers !== null) return `responde ao fluxo ${flow.answers}`;
  return (flow.answered ? 'respondido' : 'sem resposta') + to;
}

/** The title of its picture: `Datagramas nos dois sentidos; 3 do cliente (27 bytes), 3 do servidor (27 bytes)`. */
export function flowHeadline(flow: UdpFlowReport): string {
  const sent = (['client', 'server'] as const).flatMap((who) => {
    const { packets, bytes } = flow.traffic[who];
    return packets === 0 ? [] : [`${grouped(packets)} do ${endName(who)} (${byteCount(bytes)})`];
  });
  return capitalized([udpSentence(flow), sent.join(', ')].join('; '));
}

export function datagramTitle(
  packet: number,
  time: string,
  from: 'client' | 'server',
  bytes: number,
): string {
  return `Pacote ${packet}, ${time}: o ${endName(from)} envia ${byteCount(bytes)}`;
}
