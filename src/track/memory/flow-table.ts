/**
 * Finds the flow of a packet by its addresses and ports, in either direction, without making a key.
 *
 * A slot is a small number by which the caller keeps its own record of the flow. Two packets belong to one
 * flow when their two ends are the same; side 0 is the end whose packet came first. Tunnels and VLANs
 * (`Packet.path`) tell flows with repeated addresses apart, but one-sided tagging must not split a flow:
 * `find` prefers the flow on the same path and tells when it found one on another path only.
 */
import { addressText } from '../../decode/address.js';
import type { Packet } from '../../decode/packet.js';

const KEY = 10;
const PORTS = 8;
const PATH = 9;
const NONE = -1;

export class FlowTable {
  /** Flows in the table. */
  size = 0;
  /** After `find`: the side (0 or 1) that sent the packet… */
  side = 0;
  /** …and whether the flow is on another path than the packet. */
  otherPath = false;
  private capacity = 1024;
  private keys = new Int32Array(this.capacity * KEY);
  private buckets = new Int32Array(this.capacity * 2).fill(NONE);
  private next = new Int32Array(this.capacity);
  private older = new Int32Array(this.capacity);
  private newer = new Int32Array(this.capacity);
  private oldestSlot = NONE;
  private newestSlot = NONE;
  private free = NONE;
  private used = 0;
  // hostile captures must not be able to aim at one bucket
  private readonly seed = (Math.random() * 0x1_0000_0000) | 0;

  /** The flow's slot, or -1. */
  find(packet: Packet): number {
    const keys = this.keys;
    let slot = this.buckets[this.bucket(packet)] ?? NONE;
    let fallback = NONE;
    let fallbackSide = 0;
    while (slot !== NONE) {
      const at = slot * KEY;
      const side = sideOf(keys, at, packet);
      if (side >= 0) {
        if (keys[at + PATH] === (packet.path << 1) + (packet.ipVersion === 6 ? 1 : 0)) {
          this.side = side;
          this.otherPath = false;
          return slot;
        }
        if (fallback === NONE && ((keys[at + PATH] ?? 0) & 1) === (packet.ipVersion === 6 ? 1 : 0)) {
          fallback = slot;
          fallbackSide = side;
        }
      }
      slot = this.next[slot] ?? NONE;
    }
    this.side = fallbackSide;
    this.otherPath = fallback !== NONE;
    return fallback;
  }

  /** After a `find` that gave a flow on another path: the next such flow, or -1. */
  findAnother(packet: Packet, slot: number): number {
    const version = packet.ipVersion === 6 ? 1 : 0;
    for (let at = this.next[slot] ?? NONE; at !== NONE; at = this.next[at] ?? NONE) {
      const side = sideOf(this.keys, at * KEY, packet);
      if (side < 0 || ((this.keys[at * KEY + PATH] ?? 0) & 1) !== version) continue;
      this.side = side;
      return at;
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
      this.free = this.next[slot] ?? NONE;
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
    keys[at + PATH] = (packet.path << 1) + (packet.ipVersion === 6 ? 1 : 0);
    const bucket = this.bucket(packet);
    this.next[slot] = this.buckets[bucket] ?? NONE;
    this.buckets[bucket] = slot;
    this.older[slot] = this.newestSlot;
    this.newer[slot] = NONE;
    if (this.newestSlot === NONE) this.oldestSlot = slot;
    else this.newer[this.newestSlot] = slot;
    this.newestSlot = slot;
    this.size++;
    this.side = 0;
    this.otherPath = false;
    return slot;
  }

  /** Gives the slot back. */
  remove(slot: number): void {
    const bucket = this.bucketOfSlot(slot);
    let at = this.buckets[bucket] ?? NONE;
    if (at === slot) this.buckets[bucket] = this.next[slot] ?? NONE;
    else {
      while (at !== NONE && this.next[at] !== slot) at = this.next[at] ?? NONE;
      if (at !== NONE) this.next[at] = this.next[slot] ?? NONE;
    }
    const older = this.older[slot] ?? NONE;
    const newer = this.newer[slot] ?? NONE;
    if (older === NONE) this.oldestSlot = newer;
    else this.newer[older] = newer;
    if (newer === NONE) this.newestSlot = older;
    else this.older[newer] = older;
    this.next[slot] = this.free;
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

  private bucket(packet: Packet): number {
    return (
      mix(
        end(packet.source0, packet.source1, packet.source2, packet.source3, packet.sourcePort, this.seed),
        end(packet.target0, packet.target1, packet.target2, packet.target3, packet.targetPort, this.seed),
      ) &
      (this.buckets.length - 1)
    );
  }

  private bucketOfSlot(slot: number): number {
    const k = (word: number): number => this.keys[slot * KEY + word] ?? 0;
    return (
      mix(
        end(k(0), k(1), k(2), k(3), k(PORTS) >>> 16, this.seed),
        end(k(4), k(5), k(6), k(7), k(PORTS) & 0xffff, this.seed),
      ) &
      (this.buckets.length - 1)
    );
  }

  private grow(): void {
    this.capacity *= 2;
    this.keys = larger(this.keys, this.capacity * KEY);
    this.next = larger(this.next, this.capacity);
    this.older = larger(this.older, this.capacity);
    this.newer = larger(this.newer, this.capacity);
    this.buckets = new Int32Array(this.capacity * 2).fill(NONE);
    for (let slot = this.oldestSlot; slot !== NONE; slot = this.newer[slot] ?? NONE) {
      const bucket = this.bucketOfSlot(slot);
      this.next[slot] = this.buckets[bucket] ?? NONE;
      this.buckets[bucket] = slot;
    }
  }
}

function larger(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}

/** One end of a flow as a number. */
function end(w0: number, w1: number, w2: number, w3: number, port: number, seed: number): number {
  let hash = Math.imul(w3 ^ seed, 0x9e3779b1) ^ Math.imul(port + 0x7f4a7c15, 0x85ebca6b);
  if ((w0 | w1 | w2) !== 0) {
    hash =
      Math.imul(hash ^ w0, 0xc2b2ae35) ^
      Math.imul(w1 ^ (hash >>> 15), 0x27d4eb2f) ^
      Math.imul(w2, 0x165667b1);
  }
  hash ^= hash >>> 16;
  return Math.imul(hash, 0x85ebca6b) ^ (hash >>> 13);
}

/** Both ends as one number, the same in either direction. */
function mix(a: number, b: number): number {
  const sum = (a + b) ^ Math.imul(a ^ b, 0x27d4eb2f);
  return sum ^ (sum >>> 15);
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
