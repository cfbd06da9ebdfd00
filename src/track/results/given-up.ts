/** Openings that only time ends: reported in live output, as no further segment triggers a report. */
import { ENDED, ICMP_REFUSED, OPENED, SENT_SYN, SYN_HELD } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { isOver } from '../rfc9293/lifecycle.js';

/** The longest first wait for an answer of a common system (RFC 1122 4.2.3.1: 3 s; RFC 6298: 1 s), and some. */
const FIRST_WAIT_NS = 4e9;
/** Waits double: the next one is as long as all before it and the first, or shorter. */
const NEXT_WAIT = 1.25;

/** Whether the SYN, or the SYN-ACK, of the connection in focus would have been sent again by now. */
export function hasGivenUp({ connection, sender, receiver, startedAt }: Focus, at: number): boolean {
  if ((connection.bits & (OPENED | ENDED | SYN_HELD)) !== 0) return false;
  if (((sender.bits | receiver.bits) & SENT_SYN) === 0) return false;
  return at - connection.lastAt >= FIRST_WAIT_NS + NEXT_WAIT * (connection.lastAt - startedAt);
}

/** Whether an ICMP error has ended the connection in focus, which was not reported yet. */
export function isRefusedByIcmp({ connection, sender, receiver }: Focus): boolean {
  return (connection.bits & (ICMP_REFUSED | ENDED)) === ICMP_REFUSED && isOver(sender, receiver);
}
