/** How segments move the numbers of their sender, as Zeek sees it; this decides what is a retransmission. */
import { FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { SENT_FIN } from './zeek-bits.js';
import { knownAcknowledgement, type ZeekEnds } from './zeek-ends.js';
import { INACTIVE, PARTIAL, previousState, RESET, ZEEK_CLOSED } from './zeek-states.js';

/** `TOO_LARGE_SEQ_DELTA`: SYNs and RSTs that are further off are not believed. */
const TOO_FAR = 1 << 20;

/** The number after a segment; Zeek counts the payload of an RST for nothing. */
export function pastSegment(packet: Packet): number {
  const { flags } = packet;
  const length = (flags & RST) !== 0 ? 0 : packet.payloadLength;
  return (packet.sequence + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) | 0;
}

/** Relative numbers count from an end's first segment, and start again at a SYN (init_endpoint). */
export function renumber(ends: ZeekEnds, packet: Packet, state: number, past: number): void {
  const { sequence } = packet;
  const syn = (packet.flags & SYN) !== 0;
  if (state === INACTIVE) {
    ends.start = syn ? sequence : (sequence - 1) | 0;
    ends.last = syn ? past : sequence;
    ends.top = (ends.start + 1) | 0;
    forgetAcknowledged(ends);
    return;
  }
  if (!syn || state === ZEEK_CLOSED) return;
  if (state < PARTIAL && sequence === ends.start) return;
  if (state === RESET && previousState(ends.sender) !== INACTIVE) return;
  const by = (sequence - ends.start) | 0;
  ends.own?.shift(by);
  ends.top = (ends.top + by) | 0;
  ends.start = sequence;
  ends.last = past;
  forgetAcknowledged(ends);
}

/** What was acknowledged before does not count. */
function forgetAcknowledged(ends: ZeekEnds): void {
  const known = knownAcknowledgement(ends.receiver, ends.start);
  if (ends.own !== null || ((known - ends.start) | 0) > 1) ends.noteOwn().forget(known);
}

export function noteFin(ends: ZeekEnds, packet: Packet, relative: number, past: number): void {
  ends.sender.zeek |= SENT_FIN;
  if ((packet.flags & (SYN | RST)) !== 0) ends.noteOwn().finEnd = (relative + past - packet.sequence) | 0;
  else if (ends.own !== null) ends.own.finEnd = null;
}

/** Moves the last number (update_last_seq); true for payload that does not move it, a retransmission. */
export function repeats(ends: ZeekEnds, packet: Packet, state: number, past: number): boolean {
  const { flags } = packet;
  const further = (past - ends.last) | 0;
  if ((flags & (SYN | RST)) !== 0 && (further > TOO_FAR || further < -TOO_FAR)) return false;
  const onlyFin = (flags & FIN) !== 0 && ends.last === ((ends.start + 1) | 0);
  if (!onlyFin && state === RESET) return false;
  if (!onlyFin && further <= 0) return packet.payloadLength > 0;
  ends.last = past;
  return false;
}
