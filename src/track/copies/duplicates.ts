/**
 * Packets that were captured more than once: by `-i any`, on a bridge, on both sides of a router, from a SPAN port that
 * sends what goes in and what goes out, in two files that were joined. They are an artefact of the capture, not an event
 * of the network.
 *
 * A copy comes within 10 ms and has the same addresses, ports, numbers, flags, window, length and options. Then:
 *
 * - With the same IP identification, not 0, it is a copy: a stack that sends again takes a new one.
 * - Without one (IPv6; Linux's SYN-ACKs and RSTs have 0) the same numbers are normal: duplicate ACKs, and what is sent
 *   again within a tick of the timestamps. It is a copy where another place has had more of them: another interface,
 *   another source MAC address or, where there are none, one with more hops to live. At the same place it is one where it
 *   has the time of the other, to the nanosecond; and where it occupies sequence numbers, no answer asks for it again,
 *   and no timer is as short.
 * - Its checksum is the same, or one of the two was left to the network card.
 * - The options of a SYN may differ behind a router (MSS clamping).
 */
import { pseudoHeaderSum, rightTcpChecksum } from '../../decode/checksum.js';
import { ACK, FIN, type Packet, SYN } from '../../decode/packet.js';
import type { Arrival } from '../memory/focus.js';
import {
  ACKNOWLEDGEMENT,
  answeringFlowOf,
  CONTROL,
  differs,
  FLOW,
  hopsBetween,
  ID_AND_CHECKSUM,
  isBehindRouter,
  isElsewhere,
  isSamePlace,
  LENGTH_AND_TTL,
  OPTIONS,
  SEQUENCE,
  type SegmentMark,
  TIMESTAMP,
} from './kept-segment.js';
import { COPIES_WITHIN_NS, RecentSegments } from './recent-segments.js';

/**
 * No timer has anything sent again sooner (Linux's tail loss probe: two ticks of its clock more than two round trips).
 * With timestamps a newer TSval would show it, up to COPIES_WITHIN_NS: timers of stacks with a slower clock are slower.
 */
const TIMER_NS = 1_000_000;
/** Segments looked at for each new one: with the same hash, and between the two for an answer. */
const MAX_ALIKE = 16;
const MAX_BETWEEN = 256;
const MICROSECOND_NS = 1000;
/** The right checksum is not computed yet. */
const NOT_KNOWN = -2;

/** What the filter says of a segment. */
export const NO_COPY = 0;
export const COPY = 1;
/** In the same microsecond as another: may be two ACKs, but in a connection with copies this is one too. */
export const MAYBE_COPY = 2;

export class DuplicateFilter {
  /** Whether enough was captured of the packet that `seen` was last asked about. */
  judged = false;
  private readonly recent = new RecentSegments();
  private right = NOT_KNOWN;

  /** Whether the packet is a copy of one just seen: COPY, NO_COPY or MAYBE_COPY. */
  seen(arrival: Arrival): number {
    const { packet } = arrival;
    this.judged = packet.transportOffset + 20 <= packet.captureEnd;
    if (!this.judged) return NO_COPY;
    const { recent } = this;
    let position = recent.add(arrival);
    for (let steps = 0; steps < MAX_ALIKE && recent.has(position); steps++) {
      if (recent.fields[recent.at(position) + SEQUENCE] === packet.sequence) {
        this.right = NOT_KNOWN;
        return this.judge(packet);
      }
      position = recent.before(position);
    }
    return NO_COPY;
  }

  /** The same of a packet from a packet log. */
  seenMarked(packet: Packet, mark: SegmentMark, at: number): number {
    this.recent.addMarked(packet, mark, at);
    this.right = mark.right;
    return this.judge(packet);
  }

  /** What a packet log keeps of the packet that `seen` was last asked about; null where too little was captured. */
  mark(packet: Packet): SegmentMark | null {
    return this.judged ? this.recent.mark(packet) : null;
  }

  /** The packets of which a copy may still come, for `recall`. */
  rows(at: number): number[][] {
    return this.recent.rows(at);
  }

  /** Remembers what `rows` gave. */
  recall(rows: readonly (readonly number[])[], at: number): void {
    this.recent.addRows(rows, at);
  }

  /** The same of the newest segment, which is `packet`. */
  private judge(packet: Packet): number {
    const { recent } = this;
    const { fields, newest } = recent;
    const its = recent.at(newest);
    // how many were captured here, and how many at the newest other place
    let here = 0;
    let elsewhere = 0;
    let there = -1;
    let sameMoment = false;
    let position = recent.before(newest);
    for (let steps = 0; steps < MAX_ALIKE && recent.has(position); steps++) {
      const at = recent.at(position);
      if (this.isAlike(packet, its, at) && this.apart(position) <= COPIES_WITHIN_NS) {
        if (packet.ipId > 0) return COPY;
        const hops = hopsBetween(fields, at, its);
        if (there >= 0 && isSamePlace(fields, there, at)) elsewhere++;
        else if (isElsewhere(packet, fields, at, its)) {
          if (there < 0 && hops >= 0) {
            // it goes from there to here, and all before it has already arrived here
            if (hops > 0 && here === 0) return COPY;
            there = at;
            elsewhere = 1;
          }
        } else if (hops >= 0) {
          if (this.isUncalledFor(packet, position)) return COPY;
          if (hops === 0 && this.apart(position) === 0) {
            if (recent.timeAt(newest) % MICROSECOND_NS !== 0) return COPY;
            sameMoment = true;
          }
          here++;
        }
      }
      position = recent.before(position);
    }
    if (elsewhere > here) return COPY;
    return sameMoment ? MAYBE_COPY : NO_COPY;
  }

  /** How far the newest segment is from an earlier one in time; the clock may go back. */
  private apart(position: number): number {
    const { recent } = this;
    return Math.abs(recent.timeAt(recent.newest) - recent.timeAt(position));
  }

  /** The same segment by all that its sender wrote. */
  private isAlike(packet: Packet, its: number, at: number): boolean {
    const { fields } = this.recent;
    if (fields[at + SEQUENCE] !== fields[its + SEQUENCE] || fields[at + FLOW] !== fields[its + FLOW])
      return false;
    if (
      fields[at + ACKNOWLEDGEMENT] !== fields[its + ACKNOWLEDGEMENT] ||
      fields[at + CONTROL] !== fields[its + CONTROL] ||
      differs(fields, at + LENGTH_AND_TTL, its + LENGTH_AND_TTL, ~0xff) ||
      differs(fields, at + ID_AND_CHECKSUM, its + ID_AND_CHECKSUM, ~0xffff)
    )
      return false;
    if (fields[at + OPTIONS] !== fields[its + OPTIONS] || fields[at + TIMESTAMP] !== fields[its + TIMESTAMP])
      return (packet.flags & SYN) !== 0 && isBehindRouter(packet, fields, at, its);
    const checksum = (fields[at + ID_AND_CHECKSUM] ?? 0) & 0xffff;
    const own = (fields[its + ID_AND_CHECKSUM] ?? 0) & 0xffff;
    return checksum === own || this.isOneLeft(packet, checksum, own, (fields[its + CONTROL] ?? 0) & 0xf);
  }

  /** Whether one of two checksums of a segment was left to the network card. */
  private isOneLeft(packet: Packet, checksum: number, own: number, words: number): boolean {
    if (this.right === NOT_KNOWN) this.right = rightTcpChecksum(packet);
    const { right } = this;
    const length = words * 4 + packet.payloadLength;
    if (right >= 0 && isSameSum(right, checksum)) return isLeft(packet, own, length);
    if (right >= 0 && isSameSum(right, own)) return isLeft(packet, checksum, length);
    // cut short, or changed since (addresses made anonymous): it says nothing of what the headers say too
    if (packet.ipId > 0) return true;
    // options that were cut off may differ (SACK blocks)
    if (packet.payloadLength === 0 && packet.payloadOffset <= packet.captureEnd) return true;
    return right < 0 && (isLeft(packet, own, length) || isLeft(packet, checksum, length));
  }

  /** Whether nothing but a copy explains the newest segment, though an earlier one was captured at the same place. */
  private isUncalledFor(packet: Packet, position: number): boolean {
    const { recent } = this;
    const { fields, newest } = recent;
    if (packet.payloadLength === 0 && (packet.flags & (SYN | FIN)) === 0) return false;
    const hasTimestamp = fields[recent.at(newest) + TIMESTAMP] !== 0;
    if (this.apart(position) > (hasTimestamp ? COPIES_WITHIN_NS : TIMER_NS)) return false;
    const between = (newest - position - 1) | 0;
    if (between > MAX_BETWEEN) return false;
    const answers = answeringFlowOf(packet);
    for (let back = 1; back <= between; back++) {
      const at = recent.at(newest - back);
      if (fields[at + FLOW] !== answers) continue;
      const acknowledges = ((fields[at + CONTROL] ?? 0) & (ACK << 4)) !== 0;
      const beyond = ((fields[at + ACKNOWLEDGEMENT] ?? 0) - packet.sequence) | 0;
      if (!acknowledges || beyond <= 0) return false;
    }
    return true;
  }
}

/** In ones' complement, where 0 and 0xffff are the same number. */
function isSameSum(a: number, b: number): boolean {
  return a % 0xffff === b % 0xffff;
}

/** The checksum as the network card gets it: the sum of the pseudo-header, for large segments without a length, or 0. */
function isLeft(packet: Packet, checksum: number, length: number): boolean {
  return (
    checksum === 0 || checksum === pseudoHeaderSum(packet, length) || checksum === pseudoHeaderSum(packet, 0)
  );
}
