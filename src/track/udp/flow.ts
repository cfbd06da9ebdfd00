/** A UDP flow: what is kept of it, and as plain values. */
import type { PathLayer, PathTable } from '../../decode/path.js';
import type { IcmpAnswer } from '../memory/extras.js';
import { type FlowTable, slotAddress } from '../memory/flow-table.js';
import { NO_TIME } from '../memory/focus.js';

export interface UdpDatagram {
  packet: number;
  at: number;
  side: 0 | 1;
  length: number;
}

/** What is reported of a flow. Side 0 is the client: the end that spoke first. */
export interface UdpFlowSnapshot {
  index: number;
  addresses: [string, string];
  ports: [number, number];
  /** The VLANs and tunnels that it came through. */
  via: PathLayer[];
  version: 4 | 6;
  firstPacket: number;
  lastPacket: number;
  startSeconds: number;
  startNanoseconds: number;
  startedAt: number;
  lastAt: number;
  packets: [number, number];
  bytes: [number, number];
  icmp: IcmpAnswer | null;
  /** Sent to everybody on the link (Ethernet ff:ff:ff:ff:ff:ff). */
  broadcast: boolean;
  /** Flows that answered this one from addresses of their own, as members of a multicast group do. */
  answeredBy: number[];
  /** The flow that this one answers so, -1 where none. */
  answers: number;
  datagrams: UdpDatagram[] | null;
}

// shared by the many that have none; never written to
const NOBODY: number[] = [];

/** What is kept of a flow: numbers, as a million of them may be there at a time. */
export class UdpFlow {
  index = 0;
  firstPacket = 0;
  lastPacket = 0;
  startSeconds = 0;
  startNanoseconds = 0;
  startedAt = NO_TIME;
  lastAt = NO_TIME;
  packets0 = 0;
  packets1 = 0;
  bytes0 = 0;
  bytes1 = 0;
  icmp: IcmpAnswer | null = null;
  broadcast = false;
  answeredBy = NOBODY;
  answers = -1;
  /** Path of the answers where only one direction is tagged, -1 where both are alike. */
  answerPath = -1;
  /** It is among those whose answers may come from elsewhere. */
  asks = false;
  datagrams: UdpDatagram[] | null = null;
}

/** The flow in a slot as plain values. */
export function snapshotFlow(
  table: FlowTable,
  paths: PathTable,
  slot: number,
  flow: UdpFlow,
): UdpFlowSnapshot {
  return {
    index: flow.index,
    addresses: [slotAddress(table, slot, 0), slotAddress(table, slot, 1)],
    ports: [table.port(slot, 0), table.port(slot, 1)],
    via: paths.describe(table.path(slot)),
    version: table.ipVersion(slot),
    firstPacket: flow.firstPacket,
    lastPacket: flow.lastPacket,
    startSeconds: flow.startSeconds,
    startNanoseconds: flow.startNanoseconds,
    startedAt: flow.startedAt,
    lastAt: flow.lastAt,
    packets: [flow.packets0, flow.packets1],
    bytes: [flow.bytes0, flow.bytes1],
    icmp: flow.icmp,
    broadcast: flow.broadcast,
    answeredBy: flow.answeredBy,
    answers: flow.answers,
    datagrams: flow.datagrams,
  };
}
