/**
 * UDP flows: datagrams between the same two ends. To read first: RFC 768. There is no handshake and no closing;
 * a flow ends only by silence, after which the same addresses begin a new one.
 */

import type { Frame } from '../capture/frame.js';
import { endpointText } from '../decode/address.js';
import type { Packet } from '../decode/packet.js';
import type { IcmpAnswer } from './detail.js';
import { FlowTable } from './flow-table.js';
import { slotAddress } from './snapshot.js';

/** The longest silence within a flow, as NAT devices take it (RFC 4787 REQ-5: at least 2, better 5 minutes). */
const IDLE_NS = 300e9;

export interface UdpDatagram {
  packet: number;
  at: number;
  side: 0 | 1;
  length: number;
}

interface UdpFlow {
  index: number;
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
  /** Path of the answers where only one direction is tagged, -1 where both are alike. */
  answersOn: number;
  datagrams: UdpDatagram[] | null;
}

/** Side 0 is the client: the end that spoke first. */
export interface UdpFlowSnapshot extends UdpFlow {
  addresses: [string, string];
  ports: [number, number];
  path: number;
  version: 4 | 6;
}

const MOST_DATAGRAMS = 200;
/** Servers and askers that are followed for one-to-many exchanges, and answers noted of each. */
const MOST_SERVERS = 10_000;
const MOST_ANSWERS = 100;

export class UdpFlows {
  /** Flows begun so far. */
  count = 0;
  /** Flows that were let go because there were too many. */
  evicted = 0;
  private readonly table = new FlowTable();
  private readonly flows: (UdpFlow | undefined)[] = [];
  /** Clients of each server, by its address and port. */
  private readonly clients = new Map<string, number>();
  /** Who asks for answers at a port: asker and port -> flow. */
  private readonly askers = new Map<string, UdpFlow>();

  constructor(
    private readonly most: number,
    private readonly keepDatagramsOf: number,
    private readonly ended: (flow: UdpFlowSnapshot) => void,
  ) {}

  datagram(packet: Packet, frame: Pick<Frame, 'number' | 'seconds' | 'nanoseconds'>, at: number): void {
    let slot = this.table.find(packet);
    let flow =
      slot < 0 || (this.table.otherPath && !this.isUntagged(slot, packet)) ? undefined : this.flows[slot];
    if (flow !== undefined && this.table.otherPath) flow.answersOn = packet.path;
    if (flow !== undefined && at - flow.lastAt > IDLE_NS) {
      this.end(slot);
      flow = undefined;
    }
    if (flow === undefined) {
      if (this.table.size >= this.most) {
        this.evicted++;
        this.end(this.table.oldest());
      }
      slot = this.table.add(packet);
      flow = {
        index: this.count++,
        firstPacket: frame.number,
        lastPacket: frame.number,
        startSeconds: frame.seconds,
        startNanoseconds: frame.nanoseconds,
        startedAt: at,
        lastAt: at,
        packets: [0, 0],
        bytes: [0, 0],
        icmp: null,
        broadcast: isBroadcast(packet),
        answeredBy: [],
        answers: -1,
        answersOn: -1,
        datagrams: null,
      };
      if (flow.index < this.keepDatagramsOf) flow.datagrams = [];
      this.flows[slot] = flow;
      this.relate(flow, slot);
    }
    const side = this.table.side === 0 ? 0 : 1;
    flow.lastPacket = frame.number;
    flow.lastAt = at;
    flow.packets[side]++;
    flow.bytes[side] += packet.payloadLength;
    if (flow.datagrams !== null && flow.datagrams.length < MOST_DATAGRAMS) {
      flow.datagrams.push({ packet: frame.number, at, side, length: packet.payloadLength });
    }
  }

  /** An answer that is tagged where the question is not, or the other way round, as some SPAN ports show it. */
  private isUntagged(slot: number, packet: Packet): boolean {
    const flow = this.flows[slot];
    if (flow === undefined || this.table.side === 0) return false;
    if (flow.answersOn >= 0) return flow.answersOn === packet.path;
    return flow.packets[1] === 0 && (packet.path === 0 || this.table.path(slot) === 0);
  }

  /** Servers with more than one client, in the order in which they were met. */
  oneToMany(): { server: string; clients: number }[] {
    return [...this.clients]
      .filter(([, clients]) => clients > 1)
      .map(([server, clients]) => ({ server, clients }));
  }

  /** A new flow beside those before it: another client of a server, or an answer to a group. */
  private relate(flow: UdpFlow, slot: number): void {
    const { table } = this;
    const end = (side: 0 | 1): string => endpointText(slotAddress(table, slot, side), table.port(slot, side));
    const asked = this.askers.get(`${end(1)} ${table.port(slot, 0)}`);
    if (asked !== undefined && asked !== flow) {
      flow.answers = asked.index;
      if (asked.answeredBy.length < MOST_ANSWERS) asked.answeredBy.push(flow.index);
      return;
    }
    const server = end(1);
    if (this.clients.size < MOST_SERVERS || this.clients.has(server)) {
      this.clients.set(server, (this.clients.get(server) ?? 0) + 1);
    }
    if (this.askers.size < MOST_SERVERS) this.askers.set(`${end(0)} ${table.port(slot, 1)}`, flow);
  }

  /** An ICMP error that quotes a datagram. */
  icmpError(packet: Packet, number: number, at: number): void {
    const slot = this.table.find(packet);
    const flow = slot < 0 ? undefined : this.flows[slot];
    if (flow === undefined || flow.icmp !== null) return;
    flow.icmp = icmpAnswer(packet, number, at, this.table.side === 0 ? 0 : 1);
  }

  /** Reports flows, oldest first, at most so many; true where there are more. */
  finish(most: number): boolean {
    for (let left = most; left > 0 && this.table.size > 0; left--) this.end(this.table.oldest());
    return this.table.size > 0;
  }

  private end(slot: number): void {
    const flow = this.flows[slot];
    if (flow !== undefined) {
      this.ended({
        ...flow,
        addresses: [slotAddress(this.table, slot, 0), slotAddress(this.table, slot, 1)],
        ports: [this.table.port(slot, 0), this.table.port(slot, 1)],
        path: this.table.path(slot),
        version: this.table.ipVersion(slot),
      });
    }
    this.flows[slot] = undefined;
    this.table.remove(slot);
  }
}

/** By the link layer, since the broadcast address of a subnet cannot be told from outside. */
export function isBroadcast(packet: Packet): boolean {
  if (packet.cookedType === COOKED_BROADCAST) return true;
  const at = packet.ethernetOffset;
  // a reassembled datagram has a buffer of its own, without a link layer
  if (at < 0 || packet.ipOffset < 0) return false;
  return packet.view.getUint32(at) === 0xffffffff && packet.view.getUint16(at + 4) === 0xffff;
}

/** LINUX_SLL_BROADCAST. */
export const COOKED_BROADCAST = 1;

export function icmpAnswer(packet: Packet, number: number, at: number, side: 0 | 1): IcmpAnswer {
  return {
    packet: number,
    at,
    version: packet.ipVersion === 6 ? 6 : 4,
    typeAndCode: packet.icmp,
    side,
    from: [packet.icmpSource0, packet.icmpSource1, packet.icmpSource2, packet.icmpSource3],
  };
}
