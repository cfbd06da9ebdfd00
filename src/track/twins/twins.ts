/**
 * Connections that are one connection behind an address translation: captured on both sides of it, or with segments that
 * were not translated. They have the same numbers, and mostly the same ports, under other addresses: a translation leaves
 * sequence numbers alone (RFC 3022 2.2).
 *
 * Looked for only where a connection begins, among a bounded number of those that began before.
 */
import { ACK, RST, SYN } from '../../decode/packet.js';
import {
  CLIENT_IS_SIDE_1,
  ConnectionCursor,
  EndpointCursor,
  ROLES_FROM_SYN,
  ROLES_FROM_SYN_ACK,
  SELF,
  SENT_SYN,
} from '../memory/connection.js';
import type { Extras, Twin } from '../memory/extras.js';
import type { FlowTable } from '../memory/flow-table.js';
import type { Focus } from '../memory/focus.js';
import { isOver, LINGER_NS } from '../rfc9293/lifecycle.js';
import { RecentSlots, WAYS } from './recent-slots.js';
import { answersSyn, fitsNumbers } from './twin-numbers.js';

/** A SYN is translated and captured once more within this time. */
const SAME_SYN_NS = 1e9;
/** Routers between the two places where a SYN was captured, at most. */
const MAX_HOPS = 8;

/** What another address or port of an end is in Twin.changed. */
export const CLIENT_ADDRESS = 1;
export const CLIENT_PORT = 2;
export const SERVER_ADDRESS = 4;
export const SERVER_PORT = 8;

export class Twins {
  private readonly bySyn = new RecentSlots(1 << 8);
  /** Made when a connection begins without a SYN: most captures have few of those. */
  private byClientPort: RecentSlots | null = null;
  /** Another connection than the one in focus; `own` is its end that would have sent the segment in focus. */
  private readonly other = new ConnectionCursor();
  private readonly own = new EndpointCursor();
  private readonly peer = new EndpointCursor();

  constructor(
    private readonly table: FlowTable,
    private readonly focus: Focus,
  ) {}

  /** The segment in focus has begun the connection in focus. */
  begins(): void {
    const { connection, packet, slot } = this.focus;
    if ((connection.bits & SELF) !== 0) return;
    const { sourcePort, targetPort, sequence } = packet;
    if ((packet.flags & (SYN | ACK | RST)) === SYN) {
      const mark = (packet.ipId << 8) | packet.ttl;
      this.compareSyns(mark);
      this.bySyn.add(sequence, slot, mark);
      this.byClientPort?.add(sourcePort, slot, 0);
      return;
    }
    this.byClientPort ??= this.indexed();
    if (
      !this.findOriginal(targetPort, false) &&
      !this.findOriginal(sourcePort, true) &&
      !this.findSyn(packet.acknowledgement - 1)
    ) {
      const port = (connection.bits & CLIENT_IS_SIDE_1) === 0 ? sourcePort : targetPort;
      this.byClientPort.add(port, slot, 0);
    }
  }

  /** The connections that are there by the ports of their clients. */
  private indexed(): RecentSlots {
    const { focus, table, other, own, peer } = this;
    const index = new RecentSlots(1 << 12);
    for (let slot = table.oldest(); slot >= 0; slot = table.after(slot)) {
      if (slot === focus.slot) continue;
      focus.look(slot, 0, other, own, peer);
      if ((other.bits & SELF) === 0)
        index.add(table.port(slot, (other.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0), slot, 0);
    }
    return index;
  }

  /** Two SYNs of one number may be one packet before and behind a translation. */
  private compareSyns(mark: number): void {
    const { focus, table, bySyn } = this;
    const { packet, at } = focus;
    const { sequence, sourcePort, targetPort } = packet;
    const first = bySyn.first(sequence);
    for (let place = first; place < first + WAYS; place++) {
      const there = bySyn.slot(place, sequence);
      if (there < 0 || !this.look(there, 0) || this.own.base !== sequence) continue;
      // it is translated before anybody answers
      if (this.peer.packets > 0 || Math.abs(at - this.other.lastAt) > SAME_SYN_NS) continue;
      if (table.port(there, 0) !== sourcePort && table.port(there, 1) !== targetPort) continue;
      if ((this.changes(there, 0, 0) & (CLIENT_ADDRESS | SERVER_ADDRESS)) === 0) continue;
      const before = bySyn.mark(place);
      const hops = Math.abs((mark & 0xff) - (before & 0xff));
      const sameId = packet.ipId > 0 && mark >> 8 === before >> 8;
      if (hops > MAX_HOPS || (hops === 0 && !sameId)) continue;
      if (hops > 0 && sameId) this.link(there, 0, 'copy');
      else {
        // the number of the answer must agree as well
        focus.ensureExtras().twin ??= 'maybe';
        focus.ensureExtrasOf(this.other).twin ??= 'maybe';
      }
    }
  }

  /** A SYN-ACK came whose SYN may be that of another connection as well. */
  noteAnswer(): void {
    const { focus, bySyn } = this;
    const { packet, receiver, slot, side } = focus;
    if (focus.extras?.twin !== 'maybe' || side !== 1) return;
    const first = bySyn.first(receiver.base);
    for (let place = first; place < first + WAYS; place++) {
      const there = bySyn.slot(place, receiver.base);
      if (there < 0 || there === slot || !this.look(there, 1)) continue;
      if ((this.own.bits & SENT_SYN) === 0 || this.own.base !== packet.sequence) continue;
      if (focus.ensureExtrasOf(this.other).twin !== null) this.link(there, 1, 'copy');
    }
  }

  /** Looks for the connection that the first segment of this one belongs to, by the port of its client. */
  private findOriginal(port: number, fromClient: boolean): boolean {
    const { focus, table, byClientPort } = this;
    if (byClientPort === null) return false;
    const { packet, at } = focus;
    const otherPort = fromClient ? packet.targetPort : packet.sourcePort;
    const first = byClientPort.first(port);
    for (let place = first; place < first + WAYS; place++) {
      const there = byClientPort.slot(place, port);
      if (there < 0 || !this.look(there, 0)) continue;
      // probes without a connection may all have the same numbers
      const isProbe =
        ((this.own.bits | this.peer.bits) & SENT_SYN) === 0 && this.own.bytes + this.peer.bytes === 0;
      if (isProbe) continue;
      const clientSide = (this.other.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0;
      const side = fromClient ? clientSide : 1 - clientSide;
      if (table.port(there, clientSide) !== port) continue;
      // what is past may be gone or not, as the sweep goes
      if (at - this.other.lastAt >= LINGER_NS && isOver(this.own, this.peer)) continue;
      const changed = this.changes(there, side, clientSide);
      const samePorts = table.port(there, 1 - clientSide) === otherPort;
      // with another port, the client must be the same in full
      if (changed === 0 || (!samePorts && (changed & CLIENT_ADDRESS) !== 0)) continue;
      this.look(there, side);
      if (!fitsNumbers(this.own, this.peer, focus, samePorts)) continue;
      this.takeRoles(side, clientSide);
      this.link(there, side, this.own.packets > 0 ? 'segment' : 'direction');
      return true;
    }
    return false;
  }

  /** Looks for the SYN that the SYN-ACK in focus answers by its number, where the client has another port. */
  private findSyn(sequence: number): boolean {
    const { focus, bySyn, table } = this;
    const { packet } = focus;
    if ((packet.flags & (SYN | ACK)) !== (SYN | ACK)) return false;
    const number = sequence | 0;
    const first = bySyn.first(number);
    for (let place = first; place < first + WAYS; place++) {
      const there = bySyn.slot(place, number);
      if (there < 0 || !this.look(there, 1)) continue;
      if (this.own.packets > 0 || table.port(there, 1) !== packet.sourcePort) continue;
      if (focus.at - this.other.lastAt > SAME_SYN_NS || !answersSyn(this.peer, packet, focus.options))
        continue;
      this.takeRoles(1, 0);
      this.link(there, 1, 'direction');
      return true;
    }
    return false;
  }

  /** Points the cursors at another connection of the same IP version, if it is still there; `side` for `own`. */
  private look(there: number, side: number): boolean {
    const { focus, table } = this;
    if (there === focus.slot || table.ipVersion(there) !== focus.packet.ipVersion) return false;
    focus.look(there, side, this.other, this.own, this.peer);
    return this.other.index >= 0;
  }

  /** How the packet in focus differs from the other connection, whose `side` would have sent it. */
  private changes(there: number, side: number, clientSide: number): number {
    const { packet } = this.focus;
    const { table } = this;
    const sender = side === clientSide ? CLIENT_ADDRESS : SERVER_ADDRESS;
    const receiver = CLIENT_ADDRESS + SERVER_ADDRESS - sender;
    let changed = 0;
    if (
      table.addressWord(there, side, 3) !== packet.source3 ||
      table.addressWord(there, side, 2) !== packet.source2 ||
      table.addressWord(there, side, 1) !== packet.source1 ||
      table.addressWord(there, side, 0) !== packet.source0
    )
      changed |= sender;
    if (
      table.addressWord(there, 1 - side, 3) !== packet.target3 ||
      table.addressWord(there, 1 - side, 2) !== packet.target2 ||
      table.addressWord(there, 1 - side, 1) !== packet.target1 ||
      table.addressWord(there, 1 - side, 0) !== packet.target0
    )
      changed |= receiver;
    // the bit of a port is twice that of its address
    if (table.port(there, side) !== packet.sourcePort) changed |= sender * 2;
    if (table.port(there, 1 - side) !== packet.targetPort) changed |= receiver * 2;
    return changed;
  }

  /** The other connection shows who is the client. */
  private takeRoles(side: number, clientSide: number): void {
    const { connection } = this.focus;
    const roles = this.other.bits & (ROLES_FROM_SYN | ROLES_FROM_SYN_ACK);
    connection.bits =
      (connection.bits & ~CLIENT_IS_SIDE_1) | roles | (side === clientSide ? 0 : CLIENT_IS_SIDE_1);
  }

  /** Notes the pair in both connections. */
  private link(there: number, side: number, how: Twin['how']): void {
    const { focus, other } = this;
    const { connection, packet } = focus;
    const clientSide = (other.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0;
    const changed = this.changes(there, side, clientSide);
    const second = other.firstPacket < connection.firstPacket;
    const { flags } = packet;
    const one = { index: other.index, packet: other.firstPacket, second, how, flags, changed };
    note(focus.ensureExtras(), one);
    const { index, firstPacket } = connection;
    note(focus.ensureExtrasOf(other), { index, packet: firstPacket, second: !second, how, flags, changed });
  }
}

/** Of several, that which began first counts; it names the first that was found. */
function note(extras: Extras, twin: Twin): void {
  if (extras.twin === null || extras.twin === 'maybe' || twin.packet < extras.twin.packet) extras.twin = twin;
}
