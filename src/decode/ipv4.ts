/**
 * IPv4. To read first: RFC 791 3.1; RFC 3168 for the ECN bits; RFC 815 and RFC 8900 on fragments.
 */
import { decodeTransport } from './ip.js';
import { deeper, enterBuffer, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { routeEnd } from './source-route.js';

const TOTAL_LENGTH = 2;
const IDENTIFICATION = 4;
const FRAGMENT = 6;
const TTL = 8;
const PROTOCOL = 9;
const SOURCE = 12;
const TARGET = 16;
const SMALLEST = 20;

const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

export function decodeIpv4(packet: Packet, offset: number, wireEnd: number): number {
  if (!has(packet, offset, SMALLEST, 'IPv4 header cut short') || !deeper(packet)) return OTHER;
  const view = packet.view;
  const first = view.getUint8(offset);
  const headerLength = (first & 0x0f) * 4;
  if (first >>> 4 !== 4 || headerLength < SMALLEST) return stopAt(packet, 'malformed IPv4 header', true);
  const totalLength = view.getUint16(offset + TOTAL_LENGTH);
  if (totalLength !== 0 && totalLength < headerLength) return stopAt(packet, 'malformed IPv4 length', true);
  packet.ipHeaders++;
  packet.ipVersion = 4;
  packet.ipOffset = offset;
  packet.ecn = view.getUint8(offset + 1) & 3;
  packet.ipId = view.getUint16(offset + IDENTIFICATION);
  packet.ttl = view.getUint8(offset + TTL);
  packet.source0 = packet.source1 = packet.source2 = 0;
  packet.source3 = view.getInt32(offset + SOURCE);
  packet.target0 = packet.target1 = packet.target2 = 0;
  packet.target3 = view.getInt32(offset + TARGET);
  if (headerLength > SMALLEST) {
    const last = routeEnd(packet, offset + SMALLEST, offset + headerLength);
    if (last >= 0) packet.target3 = view.getInt32(last);
  }
  // 0 where the network card was to fill it in (segmentation offload, BIG TCP): then the frame's length counts
  const claimedEnd = totalLength === 0 ? wireEnd : offset + totalLength;
  const end = Math.min(claimedEnd, wireEnd);
  narrow(packet, end);
  const protocol = view.getUint8(offset + PROTOCOL);
  const fragment = view.getUint16(offset + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
  if (fragment !== 0)
    return decodeFragment(packet, protocol, fragment, offset + headerLength, end, claimedEnd);
  return decodeTransport(packet, protocol, offset + headerLength, end);
}

/** One fragment: kept until its datagram is complete, which is then decoded in its last frame. */
function decodeFragment(
  packet: Packet,
  protocol: number,
  fragment: number,
  offset: number,
  end: number,
  claimedEnd: number,
): number {
  const start = (fragment & FRAGMENT_OFFSET) * 8;
  if (packet.captureEnd < claimedEnd) {
    // not all of it was captured: it cannot be reassembled, but the first one shows the transport header (tshark
    // does this too, but not for IPv6)
    return start === 0
      ? decodeTransport(packet, protocol, offset, end)
      : stopAt(packet, 'IPv4 fragment', false);
  }
  const more = (fragment & MORE_FRAGMENTS) !== 0;
  packet.fragment = true;
  const whole = packet.fragments.add(packet, packet.ipId, protocol, start, offset, end - offset, more);
  if (whole === null) return stopAt(packet, 'IPv4 fragment', false);
  enterBuffer(packet, whole);
  return decodeTransport(packet, protocol, 0, whole.byteLength);
}
