/** What notes/ keeps of a connection, as plain values. */

/** What a packet occupied: from a number up to, not with, another. */
export interface Occupied {
  packet: number;
  side: 0 | 1;
  from: number;
  to: number;
}

/** How far the checksums of a side differ from the right ones. */
export interface Amount {
  /** Of the first. */
  readonly wanted: number;
  readonly off: number;
  /** All others differ by the same amount. */
  alike: boolean;
  /** The right checksums were not all the same, so equal ones mean something. */
  various: boolean;
}

/** Segments of one side with wrong checksums. */
export interface WrongSums {
  /** The first. */
  packet: number;
  count: number;
  /** Sent again before anybody acknowledged them, and acknowledged before they were sent again. */
  dropped: number;
  taken: number;
  /** Compared with the right checksum, and with the sum of the pseudo-header alone. */
  whole: Amount;
  unfilled: Amount;
  /** After their last number; not acknowledged and not sent again yet. */
  waiting: { end: number; at: number }[];
}

/** ICMP errors that say that segments of one side are too big, and what it sent after the first. */
export interface TooBig {
  /** The first error. */
  packet: number;
  at: number;
  /** The MTU of the last one; null without any. */
  mtu: number | null;
  /** Sequence numbers of the segments that the first and the last one quoted. */
  firstQuoted: number;
  lastQuoted: number;
  /** A quoted segment was sent again, and so often that was answered by a further error. */
  sentAgain: boolean;
  refusedAgain: number;
  /** Segments sent again that are larger than the MTU, and when the last one was. */
  large: number;
  largeAt: number;
  /** Packet that sent a quoted segment again in less; 0 where none did. */
  smaller: number;
}

/** A large segment that is sent again and again, the first that the other side lacks. */
export interface Stall {
  sequence: number;
  length: number;
  count: number;
  /** First repetition. */
  packet: number;
  /** After all was sent the other side reported that it still lacks this one: so it is alive, and receives the rest. */
  heard: boolean;
  /** Packet that sent it again in less; 0 where none did. */
  smaller: number;
}
