/**
 * Whether a segment belongs to the connection with its addresses and ports, or begins another: the focus is on
 * that connection and on the segment's sender. To read first: RFC 9293 3.5 and 3.10.7.4, RFC 5961 4, RFC 6191.
 */
import { ACK, type Packet, RST, SYN } from '../../decode/packet.js';
import {
  BASE_PROVISIONAL,
  HAS_BASE,
  NEXT_KNOWN,
  OPENED,
  SENT_SYN,
  SYN_ACK_SEEN,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import type { HeldSyn } from '../memory/held-syns.js';
import { isOver } from './lifecycle.js';
import { SYN_SENT, synchronised, TIME_WAIT } from './transition.js';

/** Numbers this close may be of one connection, whatever VLAN they were seen in. */
const NEAR = 1 << 22;
/** A SYN of the same connection follows a refused one within about this time. */
const OLD_DUPLICATE_NS = 3e9;

/** The same addresses in another VLAN or tunnel: one connection only where the numbers say so. */
export function fitsAcrossPaths(focus: Focus, packet: Packet): boolean {
  const { sender, receiver } = focus;
  const hasAck = (packet.flags & ACK) !== 0;
  if ((packet.flags & SYN) !== 0) {
    if ((sender.bits & HAS_BASE) !== 0) return sender.base === packet.sequence;
    return hasAck && ((packet.acknowledgement - receiver.base) | 0) === 1;
  }
  const sent = (sender.bits & NEXT_KNOWN) !== 0;
  const answers = hasAck && (receiver.bits & NEXT_KNOWN) !== 0;
  if (!sent && !answers) return true;
  return (
    (sent && Math.abs((packet.sequence - sender.nextSequence) | 0) < NEAR) ||
    (answers && Math.abs((packet.acknowledgement - receiver.nextSequence) | 0) < NEAR)
  );
}

/** A SYN-ACK of another number after the end of a connection: the SYN of a new one was not captured. */
export function answersUnseenSyn(focus: Focus, packet: Packet): boolean {
  const { sender, receiver } = focus;
  if ((packet.flags & (SYN | ACK | RST)) !== (SYN | ACK) || (sender.bits & SENT_SYN) === 0) return false;
  if (packet.sequence === sender.base) return false;
  // where only this direction was captured, how the other end closed is not seen
  const spoke = receiver.packets === 0 && sender.packets > sender.synCount;
  return spoke || isOver(sender, receiver);
}

/** A SYN whose number is not the one that the connection began with. */
export function isNewSyn(focus: Focus, packet: Packet): boolean {
  const { sender, receiver } = focus;
  if ((packet.flags & (SYN | ACK | RST)) !== SYN) return false;
  if ((sender.bits & (HAS_BASE | BASE_PROVISIONAL)) !== HAS_BASE || packet.sequence === sender.base)
    return false;
  // the first SYN of an end that is being connected to: it opens as well (RFC 9293 Figure 7)
  return (sender.bits & SENT_SYN) !== 0 || receiver.state !== SYN_SENT;
}

/** Not refused, not closed and not opening any more: a new SYN may belong to another connection. */
export function isLive(focus: Focus, packet: Packet, otherPath: boolean): boolean {
  const { sender, receiver } = focus;
  // TIME-WAIT answers a SYN whose number is not beyond the last one by an ACK (RFC 9293 3.10.7.4, fourth)
  const beyond = ((packet.sequence - sender.nextSequence) | 0) > 0;
  if (receiver.state === TIME_WAIT && !otherPath && !beyond) return true;
  if (isOver(sender, receiver)) return false;
  const a = sender.state;
  const b = receiver.state;
  const open = (synchronised(a) && a !== TIME_WAIT) || (synchronised(b) && b !== TIME_WAIT);
  return open || (a === 0 && b === 0);
}

/** Whether the segment that follows a held SYN shows that the SYN began a connection. */
export function showsBeginning(syn: HeldSyn, packet: Packet, fromSynSender: boolean): boolean {
  const length = syn.packet.payloadLength;
  const { flags } = packet;
  if (fromSynSender) {
    // sent again, or, where the answer was not captured, what it sends next fits it
    if ((flags & (SYN | ACK)) === SYN) return packet.sequence === syn.packet.sequence;
    return ((packet.sequence - syn.packet.sequence) | 0) === 1 + length && (flags & (SYN | RST)) === 0;
  }
  // its answer acknowledges it and at most its data
  const beyond = (packet.acknowledgement - syn.packet.sequence) | 0;
  return (flags & ACK) !== 0 && beyond > 0 && beyond <= 1 + length;
}

/** RFC 9293 Figure 8: an opening that its own sender broke off, and another one right after it. */
export function noteOldDuplicate(focus: Focus, at: number): void {
  const { connection, sender, side } = focus;
  const reset = focus.extras?.reset;
  if (!reset?.accepted || (connection.bits & (OPENED | SYN_ACK_SEEN)) !== SYN_ACK_SEEN) return;
  if (reset.side !== side || at - reset.at > OLD_DUPLICATE_NS || sender.bytes > 0) return;
  if (sender.synPacket === 0) return;
  focus.ensureExtras().find('old-duplicate-syn', sender.synPacket, side);
}
