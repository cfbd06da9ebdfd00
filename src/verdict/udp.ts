/** A UDP flow in the words of CONTRACT.md. There is no handshake to judge: answered or not, and to whom. */
import { addressText } from '../decode/address.js';
import type { PathLayer } from '../decode/path.js';
import type { IcmpAnswer } from '../track/memory/extras.js';
import type { UdpDatagram, UdpFlowSnapshot } from '../track/udp/flow.js';
import { seconds } from './durations.js';

export interface IcmpReport {
  packet: number;
  from: string;
  type: number;
  code: number;
  /** A stable word, e.g. `port-unreachable`. */
  meaning: string;
  /** Of a packet that was too big; null where the error has none. */
  mtu: number | null;
}

export interface UdpFlowReport {
  index: number;
  client: { address: string; port: number };
  server: { address: string; port: number };
  firstPacket: number;
  lastPacket: number;
  startSeconds: number;
  startNanoseconds: number;
  duration: number;
  via: PathLayer[];
  traffic: { client: { packets: number; bytes: number }; server: { packets: number; bytes: number } };
  answered: boolean;
  /** Flows whose datagrams answer this one from another address (multicast, broadcast). */
  answeredBy: number[];
  /** The flow that this one answers so. */
  answers: number | null;
  cast: 'unicast' | 'multicast' | 'broadcast';
  icmp: IcmpReport | null;
  /** Nanoseconds, as `startedAt` and the datagrams; null without an ICMP error. */
  icmpAt: number | null;
  findings: { code: string; packet: number; by: 0 | 1; severity: 'note' | 'warning' }[];
  startedAt: number;
  datagrams: UdpDatagram[] | null;
}

export function judgeUdpFlow(flow: UdpFlowSnapshot): UdpFlowReport {
  const icmp = flow.icmp === null ? null : icmpReport(flow.icmp);
  return {
    index: flow.index,
    client: { address: flow.addresses[0], port: flow.ports[0] },
    server: { address: flow.addresses[1], port: flow.ports[1] },
    firstPacket: flow.firstPacket,
    lastPacket: Math.max(flow.lastPacket, flow.icmp?.packet ?? 0),
    startSeconds: flow.startSeconds,
    startNanoseconds: flow.startNanoseconds,
    duration: seconds(flow.lastAt - flow.startedAt),
    via: flow.via,
    traffic: {
      client: { packets: flow.packets[0], bytes: flow.bytes[0] },
      server: { packets: flow.packets[1], bytes: flow.bytes[1] },
    },
    answered: flow.packets[1] > 0 || flow.answeredBy.length > 0,
    answeredBy: flow.answeredBy,
    answers: flow.answers < 0 ? null : flow.answers,
    cast: flow.broadcast ? 'broadcast' : castOf(flow.addresses[1]),
    icmp,
    icmpAt: flow.icmp?.at ?? null,
    findings: icmp === null ? [] : [{ code: icmp.meaning, packet: icmp.packet, by: 1, severity: 'warning' }],
    startedAt: flow.startedAt,
    datagrams: flow.datagrams,
  };
}

/** RFC 1112 4 and RFC 4291 2.7 for multicast. */
export function castOf(address: string): UdpFlowReport['cast'] {
  if (address === '255.255.255.255') return 'broadcast';
  const first = Number.parseInt(address, 10);
  if (!address.includes(':')) return first >= 224 && first <= 239 ? 'multicast' : 'unicast';
  return address.toLowerCase().startsWith('ff') && address.indexOf(':') === 4 ? 'multicast' : 'unicast';
}

const MEANINGS_4: Readonly<Record<string, string>> = {
  '3/0': 'network-unreachable',
  '3/1': 'host-unreachable',
  '3/2': 'protocol-unreachable',
  '3/3': 'port-unreachable',
  '3/4': 'fragmentation-needed',
  '3/9': 'administratively-prohibited',
  '3/10': 'administratively-prohibited',
  '3/13': 'administratively-prohibited',
  '11/0': 'time-exceeded',
  '11/1': 'reassembly-time-exceeded',
};
const MEANINGS_6: Readonly<Record<string, string>> = {
  '1/0': 'no-route',
  '1/1': 'administratively-prohibited',
  '1/3': 'address-unreachable',
  '1/4': 'port-unreachable',
  '1/5': 'source-address-failed-policy',
  '1/6': 'route-rejected',
  '2/0': 'packet-too-big',
  '3/0': 'time-exceeded',
  '3/1': 'reassembly-time-exceeded',
};

/** RFC 792 and RFC 4443 codes as a word; `icmp-error` where there is none. */
export function icmpMeaning(version: 4 | 6, type: number, code: number): string {
  return (version === 4 ? MEANINGS_4 : MEANINGS_6)[`${type}/${code}`] ?? 'icmp-error';
}

export function icmpReport(icmp: IcmpAnswer): IcmpReport {
  const type = icmp.typeAndCode >>> 8;
  const code = icmp.typeAndCode & 0xff;
  const meaning = icmpMeaning(icmp.version, type, code);
  const from = addressText(icmp.version, ...icmp.from);
  return { packet: icmp.packet, from, type, code, meaning, mtu: icmp.mtu };
}
