/**
 * Which addresses and ports had a connection that was reported and freed a while ago: a SYN that comes for them
 * uses them again, which is worth telling. Sixteen bytes for each, and none for longer than MEMORY_NS.
 */

import type { Packet } from '../../decode/packet.js';
import { finalHash, secrets, sumWords } from '../../decode/secret.js';
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
  private first = 0;
  private second = 0;
  private readonly words = new Int32Array(8);
  /** For two hashes: of the words of an address, and its port. */
  private readonly factors = [secrets(9), secrets(9)] as const;

  /** The connection in this slot ended at `at`. */
  add(table: FlowTable, slot: number, at: number): void {
    table.copyAddresses(slot, this.words);
    this.hash(this.words, table.port(slot, 0), table.port(slot, 1), table.path(slot));
    if (this.used * 2 >= this.times.length) this.makeRoom(at);
    this.put(this.first, this.second, at);
  }

  /** Whether the packet's addresses and ports were given up within the time before `at`. */
  has(packet: Packet, at: number): boolean {
    const { words } = this;
    words[0] = packet.source0;
    words[1] = packet.source1;
    words[2] = packet.source2;
    words[3] = packet.source3;
    words[4] = packet.target0;
    words[5] = packet.target1;
    words[6] = packet.target2;
    words[7] = packet.target3;
    this.hash(words, packet.sourcePort, packet.targetPort, packet.path);
    const slot = this.find(this.first, this.second);
    return at - (this.times[slot] ?? Number.NaN) < MEMORY_NS;
  }

  /** Two hashes, the same in either direction. */
  private hash(words: Int32Array, portA: number, portB: number, path: number): void {
    const [one, other] = this.factors;
    this.first = both(end(one, words, 0, portA), end(one, words, 4, portB), path);
    this.second = both(end(other, words, 0, portA), end(other, words, 4, portB), path);
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

function end(factors: Int32Array, words: Int32Array, from: number, port: number): number {
  return finalHash(sumWords(factors, 0, words, from, 4) + Math.imul(port, factors[8] ?? 0));
}

/** The same in either direction. */
function both(a: number, b: number, path: number): number {
  return finalHash(((a + b) | 0) ^ Math.imul(a ^ b, 0x27d4eb2f) ^ Math.imul(path, 0x165667b1));
}
