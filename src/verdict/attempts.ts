/**
 * Who tried which port of whom, and what came of it: what scans, sweeps and health checks are known by. A record for each
 * client, server and port, in integers, as there is one for every connection of a capture at worst.
 */
import type { LocatedFacts } from '../track/snapshot.js';
import { OUTCOMES, type Outcomes, USED } from './outcomes.js';

/**
 * Address words of client and server; port and IP version; hash; first packet of an attempt that led to nothing; how often
 * each outcome came; the kinds of scan that attempts look like, as bits.
 */
const PORT = 8;
const HASH = 9;
const FIRST_PACKET = 10;
const COUNTS = 11;
const KINDS = COUNTS + OUTCOMES.length;
const RECORD = KINDS + 1;

/** Bounded: past so many, those met first are followed. */
export const MOST_ATTEMPTS = 1 << 16;

export class Attempts {
  /** Records so far: they are numbered from 0. */
  count = 0;
  /** Attempts were left out for lack of room. */
  full = false;
  private records = new Int32Array(64 * RECORD);
  /** Number of a record + 1, by hash; twice as many as records. */
  private slots = new Int32Array(128);
  // hostile captures must not be able to aim at one slot
  private readonly seed = (Math.random() * 0x1_0000_0000) | 0;

  /** Counts an attempt of one side at the other; the number of its record, -1 where there is no more room. */
  add(facts: LocatedFacts, clientSide: 0 | 1, outcome: number, kind: number): number {
    const number = this.find(facts, clientSide);
    if (number < 0) {
      this.full = true;
      return number;
    }
    const { records } = this;
    const at = number * RECORD;
    records[at + COUNTS + outcome] = (records[at + COUNTS + outcome] ?? 0) + 1;
    if (outcome === USED) return number;
    const before = records[at + FIRST_PACKET] ?? 0;
    records[at + FIRST_PACKET] = before === 0 ? facts.firstPacket : Math.min(before, facts.firstPacket);
    if (kind >= 0) records[at + KINDS] = (records[at + KINDS] ?? 0) | (1 << kind);
    return number;
  }

  private find(facts: LocatedFacts, clientSide: 0 | 1): number {
    const { words, version } = facts;
    const client = clientSide * 4;
    const server = 4 - client;
    const port = (facts.ports[clientSide === 0 ? 1 : 0] << 1) | (version === 6 ? 1 : 0);
    const hash = this.hash(words, client, server, port);
    const { slots, records } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1;
      if (number < 0) break;
      const at = number * RECORD;
      if (
        records[at + HASH] === hash &&
        records[at + PORT] === port &&
        sameWords(records, at, words, client) &&
        sameWords(records, at + 4, words, server)
      )
        return number;
    }
    if (this.count === MOST_ATTEMPTS) return -1;
    if (this.count * RECORD === records.length) this.grow();
    const number = this.count++;
    const at = number * RECORD;
    for (let word = 0; word < 4; word++) {
      this.records[at + word] = words[client + word] ?? 0;
      this.records[at + 4 + word] = words[server + word] ?? 0;
    }
    this.records[at + PORT] = port;
    this.records[at + HASH] = hash;
    this.place(number, hash);
    return number;
  }

  private hash(words: Int32Array, client: number, server: number, port: number): number {
    let hash = mix(this.seed ^ Math.imul(port, 0x9e3779b1));
    // three words of an IPv4 address are 0
    for (let word = (port & 1) === 1 ? 0 : 3; word < 4; word++) {
      hash = mix(hash ^ (words[client + word] ?? 0));
      hash = mix(hash ^ (words[server + word] ?? 0));
    }
    return hash;
  }

  private place(number: number, hash: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }

  private grow(): void {
    const records = new Int32Array(this.records.length * 2);
    records.set(this.records);
    this.records = records;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 0; number < this.count; number++)
      this.place(number, records[number * RECORD + HASH] ?? 0);
  }

  version(number: number): 4 | 6 {
    return ((this.records[number * RECORD + PORT] ?? 0) & 1) === 1 ? 6 : 4;
  }

  port(number: number): number {
    return (this.records[number * RECORD + PORT] ?? 0) >>> 1;
  }

  /** First packet of an attempt that led to nothing, 0 where all were used. */
  firstPacket(number: number): number {
    return this.records[number * RECORD + FIRST_PACKET] ?? 0;
  }

  kinds(number: number): number {
    return this.records[number * RECORD + KINDS] ?? 0;
  }

  countOf(number: number, outcome: number): number {
    return this.records[number * RECORD + COUNTS + outcome] ?? 0;
  }

  /** Attempts, of all outcomes. */
  total(number: number): number {
    let total = 0;
    for (let outcome = 0; outcome < OUTCOMES.length; outcome++) total += this.countOf(number, outcome);
    return total;
  }

  /** The most that came of any attempt: a place in OUTCOMES. */
  best(number: number): number {
    for (let outcome = OUTCOMES.length - 1; outcome > 0; outcome--)
      if (this.countOf(number, outcome) > 0) return outcome;
    return 0;
  }

  outcomes(number: number): Outcomes {
    const [noAnswer, refused, notCompleted, reset, closed, used] = OUTCOMES.map((_, outcome) =>
      this.countOf(number, outcome),
    ) as [number, number, number, number, number, number];
    return { noAnswer, refused, notCompleted, reset, closed, used };
  }

  /** The four words of an address. */
  client(number: number): Int32Array {
    return this.records.subarray(number * RECORD, number * RECORD + 4);
  }

  server(number: number): Int32Array {
    return this.records.subarray(number * RECORD + 4, number * RECORD + 8);
  }
}

function sameWords(records: Int32Array, at: number, words: Int32Array, from: number): boolean {
  return (
    records[at + 3] === words[from + 3] &&
    records[at] === words[from] &&
    records[at + 1] === words[from + 1] &&
    records[at + 2] === words[from + 2]
  );
}

function mix(value: number): number {
  const hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
