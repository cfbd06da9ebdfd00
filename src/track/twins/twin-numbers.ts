/** Whether the first segment of a connection has the numbers of another one. */
import { ACK, type Packet, RST, SYN } from '../../decode/packet.js';
import { HAS_TIMESTAMPS, type TcpOptions } from '../../decode/tcp-options.js';
import {
  type EndpointCursor,
  HAS_ACKED,
  HAS_TIMESTAMP,
  LAST_HAD_ACK,
  NEXT_KNOWN,
  SENT_SYN,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';

/**
 * `own`: the end of the other connection that would have sent the segment; `peer`: the one that it goes to. `samePorts`
 * is false where one port differs: then both numbers must match.
 */
export function fitsNumbers(
  own: EndpointCursor,
  peer: EndpointCursor,
  { packet, options }: Pick<Focus, 'packet' | 'options'>,
  samePorts: boolean,
): boolean {
  const { flags, sequence, acknowledgement } = packet;
  if ((flags & (SYN | ACK)) === (SYN | ACK)) {
    // a translation that changes numbers as well leaves the timestamps
    const answers = acknowledgesSyn(peer, packet) || (samePorts && echoesSyn(peer, options));
    return answers && ((own.bits & SENT_SYN) === 0 || own.base === sequence);
  }
  if ((flags & ACK) === 0) {
    // one number alone must be exactly the next one
    if ((flags & RST) === 0 || !samePorts) return false;
    if ((own.bits & NEXT_KNOWN) !== 0 && sequence === own.nextSequence) return true;
    return (peer.bits & LAST_HAD_ACK) !== 0 && sequence === peer.lastAcknowledgement;
  }
  const sent = (own.bits & NEXT_KNOWN) !== 0;
  const received = (peer.bits & NEXT_KNOWN) !== 0;
  if (sent && received) {
    return (
      near(sequence, own.nextSequence, windowOf(peer)) &&
      near(acknowledgement, peer.nextSequence, windowOf(own))
    );
  }
  // only one direction was seen under those addresses: what that end acknowledged is what the other one sent
  if (received && (peer.bits & HAS_ACKED) !== 0) {
    return (
      near(sequence, peer.acknowledged, windowOf(peer)) &&
      near(acknowledgement, peer.nextSequence, windowOf(peer))
    );
  }
  return samePorts && received && acknowledgement === peer.nextSequence;
}

function acknowledgesSyn(end: EndpointCursor, packet: Packet): boolean {
  return (end.bits & SENT_SYN) !== 0 && ((packet.acknowledgement - end.base) | 0) === 1;
}

/** A SYN-ACK that acknowledges the SYN of an end, and echoes no other one's timestamp. */
export function answersSyn(end: EndpointCursor, packet: Packet, options: TcpOptions): boolean {
  if (!acknowledgesSyn(end, packet)) return false;
  return (
    !areStamped(end, options) || options.timestampEcho === 0 || end.synCount > 1 || echoesSyn(end, options)
  );
}

function echoesSyn(end: EndpointCursor, options: TcpOptions): boolean {
  const isEcho = options.timestampEcho !== 0 && options.timestampEcho === end.timestamp;
  return isEcho && (end.bits & SENT_SYN) !== 0 && areStamped(end, options);
}

function areStamped(end: EndpointCursor, options: TcpOptions): boolean {
  return (options.bits & HAS_TIMESTAMPS) !== 0 && (end.bits & HAS_TIMESTAMP) !== 0;
}

/** Windows are larger where their scale is not known. */
const SMALLEST = 1 << 16;
const LARGEST = 1 << 20;

function windowOf(end: EndpointCursor): number {
  return Math.min(Math.max(end.window << Math.max(end.scale, 0), SMALLEST), LARGEST);
}

function near(number: number, expected: number, within: number): boolean {
  return Math.abs((number - expected) | 0) <= within;
}
