/** A judged segment as the ladder, the rows and the watcher see it. */
import { ACK, FIN, SYN } from '../../decode/packet.js';
import { HAS_CUT_SACK, HAS_SACK } from '../../decode/tcp-options.js';
import { CLIENT_IS_SIDE_1, ENDED, ICMP_REFUSED, RST_ENDED, RST_REFUSED } from '../memory/connection.js';
import type { IgnoredBecause, LadderSegment } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';
import { givesUp } from '../notes/reset.js';
import { isOver } from '../rfc9293/lifecycle.js';
import { CLOSED, UNSEEN } from '../rfc9293/transition.js';
import type { SackBlocks, SegmentRow, Step } from './sink.js';

/** The segment in focus as a ladder keeps it. */
export function ladderSegment(focus: Focus, found: number, ignored: IgnoredBecause | null): LadderSegment {
  const { sender, receiver, packet, number, at, side } = focus;
  return {
    packet: number,
    at,
    side,
    flags: packet.flags,
    sequence: ((packet.sequence - sender.base) | 0) >>> 0,
    acknowledgement: (packet.flags & ACK) === 0 ? null : ((packet.acknowledgement - receiver.base) | 0) >>> 0,
    rawSequence: packet.sequence >>> 0,
    rawAcknowledgement: packet.acknowledgement >>> 0,
    length: packet.payloadLength,
    window: packet.window,
    codes: found,
    states: statesOf(focus),
    before:
      side === 0 ? [focus.senderBefore, focus.receiverBefore] : [focus.receiverBefore, focus.senderBefore],
    ignored,
    repeated: focus.repeated,
    gap: focus.gap,
    fill: focus.fill,
    proof: focus.proof,
  };
}

/** The row of the segment in focus. Member by member: an object made by spreading is a slow one for V8. */
export function segmentRow(focus: Focus, found: number, ignored: IgnoredBecause | null): SegmentRow {
  const { connection, sender, receiver, side, seconds, nanoseconds } = focus;
  const own = sender.packets > 0;
  const its = receiver.packets > 0;
  const segment = ladderSegment(focus, found, ignored);
  return {
    packet: segment.packet,
    at: segment.at,
    side: segment.side,
    flags: segment.flags,
    sequence: segment.sequence,
    acknowledgement: segment.acknowledgement,
    rawSequence: segment.rawSequence,
    rawAcknowledgement: segment.rawAcknowledgement,
    length: segment.length,
    window: segment.window,
    codes: segment.codes,
    states: segment.states,
    before: segment.before,
    ignored: segment.ignored,
    repeated: segment.repeated,
    gap: segment.gap,
    fill: segment.fill,
    proof: segment.proof,
    connection: connection.index,
    clientSide: (connection.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0,
    heard: side === 0 ? [own, its] : [its, own],
    roundTrip: focus.endedRoundTrip,
    sacks: sacksOf(focus),
    seconds,
    nanoseconds,
  };
}

/** Of both sides. An end that fell silent need not have had the RST of the one that gave up. */
function statesOf({ sender, receiver, side, extras }: Focus): [number, number] {
  const states: [number, number] =
    side === 0 ? [sender.state, receiver.state] : [receiver.state, sender.state];
  const reset = extras?.reset ?? null;
  if (reset?.accepted === true && givesUp(reset)) {
    const silent = reset.side === 0 ? 1 : 0;
    if (states[silent] === CLOSED) states[silent] = UNSEEN;
  }
  return states;
}

const NO_SACKS: SackBlocks = [];

function sacksOf({ options, receiver }: Focus): SegmentRow['sacks'] {
  if ((options.bits & HAS_SACK) === 0) return (options.bits & HAS_CUT_SACK) === 0 ? NO_SACKS : null;
  const blocks: [number, number][] = [];
  for (let at = 0; at + 1 < options.sackEdges; at += 2) {
    const [left = 0, right = 0] = options.sacks.subarray(at, at + 2);
    blocks.push([((left - receiver.base) | 0) >>> 0, ((right - receiver.base) | 0) >>> 0]);
  }
  return blocks;
}

/** The step in its connection's life that this segment is, if any. A connection ends once. */
export function stepOf(focus: Focus): Step | null {
  const { connection, sender, receiver, packet } = focus;
  if ((connection.bits & ENDED) !== 0) return null;
  if (isOver(sender, receiver) && sender.packets > 0) {
    return (connection.bits & (RST_REFUSED | RST_ENDED | ICMP_REFUSED)) !== 0 ? 'failed' : 'closed';
  }
  if (connection.openedPacket !== 0 && connection.openedPacket === connection.lastPacket) return 'opened';
  if ((packet.flags & FIN) !== 0 && sender.finPacket === connection.lastPacket) return 'closing';
  if ((packet.flags & (SYN | ACK)) === SYN && sender.synCount === 1) return 'opening';
  return null;
}
