/**
 * Who tried which port of whom, with which outcome: scans, sweeps and health checks are recognized by it. A record for each
 * client, server and port, in integers. Most connections are used, and matter only where the same client did something
 * else as well: they are appended to a list, and counted when a record is asked for (`settle`).
 */

import { addressText } from '../decode/address.js';
import { finalHash, secrets, sumWord, sumWords } from '../decode/secret.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import { OUTCOMES, type Outcomes, outcomesBy, USED } from './attempt-outcomes.js';

/**
 * Last word of the addresses of client and server; port and IP version; first packet of an attempt that led to nothing;
 * how often each outcome came; the kinds of scan that attempts look like, as bits.
 */
const CLIENT = 0;
const SERVER = 1;
const PORT = 2;
const FIRST_PACKET = 3;
const COUNTS = 4;
const KINDS = COUNTS + OUTCOMES.length;
const RECORD = KINDS + 1;
/** The other words of IPv6 addresses: three of the client's, three of the server's. */
const UPPER = 6;
/** Factors of the hash: two for each of those words, for the last word of either address, and one for the port. */
const CLIENT_FACTOR = 2 * UPPER;
const SERVER_FACTOR = CLIENT_FACTOR + 2;
const PORT_FACTOR = SERVER_FACTOR + 2;

/** Limit: beyond it, only the first ones are followed. */
export const MAX_ATTEMPTS = 1 << 16;
const SMALLEST = 1 << 10;
const GROWTH = 4;
/** Used connections over IPv4 that wait: client, server, port as in records. */
const WAITING = 3;
const MAX_WAITING = 1 << 16;

export class Attempts {
  /** Records so far: they are numbered from 0. */
  count = 0;
  /** Attempts were left out for lack of room. */
  full = false;
  private capacity = SMALLEST;
  private records = new Int32Array(SMALLEST * RECORD);
  /** Made when the first IPv6 address comes. */
  private upper = new Int32Array(0);
  /** Number of a record + 1, by hash; twice as many as records. */
  private slots = new Int32Array(SMALLEST * 2);
  private waiting = new Int32Array(SMALLEST * WAITING);
  private waits = 0;
  /** Records with an attempt that led to nothing. */
  readonly failed: number[] = [];
  private readonly factors = secrets(PORT_FACTOR + 1);
  /** Those words of the attempt that is looked for. */
  private readonly asked = new Int32Array(UPPER);

  /** Counts an attempt of one side at the other; the number of its record, -1 where it has none. */
  add(facts: LocatedFacts, clientSide: 0 | 1, outcome: number, kind: number): number {
    const { words, version, firstPacket } = facts;
    const from = clientSide * 4;
    const client = words[from + 3] ?? 0;
    const server = words[7 - from] ?? 0;
    const port = (facts.ports[clientSide === 0 ? 1 : 0] << 1) | (version === 6 ? 1 : 0);
    if (outcome === USED && version === 4) {
      this.wait(client, server, port);
      return -1;
    }
    const number = this.find(client, server, port, words, from);
    if (number < 0) return number;
    const { records } = this;
    const at = number * RECORD;
    records[at + COUNTS + outcome] = (records[at + COUNTS + outcome] ?? 0) + 1;
    if (outcome === USED) return number;
    const before = records[at + FIRST_PACKET] ?? 0;
    if (before === 0) this.failed.push(number);
    records[at + FIRST_PACKET] = before === 0 ? firstPacket : Math.min(before, firstPacket);
    if (kind >= 0) records[at + KINDS] = (records[at + KINDS] ?? 0) | (1 << kind);
    return number;
  }

  private wait(client: number, server: number, port: number): void {
    if (this.waits === MAX_WAITING) this.settle(null);
    const at = this.waits * WAITING;
    if (at === this.waiting.length) this.waiting = larger(this.waiting, at * GROWTH);
    const { waiting } = this;
    waiting[at] = client;
    waiting[at + 1] = server;
    waiting[at + 2] = port;
    this.waits++;
  }

  /** Counts the used connections of these clients, or of all, in their records. */
  settle(clients: ReadonlyMap<number | string, unknown> | null): void {
    const { waiting } = this;
    const end = this.waits * WAITING;
    this.waits = 0;
    for (let at = 0; at < end; at += WAITING) {
      const client = waiting[at] ?? 0;
      if (clients !== null && !clients.has(client)) {
        const to = this.waits++ * WAITING;
        waiting[to] = client;
        waiting[to + 1] = waiting[at + 1] ?? 0;
        waiting[to + 2] = waiting[at + 2] ?? 0;
        continue;
      }
      const number = this.find(client, waiting[at + 1] ?? 0, waiting[at + 2] ?? 0, waiting, 0);
      if (number < 0) continue;
      const count = number * RECORD + COUNTS + USED;
      this.records[count] = (this.records[count] ?? 0) + 1;
    }
  }

  /** The number of a record, made where it is missing. `words`: both addresses in full, from the client's on (IPv6). */
  private find(client: number, server: number, port: number, words: Int32Array, from: number): number {
    const { slots, records } = this;
    const mask = slots.length - 1;
    const isSix = (port & 1) === 1;
    if (isSix) copyUpper(words, from, this.asked);
    let slot = this.hash(client, server, port, this.asked, 0) & mask;
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      const at = (number - 1) * RECORD;
      if (records[at + CLIENT] === client && records[at + SERVER] === server && records[at + PORT] === port) {
        if (!isSix || this.hasUpper(number - 1)) return number - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (this.count === MAX_ATTEMPTS) {
      this.full = true;
      return -1;
    }
    if (this.count === this.capacity) {
      this.grow();
      return this.find(client, server, port, words, from);
    }
    const at = this.count * RECORD;
    records[at + CLIENT] = client;
    records[at + SERVER] = server;
    records[at + PORT] = port;
    slots[slot] = this.count + 1;
    if (isSix) this.setUpper(this.count);
    return this.count++;
  }

  /** Of an IPv6 record `upper` has the other words of its addresses, from `at` on. */
  private hash(client: number, server: number, port: number, upper: Int32Array, at: number): number {
    const { factors } = this;
    let sum = sumWord(factors, CLIENT_FACTOR, client) + sumWord(factors, SERVER_FACTOR, server);
    sum += Math.imul(port, factors[PORT_FACTOR] ?? 0);
    if ((port & 1) === 1) sum += sumWords(factors, upper, at, UPPER);
    return finalHash(sum);
  }

  /** Whether a record has the words that are looked for. */
  private hasUpper(number: number): boolean {
    const at = number * UPPER;
    for (let word = 0; word < UPPER; word++) {
      if (this.upper[at + word] !== this.asked[word]) return false;
    }
    return true;
  }

  private setUpper(number: number): void {
    if (this.upper.length === 0) this.upper = new Int32Array(this.capacity * UPPER);
    this.upper.set(this.asked, number * UPPER);
  }

  private grow(): void {
    this.capacity *= GROWTH;
    const records = larger(this.records, this.capacity * RECORD);
    this.records = records;
    if (this.upper.length > 0) this.upper = larger(this.upper, this.capacity * UPPER);
    const slots = new Int32Array(this.capacity * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      const at = number * RECORD;
      const [client = 0, server = 0, port = 0] = [
        records[at + CLIENT],
        records[at + SERVER],
        records[at + PORT],
      ];
      let slot = this.hash(client, server, port, this.upper, number * UPPER) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }

  port(number: number): number {
    return this.field(number, PORT) >>> 1;
  }

  /** First packet of an attempt that led to nothing, 0 where all were used. */
  firstPacket(number: number): number {
    return this.field(number, FIRST_PACKET);
  }

  kinds(number: number): number {
    return this.field(number, KINDS);
  }

  countOf(number: number, outcome: number): number {
    return this.field(number, COUNTS + outcome);
  }

  private field(number: number, field: number): number {
    return this.records[number * RECORD + field] ?? 0;
  }

  /** Attempts, of all outcomes. */
  total(number: number): number {
    let total = 0;
    for (let outcome = 0; outcome < OUTCOMES.length; outcome++) total += this.countOf(number, outcome);
    return total;
  }

  /** The best outcome of any attempt: a place in OUTCOMES. */
  best(number: number): number {
    let outcome = OUTCOMES.length - 1;
    while (outcome > 0 && this.countOf(number, outcome) === 0) outcome--;
    return outcome;
  }

  outcomes(number: number): Outcomes {
    return outcomesBy((outcome) => this.countOf(number, outcome));
  }

  /** Client and server as keys: a number where that is enough. */
  clientKey(number: number): number | string {
    return this.isIpv6(number) ? this.words(number, CLIENT).join() : this.field(number, CLIENT);
  }

  serverKey(number: number): number | string {
    return this.isIpv6(number) ? this.words(number, SERVER).join() : this.field(number, SERVER);
  }

  clientText(number: number): string {
    return this.text(number, CLIENT);
  }

  serverText(number: number): string {
    return this.text(number, SERVER);
  }

  private isIpv6(number: number): boolean {
    return (this.field(number, PORT) & 1) === 1;
  }

  private text(number: number, end: typeof CLIENT | typeof SERVER): string {
    const [a, b, c, d] = this.words(number, end);
    return addressText(this.isIpv6(number) ? 6 : 4, a, b, c, d);
  }

  private words(number: number, end: typeof CLIENT | typeof SERVER): [number, number, number, number] {
    const last = this.field(number, end);
    if (!this.isIpv6(number)) return [0, 0, 0, last];
    const at = number * UPPER + end * 3;
    return [this.upper[at] ?? 0, this.upper[at + 1] ?? 0, this.upper[at + 2] ?? 0, last];
  }
}

function larger(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}

/** All words but the last one of both addresses, the client's first; that begins at `from`. */
function copyUpper(words: Int32Array, from: number, into: Int32Array): void {
  for (let word = 0; word < 3; word++) {
    into[word] = words[from + word] ?? 0;
    into[3 + word] = words[4 - from + word] ?? 0;
  }
}
