/**
 * Which addresses and ports had a connection that was reported and freed a while ago: a SYN that comes for them
 * reuses them, which is worth a finding. Sixteen bytes for each, and none for longer than MEMORY_NS.
 */

import type { Packet } from '../../decode/packet.js';
import { FlowHash } from './flow-hash.js';
import type { FlowTable } from './flow-table.js';

/** How long the end of a connection is remembered, in nanoseconds of capture time. */
const MEMORY_NS = 600e9;

/** Entries are found by the first hash and known by the second. */
const SMALLEST = 1024;

export class RecentlyClosed {
  private hashes = new Int32Array(SMALLEST * 2);
  /** When it ended, nanoseconds since the tracker's base; NaN where nothing is. */
  private times = new Float64Array(SMALLEST).fill(Number.NaN);
  private used = 0;
  private readonly words = new Int32Array(8);
  private readonly hashing = [new FlowHash(), new FlowHash()] as const;

  /** The connection in this slot ended at `at`. */
  add(table: FlowTable, slot: number, at: number): void {
    const { words, hashing } = this;
    const [one, other] = hashing;
    table.copyAddresses(slot, words);
    const firstPort = table.port(slot, 0);
    const secondPort = table.port(slot, 1);
    const path = table.path(slot);
    const first = one.onPath(one.endsOf(words, firstPort, secondPort), path);
    const second = other.onPath(other.endsOf(words, firstPort, secondPort), path);
    if (this.used * 2 >= this.times.length) this.makeRoom(at);
    this.put(first, second, at);
  }

  /** Whether the packet's addresses and ports were given up within the time before `at`. */
  has(packet: Packet, at: number): boolean {
    const [one, other] = this.hashing;
    const first = one.onPath(one.ends(packet), packet.path);
    const slot = this.find(first, other.onPath(other.ends(packet), packet.path));
    return at - (this.times[slot] ?? Number.NaN) < MEMORY_NS;
  }

  /** Where the entry is, or where it would be. */
  private find(first: number, second: number): number {
    const mask = this.times.length - 1;
    let slot = first & mask;
    while (!Number.isNaN(this.times[slot] ?? Number.NaN)) {
      if (this.hashes[slot * 2] === first && this.hashes[slot * 2 + 1] === second) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private put(first: number, second: number, at: number): void {
    const slot = this.find(first, second);
    if (Number.isNaN(this.times[slot] ?? Number.NaN)) this.used++;
    this.hashes[slot * 2] = first;
    this.hashes[slot * 2 + 1] = second;
    this.times[slot] = at;
  }

  /** Forgets what is too old; grows where that does not free half of it. */
  private makeRoom(at: number): void {
    const { hashes, times } = this;
    let young = 0;
    for (const time of times) if (at - time < MEMORY_NS) young++;
    const length = young * 4 > times.length ? times.length * 2 : times.length;
    this.hashes = new Int32Array(length * 2);
    this.times = new Float64Array(length).fill(Number.NaN);
    this.used = 0;
    times.forEach((time, slot) => {
      if (at - time < MEMORY_NS) this.put(hashes[slot * 2] ?? 0, hashes[slot * 2 + 1] ?? 0, time);
    });
  }
}
