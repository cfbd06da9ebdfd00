/**
 * The outcomes of the openings at each address and port, from any client: they show a SYN flood, as its sources are
 * forged at random. Counted for every connection, so in integers, without a key or an object for each.
 */
import { finalHash, secrets, sumWords } from '../decode/secret.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import { NO_ANSWER, NOT_COMPLETED, OUTCOMES, type Outcomes, outcomesBy } from './attempt-outcomes.js';

/** Address words, port and IP version, the first packet of an incomplete opening, and the outcomes of all. */
const PORT = 4;
const FIRST_PACKET = 5;
const COUNTS = 6;
const RECORD = COUNTS + OUTCOMES.length;

/** Limit: beyond it, only the first ones are followed. */
const MOST = 1 << 16;

export interface Target {
  version: 4 | 6;
  words: readonly number[];
  port: number;
  incomplete: number;
  outcomes: Outcomes;
  firstPacket: number;
  /** Nanoseconds from the first incomplete opening to the last. */
  span: number;
}

export class Targets {
  private records = new Int32Array(64 * RECORD);
  /** When the first and the last incomplete opening began. */
  private times = new Float64Array(64 * 2);
  /** Number of a record + 1, by hash; twice as many as records. */
  private slots = new Int32Array(128);
  private count = 0;
  private readonly factors = secrets(9);

  /** Takes an opening at one side of a connection into account; `outcome`: a place in OUTCOMES. */
  add(facts: LocatedFacts, side: 0 | 1, outcome: number): void {
    const { words, firstPacket, startedAt } = facts;
    const port = (facts.ports[side] << 1) | (facts.version === 6 ? 1 : 0);
    const at = this.find(words, side * 4, port);
    if (at < 0) return;
    const { records, times } = this;
    records[at + COUNTS + outcome] = (records[at + COUNTS + outcome] ?? 0) + 1;
    if (outcome !== NO_ANSWER && outcome !== NOT_COMPLETED) return;
    const before = records[at + FIRST_PACKET] ?? 0;
    const time = (at / RECORD) * 2;
    records[at + FIRST_PACKET] = before === 0 ? firstPacket : Math.min(before, firstPacket);
    times[time] = before === 0 ? startedAt : Math.min(times[time] ?? 0, startedAt);
    times[time + 1] = before === 0 ? startedAt : Math.max(times[time + 1] ?? 0, startedAt);
  }

  /** Where the record of an address and port begins, made where it is missing; -1 where there is no more room. */
  private find(words: Int32Array, from: number, port: number): number {
    const { slots, records } = this;
    let slot = this.hash(words, from, port);
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      const at = (number - 1) * RECORD;
      if (
        records[at + 3] === words[from + 3] &&
        records[at + PORT] === port &&
        records[at] === words[from] &&
        records[at + 1] === words[from + 1] &&
        records[at + 2] === words[from + 2]
      )
        return at;
      slot = (slot + 1) & (slots.length - 1);
    }
    if (this.count === MOST) return -1;
    if (this.count * RECORD === records.length) {
      this.grow();
      return this.find(words, from, port);
    }
    const at = this.count * RECORD;
    slots[slot] = ++this.count;
    for (let word = 0; word < 4; word++) records[at + word] = words[from + word] ?? 0;
    records[at + PORT] = port;
    return at;
  }

  private hash(words: Int32Array, from: number, port: number): number {
    const { factors } = this;
    const sum = sumWords(factors, words, from, 4) + Math.imul(port, factors[8] ?? 0);
    return finalHash(sum) & (this.slots.length - 1);
  }

  private grow(): void {
    const records = new Int32Array(this.records.length * 2);
    records.set(this.records);
    this.records = records;
    const times = new Float64Array(this.times.length * 2);
    times.set(this.times);
    this.times = times;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 1; number <= this.count; number++) {
      const at = (number - 1) * RECORD;
      let slot = this.hash(records, at, records[at + PORT] ?? 0);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number;
    }
  }

  /** Those with at least a number of incomplete openings. */
  *withIncomplete(least: number): Generator<Target> {
    const { records, times } = this;
    for (let at = 0; at < this.count * RECORD; at += RECORD) {
      const count = (outcome: number): number => records[at + COUNTS + outcome] ?? 0;
      const incomplete = count(NO_ANSWER) + count(NOT_COMPLETED);
      if (incomplete < least) continue;
      const port = records[at + PORT] ?? 0;
      const time = (at / RECORD) * 2;
      yield {
        version: (port & 1) === 1 ? 6 : 4,
        words: [...records.subarray(at, at + 4)],
        port: port >>> 1,
        incomplete,
        outcomes: outcomesBy(count),
        firstPacket: records[at + FIRST_PACKET] ?? 0,
        span: (times[time + 1] ?? 0) - (times[time] ?? 0),
      };
    }
  }
}
