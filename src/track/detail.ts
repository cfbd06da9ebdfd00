/**
 * What is kept of a connection beyond its record, made only when there is something to keep: findings, resets,
 * ignored segments, retries, and the segments of a ladder.
 */
import { CODES } from './codes.js';

/** Why a receiver ignores a segment; worded in explain/. */
export type IgnoredBecause =
  | 'rst-not-for-syn'
  | 'rst-in-window'
  | 'rst-outside-window'
  | 'syn-in-connection'
  | 'syn-ack-unacceptable'
  | 'ack-unacceptable'
  | 'half-open'
  | 'no-ack-flag'
  | 'after-fin'
  | 'syn-in-time-wait'
  | 'malformed';

/** Something worth telling of one packet. `by` is the side that sent it. */
export interface Finding {
  code: string;
  packet: number;
  by: 0 | 1;
  /** Numbers and words that its sentence needs. */
  values?: Record<string, number | string>;
}

/** An RST as it was seen, with what its cause can be told from. */
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
  /** TTL of the sender's first packet. */
  usualTtl: number;
  payload: number;
  /** States of both sides before it, and after it where it counts (see transition.ts). */
  before: [number, number];
  /** Its number equals the sender's next one; the acknowledgement of the segment that it answers. */
  atNext: boolean;
  atAcknowledged: boolean;
  /** Sequence number minus what the receiver expected. */
  beyond: number;
  /** The last segment before it: packet, side, payload, nanoseconds earlier, and its codes. */
  previous: { packet: number; side: 0 | 1; length: number; codes: number; earlier: number } | null;
  senderFinSent: boolean;
  senderFinPacket: number;
  senderReceivedBytes: number;
  /** The last new data, over both directions, was the other side's. */
  dataUnanswered: boolean;
  senderRetransmissions: number;
  /** The sender's last segment of its own was a retransmission or a probe that nobody answered. */
  unanswered: boolean;
  /** Its supposed sender went on, so that somebody else sent it in its name; the receiver took it. */
  forgedProof: number;
  /** Packets that either side sent afterwards, other than RSTs. */
  later: [number, number];
}

/** An ICMP error that answered this connection. */
export interface IcmpAnswer {
  packet: number;
  at: number;
  /** IP version and type * 256 + code. */
  version: 4 | 6;
  typeAndCode: number;
  /** The side whose packet is quoted. */
  side: 0 | 1;
  /** Who sent the error: four words of its address. */
  from: [number, number, number, number];
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
  ignored: IgnoredBecause | null;
}

/** An ICMP error in the ladder. */
export interface LadderIcmp {
  icmp: IcmpAnswer;
}

/** Data segments that the ladder does not show one by one. */
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

const MOST_FINDINGS = 100;

export class Detail {
  readonly findings: Finding[] = [];
  /** How often each code of codes.ts occurred, by side. */
  readonly counts: [Uint32Array, Uint32Array] = [
    new Uint32Array(CODES.length),
    new Uint32Array(CODES.length),
  ];
  /** Findings that have no bit of their own. */
  readonly otherCounts: Record<string, number> = {};
  retransmittedBytes: [number, number] = [0, 0];
  /** The RST that ended the connection, or the last one that was ignored. */
  reset: Reset | null = null;
  resets = 0;
  icmp: IcmpAnswer | null = null;
  icmpCount = 0;
  /** Times of repeated SYNs and SYN-ACKs by side, bounded. */
  synTimes: [number[], number[]] = [[], []];
  halfCloseBytes = 0;
  halfCloseLastAt = 0;
  /** Fast Open: 1 cookie asked for, 2 cookie sent along. */
  fastOpen: [number, number] = [0, 0];
  synData: [number, number] = [0, 0];
  userTimeout: [number | null, number | null] = [null, null];
  /** A SYN that was ignored because the connection was still there for its receiver. */
  ignoredSyn: { sequence: number; packet: number; at: number } | null = null;
  /** Newest capture duplicate: a DSACK for it shows that the network doubled it. */
  copied: { packet: number; side: 0 | 1; end: number } | null = null;
  /** Second RST, sent by the other side before it had the first. */
  crossedReset = 0;
  /** For scans: the flags of a first segment without SYN or ACK. */
  oddFlags = -1;
  /** Segments for the ladder; null where none are kept. */
  ladder: LadderEntry[] | null = null;

  /** Adds a finding; past the limit only its count grows. */
  find(code: string, packet: number, by: 0 | 1, values?: Finding['values']): void {
    this.otherCounts[code] = (this.otherCounts[code] ?? 0) + 1;
    this.keep(code, packet, by, values);
  }

  /** Counts the codes of one segment and keeps a finding for each. */
  count(codes: number, packet: number, by: 0 | 1): void {
    const counts = this.counts[by];
    for (let bit = 0; codes >>> bit !== 0; bit++) {
      if ((codes & (1 << bit)) === 0) continue;
      counts[bit] = (counts[bit] ?? 0) + 1;
      this.keep(CODES[bit] ?? '', packet, by);
    }
  }

  /** Takes back a capture duplicate that turned out to be none. */
  notCopied(by: 0 | 1, packet: number, bit: number): void {
    const index = 31 - Math.clz32(bit);
    const counts = this.counts[by];
    counts[index] = Math.max(0, (counts[index] ?? 0) - 1);
    const at = this.findings.findIndex(
      (finding) => finding.packet === packet && finding.code === CODES[index],
    );
    if (at >= 0) this.findings.splice(at, 1);
  }

  private keep(code: string, packet: number, by: 0 | 1, values?: Finding['values']): void {
    if (this.findings.length >= MOST_FINDINGS) return;
    this.findings.push(values === undefined ? { code, packet, by } : { code, packet, by, values });
  }

  /** Occurrences of a code of codes.ts on one side; `bit` is the code's own number. */
  countOf(bit: number, side: 0 | 1): number {
    return this.counts[side][31 - Math.clz32(bit)] ?? 0;
  }
}
