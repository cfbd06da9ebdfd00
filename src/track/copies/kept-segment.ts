/**
 * What is kept of a segment for the search for copies (duplicates.ts), as numbers in a row of an Int32Array; and how two
 * rows compare, by the places `a` or `at` and `its` where they begin.
 */
import { type Packet, RST } from '../../decode/packet.js';

export const FLOW = 0;
export const SEQUENCE = 1;
export const ACKNOWLEDGEMENT = 2;
/** Window << 16 | flags << 4 | words of the header. */
export const CONTROL = 3;
/** Payload bytes << 8 | time to live. */
export const LENGTH_AND_TTL = 4;
/** TSval, 0 without timestamps. */
export const TIMESTAMP = 5;
/** TSecr, or a hash of the options where there are others than timestamps. */
export const OPTIONS = 6;
/** IP identification (0 without one) << 16 | TCP checksum. */
export const ID_AND_CHECKSUM = 7;
/** A hash of capture interface, source MAC address, and direction where a Linux cooked frame has it; and HAS_MAC. */
export const PLACE = 8;
export const HAS_MAC = 1;
/** Position of the segment before it in the same bucket. */
export const NEXT = 9;
export const FIELDS = 10;

/** What a packet log keeps of a segment for the search for copies, in addition to what it keeps of every segment. */
export interface SegmentMark {
  control: number;
  timestamp: number;
  options: number;
  idAndChecksum: number;
  place: number;
  /** The checksum that it ought to have, -1 where not all of it was captured. */
  right: number;
}

/** One direction of a connection. */
export function flowOf(packet: Packet): number {
  return flowBetween(sourceOf(packet), packet.sourcePort, targetOf(packet), packet.targetPort);
}

/** The other direction. */
export function answeringFlowOf(packet: Packet): number {
  return flowBetween(targetOf(packet), packet.targetPort, sourceOf(packet), packet.sourcePort);
}

function flowBetween(source: number, sourcePort: number, target: number, targetPort: number): number {
  return Math.imul(source, 0x9e3779b1) ^ Math.imul(target, 0x27d4eb2f) ^ ((sourcePort << 16) | targetPort);
}

function sourceOf({ ipVersion, source0, source1, source2, source3 }: Packet): number {
  return ipVersion === 6 ? source3 ^ folded(source0, source1, source2) : source3;
}

function targetOf({ ipVersion, target0, target1, target2, target3 }: Packet): number {
  return ipVersion === 6 ? target3 ^ folded(target0, target1, target2) : target3;
}

/** The words of an address before its last one. */
function folded(word0: number, word1: number, word2: number): number {
  return Math.imul(word0 ^ Math.imul(word1 ^ Math.imul(word2, 0x85ebca6b), 0xc2b2ae35), 0x165667b1);
}

export function hashOfOptions(packet: Packet): number {
  const { view } = packet;
  const end = Math.min(packet.payloadOffset, packet.captureEnd) - 4;
  let hash = 0;
  for (let at = packet.transportOffset + 20; at <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

export function differs(fields: Int32Array, a: number, b: number, mask: number): boolean {
  return (((fields[a] ?? 0) ^ (fields[b] ?? 0)) & mask) !== 0;
}

/** How many hops fewer than the earlier one the later one has to live. */
export function hopsBetween(fields: Int32Array, earlier: number, later: number): number {
  return ((fields[earlier + LENGTH_AND_TTL] ?? 0) & 0xff) - ((fields[later + LENGTH_AND_TTL] ?? 0) & 0xff);
}

/** Whether a router has sent on the segment between the two captures of it. */
export function isBehindRouter(packet: Packet, fields: Int32Array, at: number, its: number): boolean {
  if (hopsBetween(fields, at, its) <= 0) return false;
  const place = fields[its + PLACE] ?? 0;
  return packet.ipId > 0 || (place & HAS_MAC) === 0 || fields[at + PLACE] !== place;
}

/** Where two segments that are alike were not captured at one place, or not in one form. */
export function isElsewhere(packet: Packet, fields: Int32Array, at: number, its: number): boolean {
  if (fields[at + PLACE] !== fields[its + PLACE]) return true;
  if (differs(fields, at + ID_AND_CHECKSUM, its + ID_AND_CHECKSUM, 0xffff)) return true;
  // a RST with another time to live may be somebody else's
  const byHops = ((fields[its + PLACE] ?? 0) & HAS_MAC) === 0 && (packet.flags & RST) === 0;
  return byHops && hopsBetween(fields, at, its) > 0;
}

export function isSamePlace(fields: Int32Array, a: number, b: number): boolean {
  return (
    fields[a + PLACE] === fields[b + PLACE] &&
    fields[a + ID_AND_CHECKSUM] === fields[b + ID_AND_CHECKSUM] &&
    fields[a + LENGTH_AND_TTL] === fields[b + LENGTH_AND_TTL]
  );
}
