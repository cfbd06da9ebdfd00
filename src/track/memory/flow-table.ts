/**
 * Finds the flow of a packet by its addresses and ports, in either direction, without making a key.
 *
 * A slot is a small number by which the caller keeps its own record of the flow. Two packets belong to one
 * flow when their two ends are the same; side 0 is the end whose packet came first. Tunnels and VLANs
 * (`Packet.path`) distinguish flows with the same addresses, but one-sided tagging must not split a flow:
 * `find` prefers the flow on the same path and reports when it found one on another path only.
 *
 * A hostile capture must cost no more than another of its size. The hash has secret factors, and the path is part of it,
 * so that the same ends in many tunnels do not share a bucket. Flows on other paths have an index of their own, of which
 * the newest MAX_PATHS_TRIED with the same ends are looked at.
 */

import { addressText } from '../../decode/address.js';
import type { Packet } from '../../decode/packet.js';
import { finalHash } from '../../decode/secret.js';
import { FlowHash } from './flow-hash.js';
import { FlowIndex } from './flow-index.js';
import { SlotLists } from './slot-lists.js';

const KEY = 10;
const PORTS = 8;
const PATH = 9;
const NONE = -1;
/** Flows of the same ends on other paths that are looked at for one packet. */
export const MAX_PATHS_TRIED = 32;

export class FlowTable {
  /** Flows in the table. */
  size = 0;
  /** After `find`: the side (0 or 1) that sent the packet… */
  side = 0;
  /** …and whether the flow is on another path than the packet. */
  otherPath = false;
  private capacity = 1024;
  private keys = new Int32Array(this.capacity * KEY);
  /** Of each slot, the hash of its ends. */
  private hashes = new Int32Array(this.capacity);
  private flows = new FlowIndex(this.capacity);
  /** Flows by their ends alone; there once a packet came in a VLAN or tunnel. */
  private others: SlotLists | null = null;
  private older = new Int32Array(this.capacity);
  private newer = new Int32Array(this.capacity);
  private oldestSlot = NONE;
  private newestSlot = NONE;
  /** Slots that were given back: the last one, from which `older` leads to the others. */
  private free = NONE;
  private used = 0;
  private readonly hash = new FlowHash();
  /** Flows on other paths that were looked at since `find`. */
  private tried = 0;

  /** The flow's slot, or -1. */
  find(packet: Packet): number {
    const { keys, flows, hash } = this;
    const path = pathWord(packet);
    const ends = hash.ends(packet);
    for (let place = flows.first(hash.onPath(ends, path)); place !== NONE; place = flows.after(place)) {
      const slot = flows.slot(place);
      const at = slot * KEY;
      if (keys[at + PATH] !== path) continue;
      const side = sideOf(keys, at, packet);
      if (side < 0) continue;
      this.side = side;
      this.otherPath = false;
      return slot;
    }
    this.otherPath = false;
    this.side = 0;
    if (this.others === null && packet.path !== 0) this.indexEnds();
    if (this.others === null) return NONE;
    this.tried = 0;
    return this.onOtherPath(packet, this.others.first(finalHash(ends)));
  }

  /** After a `find` that gave a flow on another path: the next such flow, or -1. */
  findAnother(packet: Packet, slot: number): number {
    return this.others === null ? NONE : this.onOtherPath(packet, this.others.after(slot));
  }

  private onOtherPath(packet: Packet, from: number): number {
    const { keys, others } = this;
    const version = packet.ipVersion === 6 ? 1 : 0;
    for (let slot = from; slot !== NONE && this.tried < MAX_PATHS_TRIED; slot = others?.after(slot) ?? NONE) {
      this.tried++;
      const at = slot * KEY;
      const side = sideOf(keys, at, packet);
      if (side < 0 || ((keys[at + PATH] ?? 0) & 1) !== version) continue;
      this.side = side;
      this.otherPath = true;
      return slot;
    }
    return NONE;
  }

  /** Takes a slot for the packet's flow; its sender is side 0. */
  add(packet: Packet): number {
    let slot = this.free;
    if (slot === NONE) {
      if (this.used === this.capacity) this.grow();
      slot = this.used++;
    } else {
      this.free = this.older[slot] ?? NONE;
    }
    const at = slot * KEY;
    const keys = this.keys;
    keys[at] = packet.source0;
    keys[at + 1] = packet.source1;
    keys[at + 2] = packet.source2;
    keys[at + 3] = packet.source3;
    keys[at + 4] = packet.target0;
    keys[at + 5] = packet.target1;
    keys[at + 6] = packet.target2;
    keys[at + 7] = packet.target3;
    keys[at + PORTS] = (packet.sourcePort << 16) | packet.targetPort;
    keys[at + PATH] = pathWord(packet);
    this.hashes[slot] = this.hash.ends(packet);
    this.flows.add(slot, this.hashOf(slot));
    this.older[slot] = this.newestSlot;
    this.newer[slot] = NONE;
    if (this.newestSlot === NONE) this.oldestSlot = slot;
    else this.newer[this.newestSlot] = slot;
    this.newestSlot = slot;
    this.size++;
    this.others?.add(slot, finalHash(this.hashes[slot] ?? 0));
    this.side = 0;
    this.otherPath = false;
    return slot;
  }

  /** Gives the slot back. */
  remove(slot: number): void {
    this.flows.remove(slot, this.hashOf(slot));
    this.others?.remove(slot, finalHash(this.hashes[slot] ?? 0));
    const older = this.older[slot] ?? NONE;
    const newer = this.newer[slot] ?? NONE;
    if (older === NONE) this.oldestSlot = newer;
    else this.newer[older] = newer;
    if (newer === NONE) this.newestSlot = older;
    else this.older[newer] = older;
    this.older[slot] = this.free;
    this.free = slot;
    this.size--;
  }

  /** The slot that was added first, -1 where there is none; `after` goes on in that order. */
  oldest(): number {
    return this.oldestSlot;
  }

  after(slot: number): number {
    return this.newer[slot] ?? NONE;
  }

  /** Has `oldest` and `after` go by a number of each slot instead. */
  sortAge(by: (slot: number) => number): void {
    const slots = new Int32Array(this.size);
    for (let slot = this.oldestSlot, at = 0; slot !== NONE; slot = this.after(slot)) slots[at++] = slot;
    slots.sort((a, b) => by(a) - by(b));
    let before = NONE;
    for (const slot of slots) {
      this.older[slot] = before;
      if (before === NONE) this.oldestSlot = slot;
      else this.newer[before] = slot;
      before = slot;
    }
    if (before !== NONE) this.newer[before] = NONE;
    this.newestSlot = before;
  }

  /** One of the four words of a side's address. */
  addressWord(slot: number, side: number, word: number): number {
    return this.keys[slot * KEY + side * 4 + word] ?? 0;
  }

  /** The words of both sides' addresses. */
  copyAddresses(slot: number, into: Int32Array): void {
    for (let word = 0; word < 8; word++) into[word] = this.keys[slot * KEY + word] ?? 0;
  }

  port(slot: number, side: number): number {
    const ports = this.keys[slot * KEY + PORTS] ?? 0;
    return side === 0 ? ports >>> 16 : ports & 0xffff;
  }

  ipVersion(slot: number): 4 | 6 {
    return ((this.keys[slot * KEY + PATH] ?? 0) & 1) === 1 ? 6 : 4;
  }

  path(slot: number): number {
    return (this.keys[slot * KEY + PATH] ?? 0) >>> 1;
  }

  /** The hash by which a slot is in `flows`. */
  private hashOf(slot: number): number {
    return this.hash.onPath(this.hashes[slot] ?? 0, this.keys[slot * KEY + PATH] ?? 0);
  }

  /** The first packet in a VLAN or tunnel has come: from now on a flow may be there on another path. */
  private indexEnds(): void {
    const others = new SlotLists(this.capacity, this.capacity);
    for (let slot = this.oldestSlot; slot !== NONE; slot = this.after(slot))
      others.add(slot, finalHash(this.hashes[slot] ?? 0));
    this.others = others;
  }

  private grow(): void {
    this.capacity *= 2;
    this.keys = larger(this.keys, this.capacity * KEY);
    this.hashes = larger(this.hashes, this.capacity);
    this.older = larger(this.older, this.capacity);
    this.newer = larger(this.newer, this.capacity);
    this.flows = new FlowIndex(this.capacity);
    for (let slot = this.oldestSlot; slot !== NONE; slot = this.after(slot))
      this.flows.add(slot, this.hashOf(slot));
    if (this.others !== null) this.indexEnds();
  }
}

function larger(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}

function pathWord(packet: Packet): number {
  return (packet.path << 1) + (packet.ipVersion === 6 ? 1 : 0);
}

/** 0 where the packet goes from side 0 to side 1, 1 for the other way, -1 where it is another flow's. */
function sideOf(keys: Int32Array, at: number, packet: Packet): number {
  const ports = keys[at + PORTS] ?? 0;
  if (
    ports === ((packet.sourcePort << 16) | packet.targetPort) &&
    keys[at + 3] === packet.source3 &&
    keys[at + 7] === packet.target3 &&
    keys[at] === packet.source0 &&
    keys[at + 1] === packet.source1 &&
    keys[at + 2] === packet.source2 &&
    keys[at + 4] === packet.target0 &&
    keys[at + 5] === packet.target1 &&
    keys[at + 6] === packet.target2
  ) {
    return 0;
  }
  if (
    ports === ((packet.targetPort << 16) | packet.sourcePort) &&
    keys[at + 3] === packet.target3 &&
    keys[at + 7] === packet.source3 &&
    keys[at] === packet.target0 &&
    keys[at + 1] === packet.target1 &&
    keys[at + 2] === packet.target2 &&
    keys[at + 4] === packet.source0 &&
    keys[at + 5] === packet.source1 &&
    keys[at + 6] === packet.source2
  ) {
    return 1;
  }
  return -1;
}

/** Where the addresses, ports and path of connections are kept. */
export type Located = Pick<FlowTable, 'ipVersion' | 'addressWord' | 'port' | 'path'>;

/** Address of one side of a slot as text. */
export function slotAddress(table: Located, slot: number, side: 0 | 1): string {
  return addressText(
    table.ipVersion(slot),
    table.addressWord(slot, side, 0),
    table.addressWord(slot, side, 1),
    table.addressWord(slot, side, 2),
    table.addressWord(slot, side, 3),
  );
}
