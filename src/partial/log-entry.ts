/**
 * The layout of a packet log: decoded packets as bytes. Of each TCP segment, UDP datagram and ICMP error it has what
 * verdicts rest on, in about 15 bytes, since most of it follows from the segment before. Fragments of IP datagrams
 * are kept whole, as frames: the rest of a datagram may lie in another part. Where only one MSDU of an aggregate is a
 * fragment, the frame's entry has MORE set, and then the number of the MSDU.
 *
 * log-writer.ts and log-reader.ts are mirrors of each other, field by field.
 */
import { NO_COPY } from '../track/copies/duplicates.js';
import type { SegmentMark } from '../track/copies/kept-segment.js';

/** What an entry is: the lower bits of its first byte. */
export const KIND_TCP = 0;
export const KIND_UDP = 1;
export const KIND_ICMP = 2;
export const KIND_FRAME = 3;
export const KIND_MASK = 3;

/** Other bits of the first byte. */
export const FROM_SIDE_1 = 1 << 2;
export const NEW_FLOW = 1 << 3;
export const MORE = 1 << 4;
export const TIMESTAMPS = 1 << 5;
export const RESET_FLOWS = 1 << 6;
export const FAR_TIME = 1 << 7;

/** Bits of MORE. */
export const BROKEN = 1 << 0;
export const REASSEMBLED = 1 << 1;
export const IS_COPY = 1 << 2;
export const OPTIONS = 1 << 3;
export const MARK = 1 << 4;
/** Two bits. */
export const CHECKSUM_SHIFT = 5;
export const CHECKSUM_BITS = 7;
/** Not all of its payload was captured; not all of its header. */
export const PAYLOAD_CUT = 1 << 8;
export const HEADER_CUT = 1 << 9;
export const IS_MAYBE_COPY = 1 << 10;
/** All of them. */
export const MAX_MORE = 0x7ff;
/** The only bit of MORE that a datagram has: sent to everybody on the link. */
export const TO_ALL = 1 << 0;

/** Flows that have a number of their own; after this many, numbering starts again. */
export const MAX_FLOWS = 1 << 16;
/** Steps of time that fit a short number. */
export const FAR_NS = 2 ** 50;

/** Kept of each flow: sequence numbers, windows, IP identifications and TSvals as last seen, of both sides. */
export const FIELDS = 9;
export const NEXT = 0;
export const WINDOW = 2;
export const IP_ID = 4;
/** TSvals of both sides. */
export const TSVAL = 7;
/** Of how many segments of each side the checksum is still to be looked at: four bits for each. */
export const CHECKSUM_PENDING = 6;

/** An entry: the packet itself is filled apart from it. */
export interface LogEntry {
  kind: number;
  number: number;
  seconds: number;
  nanoseconds: number;
  /** Whether it is a copy of a segment captured a moment before, as the filter said (track/duplicates.ts). */
  copy: number;
  /** Given at the beginning of a part, where a copy may be of a packet of the part before. */
  mark: SegmentMark | null;
  /** Of a frame: which of its MSDUs the entry is for, -1 for all of it. */
  msdu: number;
}

export const NO_ENTRY: Readonly<LogEntry> = {
  kind: KIND_TCP,
  number: 0,
  seconds: 0,
  nanoseconds: 0,
  copy: NO_COPY,
  mark: null,
  msdu: -1,
};
