/** What a segment that its receiver ignores leaves behind all the same. To read first: RFC 9293 3.10.7.4, RFC 5961. */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import { HALF_OPEN_DISCOVERED, IGNORED_SEGMENT } from '../memory/codes.js';
import { CHALLENGE_DUE, SENT_SYN, SENT_SYN_ACK } from '../memory/connection.js';
import type { IgnoredBecause } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { noteBareFin } from '../notes/segment.js';
import { distance } from '../rfc9293/sequence.js';
import { synchronised } from '../rfc9293/transition.js';
import { noteSecondSynAck } from './revise.js';

/** Ignored segments that are answered by an ACK (RFC 5961, RFC 9293 3.10.7.4). */
const CHALLENGED: ReadonlySet<IgnoredBecause> = new Set<IgnoredBecause>([
  'rst-in-window',
  'syn-in-connection',
  'syn-in-handshake',
  'syn-in-time-wait',
  'outside-window',
  'old-timestamp',
  'ack-too-old',
]);

/** A SYN-ACK of another number that acknowledges the receiver's SYN and nothing more: a second answer to it, however late. */
function answersSyn({ sender, receiver, packet }: Focus): boolean {
  if ((packet.flags & SYN) === 0 || (packet.flags & ACK) === 0) return false;
  if ((sender.bits & SENT_SYN_ACK) === 0 || (receiver.bits & SENT_SYN) === 0) return false;
  return packet.sequence !== sender.base && distance(packet.acknowledgement, receiver.base) === 1;
}

/** Returns the codes that the segment in focus earns. */
export function noteIgnored(focus: Focus, ignored: IgnoredBecause): number {
  const { sender, receiver, packet, number, side, at } = focus;
  const challenged =
    CHALLENGED.has(ignored) || (ignored === 'ack-unacceptable' && synchronised(receiver.state));
  if (challenged) receiver.bits |= CHALLENGE_DUE;
  // an RST may answer it all the same
  if ((packet.flags & (ACK | RST)) === ACK)
    focus.ensureExtras().ignoredAck = { side, packet: number, acknowledgement: packet.acknowledgement };
  if (ignored === 'syn-in-connection')
    focus.ensureExtras().ignoredSyn = { sequence: packet.sequence, packet: number, at };
  if (ignored === 'other-syn-ack' || (ignored === 'syn-in-connection' && answersSyn(focus)))
    noteSecondSynAck(focus, sender.synPacket);
  if (ignored === 'no-ack-flag' && (packet.flags & FIN) !== 0) noteBareFin(focus);
  return IGNORED_SEGMENT | (ignored === 'half-open' ? HALF_OPEN_DISCOVERED : 0);
}
