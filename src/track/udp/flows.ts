/**
 * UDP flows: datagrams between the same two ends. To read first: RFC 768. There is no handshake and no closing;
 * a flow ends only by silence, after which the same addresses begin a new one.
 */

import type { Frame } from '../../capture/frame.js';
import { endpointText } from '../../decode/address.js';
import type { Packet } from '../../decode/packet.js';
import type { PathTable } from '../../decode/path.js';
import { FlowTable, slotAddress } from '../memory/flow-table.js';
import { icmpAnswer } from '../memory/icmp-answer.js';
import { snapshotFlow, UdpFlow, type UdpFlowSnapshot } from './flow.js';

/** The longest silence within a flow, as NAT devices take it (RFC 4787 REQ-5: at least 2, better 5 minutes). */
const IDLE_NS = 300e9;

const MAX_DATAGRAMS = 200;
/** Servers and groupQueries that are followed for one-to-many exchanges, and answers noted of each. */
const MAX_SERVERS = 10_000;
const MAX_ANSWERS = 100;
/** How many old flows are looked at for each new one. */
const SWEEP = 2;

export class UdpFlows {
  /** Flows begun so far. */
  count = 0;
  /** Flows that were evicted because there were too many. */
  evicted = 0;
  private readonly table = new FlowTable();
  private readonly flows: (UdpFlow | undefined)[] = [];
  /** Clients of each server, by its address and port. */
  private readonly clients = new Map<string, number>();
  /** Who asks for answers at a port: asker and port -> flow. */
  private readonly groupQueries = new Map<string, UdpFlow>();
  /** Slots with datagrams since the last `look`; null where nobody looks. */
  private changed: Set<number> | null = null;
  /** The next flow to look at, -1 for the oldest. */
  private lookedAt = -1;

  /** `ended` is called once for each flow; `snapshot`, called at once, makes plain values that last. */
  constructor(
    private readonly most: number,
    private readonly keepDatagramsOf: number,
    private readonly paths: PathTable,
    private readonly ended: (index: number, snapshot: () => UdpFlowSnapshot) => void,
    /** Called with each packet of a flow: its datagrams, and ICMP errors that quote them. */
    private readonly note: ((index: number, packet: number) => void) | null = null,
  ) {}

  datagram(packet: Packet, frame: Pick<Frame, 'number' | 'seconds' | 'nanoseconds'>, at: number): void {
    const slot = this.find(packet, at);
    const known = slot < 0 ? undefined : this.flows[slot];
    const { otherPath } = this.table;
    const belongs = known !== undefined && (!otherPath || this.isUntagged(slot, known, packet));
    const flow = belongs ? known : this.begin(packet, frame, at);
    if (belongs) this.changed?.add(slot);
    if (belongs && otherPath) flow.answerPath = packet.path;
    const side = this.table.side === 0 ? 0 : 1;
    flow.lastPacket = frame.number;
    if (this.note !== null) this.note(flow.index, frame.number);
    if (!(flow.lastAt > at)) flow.lastAt = at;
    if (side === 0) {
      flow.packets0++;
      flow.bytes0 += packet.payloadLength;
    } else {
      flow.packets1++;
      flow.bytes1 += packet.payloadLength;
    }
    if (flow.datagrams !== null && flow.datagrams.length < MAX_DATAGRAMS) {
      flow.datagrams.push({ packet: frame.number, at, side, length: packet.payloadLength });
    }
  }

  /**
   * The slot of the packet's flow, -1 where there is none. A flow that was silent for too long is no longer there, whether or
   * not it was looked at: so the result for a flow does not depend on others.
   */
  private find(packet: Packet, at: number): number {
    let slot = this.table.find(packet);
    while (slot >= 0 && this.isExpired(slot, at)) {
      this.end(slot);
      slot = this.table.find(packet);
    }
    return slot;
  }

  private isExpired(slot: number, at: number): boolean {
    const flow = this.flows[slot];
    return flow !== undefined && at - flow.lastAt > IDLE_NS;
  }

  private begin(
    packet: Packet,
    frame: Pick<Frame, 'number' | 'seconds' | 'nanoseconds'>,
    at: number,
  ): UdpFlow {
    this.sweep(at);
    if (this.table.size >= this.most) {
      this.evicted++;
      this.end(this.table.oldest());
    }
    const slot = this.table.add(packet);
    const flow = new UdpFlow();
    flow.index = this.count++;
    flow.firstPacket = frame.number;
    flow.startSeconds = frame.seconds;
    flow.startNanoseconds = frame.nanoseconds;
    flow.startedAt = at;
    flow.broadcast = isBroadcast(packet);
    if (flow.index < this.keepDatagramsOf) flow.datagrams = [];
    this.flows[slot] = flow;
    this.changed?.add(slot);
    this.relate(flow, slot, at);
    return flow;
  }

  /** Looks at a few flows, in turn, and reports those that are past. */
  private sweep(at: number): void {
    for (let i = 0; i < SWEEP; i++) {
      const slot = this.lookedAt < 0 ? this.table.oldest() : this.lookedAt;
      if (slot < 0) return;
      this.lookedAt = this.table.after(slot);
      if (this.isExpired(slot, at)) this.end(slot);
    }
  }

  /** Reports what time alone has ended, where no datagram comes (live). */
  tick(at: number): void {
    for (let slot = this.table.oldest(); slot >= 0; ) {
      const next = this.table.after(slot);
      if (this.isExpired(slot, at)) this.end(slot);
      slot = next;
    }
  }

  /** An answer that is tagged where the question is not, or the other way round, as some SPAN ports show it. */
  private isUntagged(slot: number, flow: UdpFlow, packet: Packet): boolean {
    if (this.table.side === 0) return false;
    if (flow.answerPath >= 0) return flow.answerPath === packet.path;
    return flow.packets1 === 0 && (packet.path === 0 || this.table.path(slot) === 0);
  }

  /** Flows that changed since the last time, as they are now, up to a limit; the first time, all flows. */
  look(most: number, take: (snapshot: UdpFlowSnapshot) => void): void {
    if (this.changed === null) {
      this.changed = new Set();
      for (let slot = this.table.oldest(); slot >= 0; slot = this.table.after(slot)) this.changed.add(slot);
    }
    let left = most;
    for (const slot of this.changed) {
      if (left-- <= 0) return;
      this.changed.delete(slot);
      const flow = this.flows[slot];
      if (flow !== undefined) take(snapshotFlow(this.table, this.paths, slot, flow));
    }
  }

  /** Servers with more than one client, in the order in which they were met. */
  oneToMany(): { server: string; clients: number }[] {
    return [...this.clients]
      .filter(([, clients]) => clients > 1)
      .map(([server, clients]) => ({ server, clients }));
  }

  /** A new flow next to those before it: another client of a server, or an answer to a group. */
  private relate(flow: UdpFlow, slot: number, at: number): void {
    const { table } = this;
    const asked = this.groupQueries.get(`${this.endText(slot, 1)} ${table.port(slot, 0)}`);
    if (asked !== undefined && at - asked.lastAt <= IDLE_NS) {
      flow.answers = asked.index;
      if (asked.answeredBy.length < MAX_ANSWERS) asked.answeredBy = [...asked.answeredBy, flow.index];
      return;
    }
    const server = this.endText(slot, 1);
    if (this.clients.size < MAX_SERVERS || this.clients.has(server)) {
      this.clients.set(server, (this.clients.get(server) ?? 0) + 1);
    }
    if (this.groupQueries.size < MAX_SERVERS) {
      flow.asks = true;
      this.groupQueries.set(this.askerKey(slot), flow);
    }
  }

  private endText(slot: number, side: 0 | 1): string {
    return endpointText(slotAddress(this.table, slot, side), this.table.port(slot, side));
  }

  private askerKey(slot: number): string {
    return `${this.endText(slot, 0)} ${this.table.port(slot, 1)}`;
  }

  /** An ICMP error that quotes a datagram. */
  icmpError(packet: Packet, number: number, at: number): void {
    const slot = this.find(packet, at);
    const flow = slot < 0 ? undefined : this.flows[slot];
    if (flow === undefined) return;
    if (this.note !== null) this.note(flow.index, number);
    if (flow.icmp !== null) return;
    this.changed?.add(slot);
    flow.icmp = icmpAnswer(packet, number, at, this.table.side === 0 ? 0 : 1);
  }

  /** Reports flows, oldest first, up to a limit; true where there are more. */
  finish(most: number): boolean {
    for (let left = most; left > 0 && this.table.size > 0; left--) this.end(this.table.oldest());
    return this.table.size > 0;
  }

  private end(slot: number): void {
    const flow = this.flows[slot];
    if (flow !== undefined) {
      this.ended(flow.index, () => snapshotFlow(this.table, this.paths, slot, flow));
      if (flow.asks) this.forgetAsker(flow, slot);
    }
    this.flows[slot] = undefined;
    this.changed?.delete(slot);
    if (this.lookedAt === slot) this.lookedAt = this.table.after(slot);
    this.table.remove(slot);
  }

  private forgetAsker(flow: UdpFlow, slot: number): void {
    const key = this.askerKey(slot);
    if (this.groupQueries.get(key) === flow) this.groupQueries.delete(key);
  }
}

/** By the link layer, since the broadcast address of a subnet is not known from outside. */
export function isBroadcast(packet: Packet): boolean {
  if (packet.cookedType === COOKED_BROADCAST) return true;
  const at = packet.ethernetOffset;
  if (at < 0) return false;
  return packet.view.getUint32(at) === 0xffffffff && packet.view.getUint16(at + 4) === 0xffff;
}

/** LINUX_SLL_BROADCAST. */
export const COOKED_BROADCAST = 1;
