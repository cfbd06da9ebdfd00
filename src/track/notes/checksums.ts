/**
 * Checksums, of these segments only: SYN, FIN and RST, and the first segments of each side with data. To
 * add up every segment would take longer than everything else.
 *
 * A receiver drops a segment with a wrong checksum (RFC 9293 3.1). In a capture it may be wrong for other reasons,
 * so this file notes what happened to each segment, and verdict/checksums.ts decides which reason it was.
 */

import {
  CHECKSUM_HOLDS,
  CHECKSUM_UNFILLED,
  CHECKSUM_UNKNOWN,
  CHECKSUM_WRONG,
  lookAtChecksum,
} from '../../decode/checksum.js';
import { FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { CHECKSUM_RIGHT, CHECKSUM_SEEN, CHECKSUMS_UNFILLED } from '../memory/connection.js';
import { withSide } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import type { Amount, WrongSums } from '../memory/observations.js';
import { hasAcknowledged } from '../rfc9293/sequence.js';

/** Segments of a side whose data is looked at. */
export const FIRST_SEGMENTS = 3;
/** A repetition that comes sooner may be another copy of the same packet. */
const SENT_AGAIN_NS = 10e6;
/** Wrong ones that wait for their acknowledgement at the same time. */
const MAX_WAITING = 8;

/** Looks at the segment in focus where it is one of those; to be called once it has been counted. */
export function noteChecksum(focus: Focus): void {
  const { sender, packet, side } = focus;
  const wrong = focus.extras?.wrongSums[side] ?? null;
  if (wrong !== null) settle(focus, wrong);
  // reassembled: a card does not fill in the sum of these
  if (packet.ipOffset < 0) return;
  const control = (packet.flags & (SYN | FIN | RST)) !== 0;
  const early = packet.payloadLength > 0 && sender.packets <= FIRST_SEGMENTS;
  if (!control && !early && (sender.bits & CHECKSUM_SEEN) !== 0) return;
  sender.bits |= CHECKSUM_SEEN;
  const found = lookAtChecksum(packet);
  if (found === CHECKSUM_UNKNOWN) return;
  if (found === CHECKSUM_WRONG) noteWrong(focus);
  else if (found === CHECKSUM_UNFILLED) {
    if ((sender.bits & CHECKSUM_RIGHT) === 0) sender.bits |= CHECKSUMS_UNFILLED;
    else noteUnfilled(focus);
  } else if (provesRight(packet)) sender.bits |= CHECKSUM_RIGHT;
}

/** A system fills in those of an RST or a bare ACK itself where no socket sends it. */
function provesRight(packet: Packet): boolean {
  return (packet.flags & RST) === 0 && (packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0);
}

/** Whether an early segment adds nothing: asked before it is processed (fast-path.ts). */
export function ordinaryChecksum(bits: number, packet: Packet): boolean {
  const found = lookAtChecksum(packet);
  if (found === CHECKSUM_HOLDS) return (bits & CHECKSUM_RIGHT) !== 0;
  if (found === CHECKSUM_UNFILLED) {
    return (bits & (CHECKSUM_RIGHT | CHECKSUMS_UNFILLED)) === CHECKSUMS_UNFILLED;
  }
  return found === CHECKSUM_UNKNOWN;
}

/** Its sender fills in other checksums itself, so no network card was to fill in this one. */
function noteUnfilled(focus: Focus): void {
  const { packet } = focus;
  packet.checksumRight = packet.checksumOff = packet.checksumOffUnfilled = 0;
  noteWrong(focus);
}

/** The kept object is never changed but replaced: a saved copy of the connection may refer to it. */
function noteWrong(focus: Focus): void {
  const { packet, number, side, at } = focus;
  const { checksumRight: right, checksumOff: off, checksumOffUnfilled: offUnfilled } = packet;
  const unfilled = (right + off - offUnfilled + 0xffff) % 0xffff;
  const extras = focus.ensureExtras();
  const before = extras.wrongSums[side];
  const waiting = before?.waiting ?? [];
  const awaited = provesRight(packet) && waiting.length < MAX_WAITING;
  extras.wrongSums = withSide(extras.wrongSums, side, {
    packet: before?.packet ?? number,
    count: (before?.count ?? 0) + 1,
    dropped: before?.dropped ?? 0,
    taken: before?.taken ?? 0,
    whole: compared(before?.whole, right, off),
    unfilled: compared(before?.unfilled, unfilled, offUnfilled),
    waiting: awaited ? [...waiting, { end: endOf(packet), at }] : waiting,
  });
}

function compared(first: Amount | undefined, wanted: number, off: number): Amount {
  if (first === undefined) return { wanted, off, alike: true, various: false };
  return {
    ...first,
    alike: first.alike && first.off === off,
    various: first.various || first.wanted !== wanted,
  };
}

function endOf(packet: Packet): number {
  return (packet.sequence + packet.payloadLength + ((packet.flags & (SYN | FIN)) !== 0 ? 1 : 0)) | 0;
}

/** Updates earlier ones, now that their sender sends the segment in focus. */
function settle(focus: Focus, wrong: WrongSums): void {
  const { receiver, packet, side, at } = focus;
  if (wrong.waiting.length === 0 || !provesRight(packet)) return;
  const from = packet.sequence;
  const to = endOf(packet);
  const isAgain = (end: number): boolean => ((end - from) | 0) > 0 && ((to - end) | 0) >= 0;
  const left = wrong.waiting.filter(({ end }) => !hasAcknowledged(receiver, end));
  const waiting = left.filter(({ end, at: before }) => !isAgain(end) || at - before < SENT_AGAIN_NS);
  const extras = focus.ensureExtras();
  extras.wrongSums = withSide(extras.wrongSums, side, {
    ...wrong,
    taken: wrong.taken + wrong.waiting.length - left.length,
    dropped: wrong.dropped + left.length - waiting.length,
    waiting,
  });
}
