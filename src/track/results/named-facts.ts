/**
 * What the record of a connection says, by name: verdicts read these and no bits. They cost nothing where a connection is judged
 * from the tracker's memory, before it is put into plain values.
 */
import { HAS_CUT } from '../../decode/tcp-options.js';
import {
  ACKED_AFTER_FIN,
  BOTH_SYNS,
  CHECKSUM_RIGHT,
  CHECKSUMS_UNFILLED,
  ENDED,
  FAST_OPEN_ACCEPTED,
  FAST_OPEN_DATA,
  FIN_ACK_MERGED,
  FIN_ACKED,
  FIN_FROM_SIDE_1,
  FIN_SENT,
  FINS_CROSSED,
  HAS_ACKED,
  ICMP_REFUSED,
  LARGER_THAN_MSS,
  MPTCP,
  OPENED,
  OPENING_ACK_MISSED,
  RST_ENDED,
  RST_REFUSED,
  RST_SENT,
  SELF,
  SENT_SYN,
  SYN_ACK_SEEN,
  UNSCALED,
  ZEEK_FLIPPED,
} from '../memory/connection.js';

/** A connection or one of its ends. */
interface Bits {
  readonly bits: number;
}

// of a connection

export function opened({ bits }: Bits): boolean {
  return (bits & OPENED) !== 0;
}

export function synAckSeen({ bits }: Bits): boolean {
  return (bits & SYN_ACK_SEEN) !== 0;
}

/** Both ends sent a SYN without ACK. */
export function bothSentSyn({ bits }: Bits): boolean {
  return (bits & BOTH_SYNS) !== 0;
}

/** The ACK that completed the opening was not captured: when it came is not known. */
export function openingAckMissed({ bits }: Bits): boolean {
  return (bits & OPENING_ACK_MISSED) !== 0;
}

export function synHasFastOpenData({ bits }: Bits): boolean {
  return (bits & FAST_OPEN_DATA) !== 0;
}

export function fastOpenAccepted({ bits }: Bits): boolean {
  return (bits & FAST_OPEN_ACCEPTED) !== 0;
}

export function usesMultipath({ bits }: Bits): boolean {
  return (bits & MPTCP) !== 0;
}

/** A socket that is connected to itself. */
export function isSelfConnected({ bits }: Bits): boolean {
  return (bits & SELF) !== 0;
}

/** An accepted RST answered a SYN. */
export function refusedByRst({ bits }: Bits): boolean {
  return (bits & RST_REFUSED) !== 0;
}

export function refusedByIcmp({ bits }: Bits): boolean {
  return (bits & ICMP_REFUSED) !== 0;
}

/** An accepted RST ended it. */
export function endedByRst({ bits }: Bits): boolean {
  return (bits & RST_ENDED) !== 0;
}

/** The second FIN did not acknowledge the first. */
export function finsCrossed({ bits }: Bits): boolean {
  return (bits & FINS_CROSSED) !== 0;
}

/** The second FIN was the first segment to acknowledge the first. */
export function finAckMerged({ bits }: Bits): boolean {
  return (bits & FIN_ACK_MERGED) !== 0;
}

export function flippedByZeek({ bits }: Bits): boolean {
  return (bits & ZEEK_FLIPPED) !== 0;
}

/** A step said that it is over. */
export function endWasReported({ bits }: Bits): boolean {
  return (bits & ENDED) !== 0;
}

// of an end

export function sentSyn({ bits }: Bits): boolean {
  return (bits & SENT_SYN) !== 0;
}

export function sentFin({ bits }: Bits): boolean {
  return (bits & FIN_SENT) !== 0;
}

export function finAcked({ bits }: Bits): boolean {
  return (bits & FIN_ACKED) !== 0;
}

export function sentRst({ bits }: Bits): boolean {
  return (bits & RST_SENT) !== 0;
}

export function hasAcked({ bits }: Bits): boolean {
  return (bits & HAS_ACKED) !== 0;
}

/** After its own FIN it acknowledged more: what it acknowledged was sent by an end that had not closed before. */
export function ackedAfterFin({ bits }: Bits): boolean {
  return (bits & ACKED_AFTER_FIN) !== 0;
}

/** Its windows are not scaled yet: only its SYN was seen. */
export function isUnscaled({ bits }: Bits): boolean {
  return (bits & UNSCALED) !== 0;
}

export function exceededMss({ bits }: Bits): boolean {
  return (bits & LARGER_THAN_MSS) !== 0;
}

/** All checksums that were looked at before a right one were left to the network card. */
export function leftChecksums({ bits }: Bits): boolean {
  return (bits & CHECKSUMS_UNFILLED) !== 0;
}

export function filledChecksum({ bits }: Bits): boolean {
  return (bits & CHECKSUM_RIGHT) !== 0;
}

/** The side of the first FIN, once one was seen. */
export function firstFinSide({ bits }: Bits): 0 | 1 {
  return (bits & FIN_FROM_SIDE_1) !== 0 ? 1 : 0;
}

/** Of the options of its SYN some were not captured. */
export function optionsCut({ offered }: { readonly offered: number }): boolean {
  return (offered & HAS_CUT) !== 0;
}
