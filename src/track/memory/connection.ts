/**
 * What is kept of a TCP connection while it is being followed: one record for the connection and one for each
 * end, in typed arrays. Side 0 is the end whose packet came first; who is the client is `clientSide`.
 *
 * Sequence numbers are signed 32-bit; times are nanoseconds since the tracker's base (Tracker.baseSeconds).
 */
import { BLOCK_BITS, cursorClass, RecordStore } from './record.js';

/**
 * Words of a record, so that an ordinary segment touches few lines of the cache (16 words each): of the connection what
 * each segment needs, then the same of both ends, then the rest of one end, of the connection, and of the other end.
 */
export const WORDS = 112;
/** Where the part of the first end begins, and the distance from there to the part of the second end. */
export const ENDS = 16;
export const END_WORDS = 26;

export const CONNECTION_INTS = {
  bits: 0,
  // 1 + index of the connection's Extras, 0 where it has none
  extras: 1,
  lastPacket: 2,
  // the last segment: its payload length times 2 plus its side
  segmentSent: 3,
  // Wireshark's tcp.completeness so far
  completeness: 4,
  // Zeek's history: node of zeek-histories.ts
  history: 5,
  // response times: how many, and where medians.ts keeps them
  responses: 6,
  responseRow: 7,
  index: 84,
  firstPacket: 85,
  // nanoseconds within startSeconds
  startNanoseconds: 86,
  // packet that completed the opening, 0 where none did
  openedPacket: 87,
  // packet that ended the longest silence
  silencePacket: 110,
  // bits of codes.ts that occurred on any segment
  codes: 111,
} as const;

export const CONNECTION_DOUBLES = {
  lastAt: 8,
  // longest time between two packets
  silence: 10,
  // Wireshark's iRTT, 0 until known
  firstRtt: 12,
  // last new data of the client
  requestAt: 14,
  startSeconds: 88,
  openedAt: 90,
  // Wireshark's most recent SYN
  recentSynAt: 92,
} as const;

/** Counted from the end's part. */
export const ENDPOINT_INTS = {
  state: 0,
  bits: 1,
  // after the highest byte sent
  nextSequence: 2,
  // after the last byte sent without a gap (Wireshark's maxseqtobeacked)
  contiguous: 3,
  // as in the last segment sent; raw window
  lastAcknowledgement: 4,
  window: 5,
  // highest acknowledgement sent: RCV.NXT at least
  acknowledged: 6,
  packets: 7,
  // packet number of the last segment sent
  lastNumber: 8,
  // highest TSval of what was sent in order: the receiver's TS.Recent (RFC 7323 4.3)
  timestamp: 9,
  duplicateAcks: 10,
  lastCodes: 11,
  // MSS offered in the low half, then the window scale offered and, at the top, the time to live of its first packet
  mssScaleTtl: 12,
  // window scale: -1 not known, -2 not used
  scale: 13,
  // retransmissions and probes since the last segment of the other end
  unanswered: 14,
  // bits of zeek-bits.ts and zeek-states.ts
  zeek: 15,
  rttSequence: 24,
  // how many, and from the second on where medians.ts keeps them
  rttCount: 25,
  rttRow: 52,
  retransmissions: 53,
  // relative numbers count from here, as Wireshark's do
  base: 54,
  // relative number of its last FIN or RST, as the bits of `zeek` say
  zeekControl: 55,
  synPacket: 56,
  synCount: 57,
  // number of the FIN itself, its first packet, and the packet that acknowledged it
  finSequence: 58,
  finPacket: 59,
  finAckPacket: 60,
  // options of the SYN: bits of tcp-options.ts
  offered: 61,
} as const;

export const ENDPOINT_DOUBLES = {
  bytes: 16,
  nextSequenceAt: 18,
  lastAckAt: 20,
  rttSentAt: 22,
  rttMin: 62,
  synAt: 64,
  finAt: 66,
} as const;

/** Points at the record of a connection. */
export const ConnectionCursor = cursorClass(CONNECTION_INTS, CONNECTION_DOUBLES);
export type ConnectionCursor = InstanceType<typeof ConnectionCursor>;

/** Points at the record of one end of a connection. */
export const EndpointCursor = cursorClass(ENDPOINT_INTS, ENDPOINT_DOUBLES);
export type EndpointCursor = InstanceType<typeof EndpointCursor>;

/** Bits of a connection. */
export const CLIENT_IS_SIDE_1 = 1 << 0;
/** How the roles are known: neither bit where they are guessed. */
export const ROLES_FROM_SYN = 1 << 1;
export const ROLES_FROM_SYN_ACK = 1 << 2;
/** Both ends sent a SYN without ACK. */
export const BOTH_SYNS = 1 << 3;
/** The SYN-ACK acknowledged data of the SYN. */
export const FAST_OPEN_ACCEPTED = 1 << 4;
/** The opening was completed; where its last segment was not captured, later evidence shows it. */
export const OPENED = 1 << 5;
export const SYN_ACK_SEEN = 1 << 6;
/** Zeek takes side 1 for the originator. */
export const ZEEK_FLIPPED = 1 << 7;
/** An ICMP error answered a SYN. */
export const ICMP_REFUSED = 1 << 8;
/** Refused by an accepted RST that answered a SYN. */
export const RST_REFUSED = 1 << 9;
/** An accepted RST ended it. */
export const RST_ENDED = 1 << 10;
/** The first FIN came from side 1 (meaningful once a FIN was seen). */
export const FIN_FROM_SIDE_1 = 1 << 11;
/** The second FIN did not acknowledge the first. */
export const FINS_CROSSED = 1 << 12;
/** The second FIN was the first segment to acknowledge the first. */
export const FIN_ACK_MERGED = 1 << 13;
/** Reported already as ended (live). */
export const ENDED = 1 << 14;
/** Data was seen on a SYN with a Fast Open cookie. */
export const FAST_OPEN_DATA = 1 << 15;
/** MPTCP options were used. */
export const MPTCP = 1 << 16;
/** Both ends are one: a socket connected to itself. */
export const SELF = 1 << 18;
/** A new SYN came on this live connection, and is held until the next segment decides (tracker.ts). */
export const SYN_HELD = 1 << 17;

/** Packets may yet show that one of its segments was misjudged (revision.ts). */
export const IN_DOUBT = 1 << 19;
/** A segment of the end that sent the SYN-ACK completed the opening: the ACK of the SYN-ACK was not seen before it. */
export const OPENED_BY_ANSWER = 1 << 20;
/** The ACK that completed the opening was not captured: its time is not known. */
export const OPENING_ACK_MISSED = 1 << 21;
/** New data of the client waits for an answer (response-time.ts). */
export const REQUEST_WAITS = 1 << 22;
/** All its round trips are kept for their median: it will be reported in full. */
export const TIMED = 1 << 23;
/** Its response times are kept. */
export const RESPONSES_TIMED = 1 << 26;
/** The next plain segment of side 0, or of side 1, may take the fast path (fast-path.ts): as the slow path left it. */
export const FAST_0 = 1 << 24;
export const FAST_1 = 1 << 25;

/** Within `mssScaleTtl`. */
export const MSS = 0xffff;
export const TTL = 0xff << 24;

/** Bits of an endpoint. */
export const HAS_BASE = 1 << 0;
export const NEXT_KNOWN = 1 << 1;
export const SENT_SYN = 1 << 2;
export const HAS_ACKED = 1 << 3;
export const LAST_HAD_ACK = 1 << 4;
export const FIN_SENT = 1 << 5;
export const FIN_ACKED = 1 << 6;
/** The other end's FIN arrived here in order. */
export const FIN_RECEIVED = 1 << 7;
/** Its windows are not scaled yet: only its SYN was seen. */
export const UNSCALED = 1 << 8;
export const CHALLENGE_DUE = 1 << 9;
export const RTT_RUNNING = 1 << 11;
/** The last segment sent was a SYN-ACK. */
export const LAST_WAS_SYN_ACK = 1 << 12;
/** An RST that counted ended this end's part. */
export const RST_SENT = 1 << 13;
export const HAS_CONTIGUOUS = 1 << 14;
/** A checksum was looked at (checksums.ts); one was right; all others before it were not filled in. */
export const CHECKSUM_SEEN = 1 << 15;
export const CHECKSUM_RIGHT = 1 << 25;
export const CHECKSUMS_UNFILLED = 1 << 16;
export const LARGER_THAN_MSS = 1 << 17;
/** Sent a FIN without ACK, which counts only if it is acknowledged. */
export const BARE_FIN = 1 << 18;
/** Its base is that of a segment that was ignored, until one that counts is seen. */
export const BASE_PROVISIONAL = 1 << 19;

/** Its FIN was seen, and did not arrive: the other end went on without acknowledging it. */
export const FIN_LOST = 1 << 20;
export const SENT_SYN_ACK = 1 << 21;
/** After its own FIN it acknowledged more: what it acknowledged was sent by an end that had not closed before. */
export const ACKED_AFTER_FIN = 1 << 22;
/** Its windows, or timestamps that it received, were not all captured: they do not show what it accepts. */
export const UNRELIABLE = 1 << 24;
/** `timestamp` is known. */
export const HAS_TIMESTAMP = 1 << 23;

const WITHIN_BLOCK = (1 << BLOCK_BITS) - 1;

export class ConnectionStore {
  private readonly records = new RecordStore(WORDS);

  clear(slot: number): void {
    this.records.clear(slot);
  }

  /** Points the cursors at a connection and its ends; `side` is the sender's. */
  aim(
    slot: number,
    side: number,
    connection: ConnectionCursor,
    sender: EndpointCursor,
    receiver: EndpointCursor,
  ): void {
    const ints = this.records.ints(slot);
    const at = (slot & WITHIN_BLOCK) * WORDS;
    // mostly the same block as before: storing references costs more than looking
    if (connection.ints !== ints || sender.ints !== ints || receiver.ints !== ints) {
      const doubles = this.records.doubles(slot);
      connection.ints = sender.ints = receiver.ints = ints;
      connection.doubles = sender.doubles = receiver.doubles = doubles;
    }
    connection.at = at;
    sender.at = at + ENDS + side * END_WORDS;
    receiver.at = at + ENDS + (1 - side) * END_WORDS;
  }

  /** A copy of the record of a connection and both ends; `restore` puts it back. */
  save(slot: number): Int32Array {
    const at = (slot & WITHIN_BLOCK) * WORDS;
    return this.records.ints(slot).slice(at, at + WORDS);
  }

  restore(slot: number, saved: Int32Array): void {
    this.records.ints(slot).set(saved, (slot & WITHIN_BLOCK) * WORDS);
  }

  /** Points a cursor at a connection alone. */
  connection(cursor: ConnectionCursor, slot: number): void {
    cursor.ints = this.records.ints(slot);
    cursor.doubles = this.records.doubles(slot);
    cursor.at = (slot & WITHIN_BLOCK) * WORDS;
  }
}
