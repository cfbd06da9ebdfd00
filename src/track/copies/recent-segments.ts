/**
 * The segments of the last moment, for the search for copies (duplicates.ts): a ring in the order of capture, and a
 * hash table into it. A place in the ring is used again when its segment is too old to matter, else the ring grows; so
 * no segment is lost early, whatever the rate, up to LARGEST of them.
 */
import { rightTcpChecksum } from '../../decode/checksum.js';
import { type Packet, SYN } from '../../decode/packet.js';
import { HAS_TIMESTAMPS } from '../../decode/tcp-options.js';
import type { Arrival } from '../memory/focus.js';
import {
  ACKNOWLEDGEMENT,
  CONTROL,
  FIELDS,
  FLOW,
  flowOf,
  HAS_MAC,
  hashOfOptions,
  ID_AND_CHECKSUM,
  LENGTH_AND_TTL,
  NEXT,
  OPTIONS,
  PLACE,
  SEQUENCE,
  type SegmentMark,
  TIMESTAMP,
} from './kept-segment.js';

/** A copy comes within this time. */
export const COPIES_WITHIN_NS = 10_000_000;

const SMALLEST_HEADER = 20;
const SMALLEST = 1 << 10;
/** 6.5 million segments a second; ring and table then have 5 MB. */
const LARGEST = 1 << 16;
/** Buckets for each segment: enough that most are empty, and the processor predicts the branch that looks into one. */
const BUCKETS = 8;

export class RecentSegments {
  fields = new Int32Array(SMALLEST * FIELDS);
  /** Position of the newest segment. Positions count up, and wrap at 2^32. */
  newest = 0;
  private times = new Float64Array(SMALLEST).fill(Number.NEGATIVE_INFINITY);
  /** Segments that the ring has room for, less 1. */
  private mask = SMALLEST - 1;
  /** Newest position of each bucket. */
  private heads = new Int32Array(SMALLEST * BUCKETS);
  // hostile captures must not be able to aim at one bucket
  private readonly seed = (Math.random() * 0x1_0000_0000) | 0;

  /** Whether the segment of an earlier position is still there. */
  has(position: number): boolean {
    return (this.newest - position) >>> 0 <= this.mask;
  }

  /** Where the numbers of a position begin in `fields`. */
  at(position: number): number {
    return (position & this.mask) * FIELDS;
  }

  timeAt(position: number): number {
    return this.times[position & this.mask] ?? Number.NEGATIVE_INFINITY;
  }

  /** The position before another one in its bucket. */
  before(position: number): number {
    return this.fields[this.at(position) + NEXT] ?? 0;
  }

  /**
   * Takes in a segment of which at least 20 bytes were captured; returns the position of the one before it in its
   * bucket. Every segment comes through here: in one piece, since calls would cost more than the work, and with the
   * time within its object, since V8 would allocate it for a call.
   */
  add({ packet, options, at: time }: Arrival): number {
    const position = (this.newest + 1) | 0;
    const old = this.times[position & this.mask] ?? 0;
    if (Math.abs(time - old) <= COPIES_WITHIN_NS && this.mask < LARGEST - 1) this.grow();
    const { fields, heads, mask } = this;
    const { view, sequence, acknowledgement, ethernetOffset } = packet;
    const { bits } = options;
    const slot = position & mask;
    const base = slot * FIELDS;
    this.newest = position;
    this.times[slot] = time;
    const flow = flowOf(packet);
    const timestamp = (bits & HAS_TIMESTAMPS) === 0 ? 0 : options.timestamp;
    const others =
      bits === HAS_TIMESTAMPS
        ? options.timestampEcho
        : packet.headerLength === SMALLEST_HEADER
          ? 0
          : hashOfOptions(packet);
    const id = packet.ipId > 0 ? packet.ipId << 16 : 0;
    const place = Math.imul(packet.interfaceIndex * 16 + packet.cookedType, 0x9e3779b1) & ~HAS_MAC;
    fields[base] = flow;
    fields[base + SEQUENCE] = sequence;
    fields[base + ACKNOWLEDGEMENT] = acknowledgement;
    fields[base + CONTROL] = (packet.window << 16) | (packet.flags << 4) | (packet.headerLength >>> 2);
    fields[base + LENGTH_AND_TTL] = (packet.payloadLength << 8) | packet.ttl;
    fields[base + TIMESTAMP] = timestamp;
    fields[base + OPTIONS] = others;
    fields[base + ID_AND_CHECKSUM] = id | view.getUint16(packet.transportOffset + 16);
    // the last four bytes of the source address, behind the six of the target's
    fields[base + PLACE] =
      ethernetOffset < 0 ? place : (place ^ (view.getInt32(ethernetOffset + 8) << 1)) | HAS_MAC;
    const ofSyn = (packet.flags & SYN) !== 0;
    const bucket = this.bucket(flow, sequence, acknowledgement, id !== 0 || ofSyn ? id : others ^ timestamp);
    const before = heads[bucket] ?? 0;
    fields[base + NEXT] = before;
    heads[bucket] = position;
    return before;
  }

  /** The same of a segment from a packet log. */
  addMarked(packet: Packet, mark: SegmentMark, time: number): void {
    const base = this.claim(time);
    const { fields } = this;
    fields[base + FLOW] = flowOf(packet);
    fields[base + SEQUENCE] = packet.sequence;
    fields[base + ACKNOWLEDGEMENT] = packet.acknowledgement;
    fields[base + CONTROL] = mark.control;
    fields[base + LENGTH_AND_TTL] = (packet.payloadLength << 8) | packet.ttl;
    fields[base + TIMESTAMP] = mark.timestamp;
    fields[base + OPTIONS] = mark.options;
    fields[base + ID_AND_CHECKSUM] = mark.idAndChecksum;
    fields[base + PLACE] = mark.place;
    this.link(base);
  }

  /** What a packet log keeps of the newest segment, which is `packet`. */
  mark(packet: Packet): SegmentMark {
    const base = this.at(this.newest);
    const of = (field: number): number => this.fields[base + field] ?? 0;
    return {
      control: of(CONTROL),
      timestamp: of(TIMESTAMP),
      options: of(OPTIONS),
      idAndChecksum: of(ID_AND_CHECKSUM),
      place: of(PLACE),
      right: rightTcpChecksum(packet),
    };
  }

  /** The segments of which a copy may still come: their fields but NEXT, and how long before `time`. Oldest first. */
  rows(time: number): number[][] {
    const found: number[][] = [];
    for (let left = this.mask; left >= 0; left--) {
      const position = (this.newest - left) | 0;
      const before = time - this.timeAt(position);
      if (Math.abs(before) > COPIES_WITHIN_NS) continue;
      const base = this.at(position);
      found.push([...this.fields.subarray(base, base + NEXT), before]);
    }
    return found;
  }

  /** Takes in what `rows` gave; what is there already is left out. */
  addRows(rows: readonly (readonly number[])[], time: number): void {
    const name = (row: readonly number[], at: number): string => `${row.slice(0, NEXT).join()} ${at}`;
    const known = new Set(this.rows(time).map((row) => name(row, time - (row[NEXT] ?? 0))));
    for (const row of rows) {
      const at = time - (row[NEXT] ?? 0);
      if (known.has(name(row, at))) continue;
      const base = this.claim(at);
      this.fields.set(row.slice(0, NEXT), base);
      this.link(base);
    }
  }

  /** Makes room for a segment at the next position; returns where its numbers belong in `fields`. */
  private claim(time: number): number {
    const position = (this.newest + 1) | 0;
    if (this.mask < LARGEST - 1 && Math.abs(time - this.timeAt(position)) <= COPIES_WITHIN_NS) this.grow();
    this.newest = position;
    this.times[position & this.mask] = time;
    return this.at(position);
  }

  /** Puts the newest segment, whose numbers are at `base`, into its bucket. */
  private link(base: number): void {
    const of = (field: number): number => this.fields[base + field] ?? 0;
    const id = of(ID_AND_CHECKSUM) & 0xffff0000;
    const ofSyn = (of(CONTROL) & (SYN << 4)) !== 0;
    const others = id !== 0 || ofSyn ? id : of(OPTIONS) ^ of(TIMESTAMP);
    const bucket = this.bucket(of(FLOW), of(SEQUENCE), of(ACKNOWLEDGEMENT), others);
    this.fields[base + NEXT] = this.heads[bucket] ?? 0;
    this.heads[bucket] = this.newest;
  }

  /** `others`: the IP identification or, where there is none, the options, but not those of a SYN: a router may change them. */
  private bucket(flow: number, sequence: number, acknowledgement: number, others: number): number {
    const { mask, seed } = this;
    const hash =
      Math.imul(flow ^ sequence ^ seed, 0x9e3779b1) + Math.imul(acknowledgement ^ others ^ seed, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & (mask * BUCKETS + BUCKETS - 1);
  }

  private grow(): void {
    const { fields, times, newest, mask } = this;
    this.mask = mask * 2 + 1;
    this.fields = new Int32Array((this.mask + 1) * FIELDS);
    this.times = new Float64Array(this.mask + 1).fill(Number.NEGATIVE_INFINITY);
    // no such position is in the ring
    this.heads = new Int32Array((this.mask + 1) * BUCKETS).fill(newest - this.mask - 1);
    this.newest = (newest - mask - 1) | 0;
    for (let left = mask; left >= 0; left--) {
      const slot = (newest - left) & mask;
      const base = this.claim(times[slot] ?? Number.NEGATIVE_INFINITY);
      this.fields.set(fields.subarray(slot * FIELDS, slot * FIELDS + NEXT), base);
      this.link(base);
    }
  }
}
