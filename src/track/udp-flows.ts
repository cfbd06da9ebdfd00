/**
 * UDP flows: datagrams between the same two ends. To read first: RFC 768. There is no handshake and no closing;
 * a flow ends only by silence, after which the same addresses begin a new one.
 */

import type { Frame } from '../capture/frame.js';
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

export class UdpFlows {
  /** Flows begun so far. */
  count = 0;
  /** Flows that were let go because there were too many. */
  evicted = 0;
  private readonly table = new FlowTable();
  private readonly flows: (UdpFlow | undefined)[] = [];

  constructor(
    private readonly most: number,
    private readonly keepDatagramsOf: number,
    private readonly ended: (flow: UdpFlowSnapshot) => void,
  ) {}

  datagram(packet: Packet, frame: Frame, at: number): void {
    let slot = this.table.find(packet);
    let flow = slot < 0 || this.table.otherPath ? undefined : this.flows[slot];
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
        datagrams: null,
      };
      if (flow.index < this.keepDatagramsOf) flow.datagrams = [];
      this.flows[slot] = flow;
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

  /** An ICMP error that quotes a datagram. */
  icmpError(packet: Packet, number: number, at: number): void {
    const slot = this.table.find(packet);
    const flow = slot < 0 ? undefined : this.flows[slot];
    if (flow === undefined || flow.icmp !== null) return;
    flow.icmp = icmpAnswer(packet, number, at, this.table.side === 0 ? 0 : 1);
  }

  /** Reports all flows, oldest first. */
  finish(): void {
    for (let slot = this.table.oldest(); slot >= 0; slot = this.table.oldest()) this.end(slot);
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
