/**
 * Which bytes of a side the capture has, and so which are sent again: by byte range, wherever the capture was made.
 * Analysis.ts gives Wireshark's words for the same segments, which go by the highest number seen.
 *
 * Holes are kept only where bytes were skipped, at most MAX_HOLES of each side; the oldest then counts as seen.
 */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import { HAS_TIMESTAMPS } from '../../decode/tcp-options.js';
import { FIN_SENT, HAS_BASE, NEXT_KNOWN, SENT_SYN, SENT_SYN_ACK } from '../memory/connection.js';
import { type Fill, type Hole, withSide } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { distance } from '../rfc9293/sequence.js';

const MAX_HOLES = 128;
/** IP identifications this close are of one counter. */
const NEAR_ID = 4096;

/** Fills in `repeated`, `gap`, `fill` and `again` of the focus, before the segment's numbers are noted. */
export function noteBytes(focus: Focus): void {
  const { sender, packet } = focus;
  focus.clearBytes();
  if ((sender.bits & NEXT_KNOWN) === 0) return;
  const start = (packet.sequence + ((packet.flags & SYN) !== 0 ? 1 : 0)) | 0;
  const skipped = distance(start, sender.nextSequence);
  const occupies = packet.payloadLength > 0 || (packet.flags & FIN) !== 0;
  if (skipped > 0) {
    focus.gap = skipped;
    openHole(focus, sender.nextSequence, start);
  } else if (skipped < 0 && occupies) fillHoles(focus, start);
  focus.again = isSentAgain(focus);
}

/** Fills in the same of a segment that its receiver drops: it fills no hole, but may repeat bytes that the capture has. */
export function noteBytesOfIgnored(focus: Focus): void {
  const { sender, packet } = focus;
  focus.clearBytes();
  if ((sender.bits & NEXT_KNOWN) === 0 || packet.payloadLength === 0) return;
  if ((packet.flags & (SYN | RST)) !== 0 || packet.broken) return;
  if (distance(packet.sequence, sender.nextSequence) >= 0) return;
  const { from, top } = belowHighest(focus, packet.sequence);
  const holes = focus.extras?.holes[focus.side] ?? [];
  const missing = holes.reduce((sum, hole) => sum + Math.max(0, distance(...within(hole, from, top))), 0);
  focus.repeated = Math.max(0, distance(top, from) - missing);
  focus.again = focus.repeated > 0;
}

/** True where the segment repeats something that the capture has: payload, a SYN or a FIN. */
function isSentAgain(focus: Focus): boolean {
  const { sender, packet } = focus;
  if (focus.repeated > 0) return true;
  if ((packet.flags & FIN) !== 0 && packet.payloadLength === 0) {
    return (sender.bits & FIN_SENT) !== 0 && sender.finSequence === packet.sequence;
  }
  if ((packet.flags & SYN) === 0 || sender.synCount === 0 || sender.base !== packet.sequence) return false;
  // the SYN-ACK of an end that opens as well answers: it repeats nothing
  return (packet.flags & ACK) === 0 ? (sender.bits & SENT_SYN) !== 0 : (sender.bits & SENT_SYN_ACK) !== 0;
}

function openHole(focus: Focus, left: number, right: number): void {
  const { packet, options, side, at } = focus;
  const extras = focus.ensureExtras();
  const timestamp = (options.bits & HAS_TIMESTAMPS) !== 0 ? options.timestamp : null;
  const holes = [...extras.holes[side], { left, right, ipId: packet.ipId, timestamp, at }];
  if (holes.length > MAX_HOLES) holes.shift();
  extras.holes = withSide<readonly Hole[]>(extras.holes, side, holes);
}

/** The payload from `start` on: what lies in holes is new, the rest below the highest number was seen. */
function fillHoles(focus: Focus, start: number): void {
  const { packet, side } = focus;
  const { from, top } = belowHighest(focus, start);
  let old = Math.max(0, distance(top, from));
  const extras = focus.extras;
  const holes = extras?.holes[side] ?? [];
  if (extras !== null && holes.length > 0) {
    const left: Hole[] = [];
    for (const hole of holes) {
      const [high, low] = within(hole, from, top);
      const filled = distance(high, low);
      // a FIN alone, which fills the hole of its own number
      const fin = filled === 0 && packet.payloadLength === 0 && start === hole.left;
      if (filled <= 0 && !fin) {
        left.push(hole);
        continue;
      }
      old -= Math.max(0, filled);
      focus.fill = wayOf(focus, hole);
      if (distance(low, hole.left) > 0) left.push({ ...hole, right: low });
      const rest = fin ? (low + 1) | 0 : high;
      if (distance(hole.right, rest) > 0) left.push({ ...hole, left: rest });
    }
    extras.holes = withSide<readonly Hole[]>(extras.holes, side, left);
  }
  focus.repeated = Math.max(0, old);
}

/** What of the payload from `start` on lies below the highest number seen; before the first byte of the capture nothing was. */
function belowHighest({ sender, packet }: Focus, start: number): { from: number; top: number } {
  const end = (start + packet.payloadLength) | 0;
  const top = distance(end, sender.nextSequence) < 0 ? end : sender.nextSequence;
  const first = (sender.bits & HAS_BASE) !== 0 ? (sender.base + 1) | 0 : start;
  return { from: distance(start, first) < 0 ? first : start, top };
}

/** Where a hole ends and begins within a range. */
function within(hole: Hole, from: number, top: number): [high: number, low: number] {
  const low = distance(from, hole.left) > 0 ? from : hole.left;
  return [distance(top, hole.right) < 0 ? top : hole.right, low];
}

/**
 * Whether the segment was sent before the one that left the hole, or after it: by TSval, then by IP identification
 * where that of its sender counts up, then by time: nothing is sent again within a round trip.
 */
function wayOf(focus: Focus, hole: Hole): Fill {
  const { packet, options, receiver, connection, at } = focus;
  if (hole.timestamp !== null && (options.bits & HAS_TIMESTAMPS) !== 0) {
    const newer = distance(options.timestamp, hole.timestamp);
    if (newer !== 0) return newer > 0 ? 'sent-again' : 'overtaken';
  }
  if (packet.ipId > 0 && hole.ipId > 0) {
    const later = ((packet.ipId - hole.ipId) << 16) >> 16;
    if (later !== 0 && Math.abs(later) < NEAR_ID) return later > 0 ? 'sent-again' : 'overtaken';
  }
  const trip = Math.max(connection.firstRtt, focus.shortestTrip(receiver));
  if (trip === 0) return 'unknown';
  return at - hole.at > 2 * trip ? 'sent-again' : at - hole.at < trip / 2 ? 'overtaken' : 'unknown';
}
