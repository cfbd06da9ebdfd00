/**
 * What is kept of a connection beyond its record, made only when there is something to keep: findings, resets,
 * ignored segments, retries, and the segments of a ladder.
 */
import { appended, FindingLog } from './finding-log.js';
import type { Occupied, Stall, TooBig, WrongSums } from './observations.js';

/** Why a receiver ignores a segment; worded in explain/. */
export type IgnoredBecause =
  | 'rst-not-for-syn'
  | 'rst-in-window'
  | 'rst-outside-window'
  | 'rst-refuted'
  | 'syn-in-connection'
  | 'syn-in-handshake'
  | 'syn-ack-unacceptable'
  | 'syn-ack-echo'
  | 'other-syn-ack'
  | 'closed-already'
  | 'before-syn-ack'
  | 'ack-unacceptable'
  | 'ack-too-old'
  | 'half-open'
  | 'no-ack-flag'
  | 'outside-window'
  | 'old-timestamp'
  | 'after-fin'
  | 'fin-refuted'
  | 'syn-in-time-wait'
  | 'malformed';

/** One of each side. */
type Pair<Value> = readonly [Value, Value];

/** An RST as it was seen, with the evidence for its cause. */
export interface Reset {
  side: 0 | 1;
  packet: number;
  /** Nanoseconds since the tracker's base. */
  at: number;
  accepted: boolean;
  ignoredBecause: IgnoredBecause | null;
  hasAck: boolean;
  window: number;
  timestamps: boolean;
  ipId: number;
  ttl: number;
  /** TTL of its sender's last segment that was accepted. */
  usualTtl: number;
  payload: number;
  /** Its raw sequence number. */
  rawSequence: number;
  /** The highest that RSTs of its sender have had so far. */
  highest: number;
  /** States of both sides before it (see transition.ts). */
  before: [number, number];
  /** Its number equals the sender's next one; the acknowledgement of the segment that it answers. */
  atNext: boolean;
  atAcknowledged: boolean;
  /** Sequence number minus what the receiver expected. */
  beyond: number;
  /** The last segment of its sender, and of the other side: packet (0 without any) and nanoseconds earlier. */
  own: { packet: number; earlier: number };
  other: { packet: number; earlier: number };
  /** The last segment over both directions: its side, payload bytes, and codes of its sender's last one. */
  previous: { packet: number; side: 0 | 1; length: number; codes: number; earlier: number } | null;
  /** Its sender had acknowledged all that the other side was seen to send. */
  acknowledgedAll: boolean;
  /** Nanoseconds within which its sender's answer to a segment passes the capture point; 0 where not known. */
  roundTrip: number;
  /** FINs before it: packet numbers, 0 without any; whether its sender's was acknowledged. */
  senderFinPacket: number;
  senderFinAcked: boolean;
  receiverFinPacket: number;
  /** It acknowledges the other side's FIN. */
  acknowledgesFin: boolean;
  /** The first data that came behind its sender's FIN, and that its sender had not acknowledged. */
  dataAfterFin: { packet: number; earlier: number } | null;
  senderReceivedBytes: number;
  /** Its sender had sent nothing but SYNs. */
  senderOnlySyns: boolean;
  /** The last new data, over both directions, was the other side's. */
  dataUnanswered: boolean;
  senderRetransmissions: number;
  /** The sender's last segment was a retransmission or a probe without an answer. */
  unanswered: boolean;
  /** Its supposed sender went on in this packet; the receiver took the RST all the same. */
  forgeryEvidence: number;
  /** The data that it seems to answer was acknowledged afterwards: it had reached the connection. */
  dataTaken: boolean;
  /** Packets that either side sent afterwards, other than RSTs. */
  later: Pair<number>;
}

/** An ICMP error that answered this connection. */
export interface IcmpAnswer {
  packet: number;
  at: number;
  /** IP version and type * 256 + code. */
  version: 4 | 6;
  typeAndCode: number;
  /** From a "too big" error; null without one. */
  mtu: number | null;
  /** The side whose packet is quoted. */
  side: 0 | 1;
  /** Who sent the error: four words of its address. */
  from: [number, number, number, number];
}

/** The same connection under other addresses, as an address translation makes them (twins.ts). */
export interface Twin {
  /** Index and first packet of the other connection. */
  index: number;
  packet: number;
  /** This one began after the other. */
  second: boolean;
  /**
   * Both are whole, captured on both sides of the translation; or the second one is the other direction of the first, or
   * segments of an end that had sent under the first one's addresses before.
   */
  how: 'copy' | 'direction' | 'segment';
  /** Flags of the segment that showed it: the first one of the second, except for a copy. */
  flags: number;
  /** What differs: bits of twins.ts. */
  changed: number;
}

/** A segment as the ladder shows it. */
export interface LadderSegment {
  packet: number;
  at: number;
  side: 0 | 1;
  flags: number;
  /** Relative numbers; `acknowledgement` null without ACK. */
  sequence: number;
  acknowledgement: number | null;
  rawSequence: number;
  rawAcknowledgement: number;
  length: number;
  window: number;
  codes: number;
  states: [number, number];
  /** States of both sides before it. */
  before: [number, number];
  ignored: IgnoredBecause | null;
  /** Payload bytes that the capture has from an earlier segment too. */
  repeated: number;
  /** Bytes right before it that the capture had not seen by then. */
  gap: number;
  /** Where it fills such a gap: which of two ways its bytes came late. */
  fill: Fill;
  /** What proves that it was ignored or accepted, where later packets do: their numbers. */
  proof: readonly number[];
}

/** A segment that brings bytes from before others that were captured: overtaken, sent again, or the packets do not say which. */
export type Fill = 'none' | 'overtaken' | 'sent-again' | 'unknown';

/** Bytes of one side that were not captured though later ones were. */
export interface Hole {
  left: number;
  right: number;
  /** IP identification and TSval of the segment behind it; -1 and null where it has none. */
  ipId: number;
  timestamp: number | null;
  at: number;
}

/** An ICMP error in the ladder. */
export interface LadderIcmp {
  icmp: IcmpAnswer;
}

/** Data segments that the ladder folds. */
export interface LadderFold {
  fold: true;
  from: number;
  to: number;
  /** After the last of them. */
  states: [number, number];
  /** Segments and payload bytes by side. */
  segments: [number, number];
  bytes: [number, number];
  at: number;
  lastAt: number;
}

export type LadderEntry = LadderSegment | LadderFold | LadderIcmp;

// shared, as few connections ever have anything else: a separate array would cost each of them 64 bytes
export const ZEROS: Pair<number> = [0, 0];
const UNKNOWN: Pair<null> = [null, null];
const NO_TIMES: number[] = [];
const NO_HOLES: Hole[] = [];
const NO_HOLES_OF_BOTH: Pair<Hole[]> = [NO_HOLES, NO_HOLES];
const NOTHING: Occupied[] = [];

/** Times of repetitions kept of one end. */
const MAX_TIMES = 64;

export class Extras extends FindingLog {
  retransmittedBytes: Pair<number> = ZEROS;
  /** What was not captured of either side, lowest first. */
  holes: Pair<readonly Hole[]> = NO_HOLES_OF_BOTH;
  /** First packet of the zero windows in a row that a side announced last. */
  zeroWindowPacket: Pair<number> = ZEROS;
  /** Bytes of the data with the SYN that the SYN-ACK acknowledged. */
  synDataTaken = 0;
  /** The SYN that used the addresses and ports again in TIME-WAIT (RFC 6191). */
  timeWaitReused: { packet: number; at: number } | null = null;
  /** The SYN that the other end answered by a SYN-ACK, though no end of this connection was seen; 0 without it. */
  reopenedBy = 0;
  /** The RST that ended the connection, or the last one that was ignored. */
  reset: Reset | null = null;
  /** The RST that refused a SYN, or an answer to one, before the connection opened. */
  earlyReset: Reset | null = null;
  resets = 0;
  icmp: IcmpAnswer | null = null;
  halfCloseBytes = 0;
  halfCloseLastAt = 0;
  /** The first data that a side sent to one that had sent its FIN, of what that one has not acknowledged. */
  dataAfterFin: { side: 0 | 1; packet: number; at: number; end: number } | null = null;
  /** Fast Open: 1 cookie asked for, 2 cookie sent along. */
  fastOpen: Pair<number> = ZEROS;
  synData: Pair<number> = ZEROS;
  userTimeout: Pair<number | null> = UNKNOWN;
  /** A SYN that was ignored because the connection was still there for its receiver. */
  ignoredSyn: { sequence: number; packet: number; at: number } | null = null;
  /** The newest segment that was ignored, where it has an ACK. */
  ignoredAck: { side: 0 | 1; packet: number; acknowledgement: number } | null = null;
  /** Of each side: segments whose checksum is wrong. */
  wrongSums: Pair<WrongSums | null> = UNKNOWN;
  /** Of each side: ICMP errors that its segments are too big, and a large one that is sent again and again. */
  tooBig: Pair<TooBig | null> = UNKNOWN;
  stalls: Pair<Stall | null> = UNKNOWN;
  /** The newest capture duplicates: a DSACK for one shows that the network doubled it… */
  copied = NOTHING;
  /** …unless its sender did, which these show. */
  sentAgain = NOTHING;
  /** Second RST, sent by the other side before it had the first. */
  crossedReset = 0;
  /** The same connection under other addresses; `maybe` where an answer has yet to show it. */
  twin: Twin | 'maybe' | null = null;
  /** For scans: the flags of a first segment without SYN or ACK. */
  oddFlags = -1;
  /** Segments for the ladder; null where none are kept. */
  ladder: LadderEntry[] | null = null;
  private synTimes0 = NO_TIMES;
  private synTimes1 = NO_TIMES;

  /** Times of repeated SYNs and SYN-ACKs of a side: the first ones, and the last one however many there are. */
  synTimes(side: 0 | 1): readonly number[] {
    return side === 0 ? this.synTimes0 : this.synTimes1;
  }

  /** A copy that later changes of this one leave alone. */
  clone(): Extras {
    const copy = Object.assign(new Extras(), this);
    copy.copyFindings(this);
    if (this.copied.length > 0) copy.copied = [...this.copied];
    if (this.sentAgain.length > 0) copy.sentAgain = [...this.sentAgain];
    copy.synTimes0 = [...this.synTimes0];
    copy.synTimes1 = [...this.synTimes1];
    copy.ladder = this.ladder === null ? null : [...this.ladder];
    copy.reset = this.reset === null ? null : { ...this.reset };
    return copy;
  }

  addSynTime(side: 0 | 1, at: number): void {
    const times = side === 0 ? this.synTimes0 : this.synTimes1;
    if (times.length === MAX_TIMES) times.pop();
    if (side === 0) this.synTimes0 = appended(times, at);
    else this.synTimes1 = appended(times, at);
  }
}

/** The same connection under other addresses, where that is certain. */
export function twinOf(extras: Extras | null): Twin | null {
  const twin = extras?.twin ?? null;
  return twin === 'maybe' ? null : twin;
}

/** The pair with another value on one side. */
export function withSide<Value>(pair: Pair<Value>, side: 0 | 1, value: Value): Pair<Value> {
  return side === 0 ? [value, pair[1]] : [pair[0], value];
}
