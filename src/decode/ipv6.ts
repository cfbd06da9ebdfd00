/**
 * IPv6 and its extension headers.
 * To read first: RFC 8200 3 and 4; RFC 2675 (jumbograms); RFC 4302 (AH); RFC 5722 and RFC 6946 (fragments).
 */
import { decodeTransport, PROTOCOL_AH } from './ip.js';
import { deeper, enterBuffer, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { homeAddress, routingEnd } from './source-route.js';

const PAYLOAD_LENGTH = 4;
const NEXT_HEADER = 6;
const HOP_LIMIT = 7;
const SOURCE = 8;
const TARGET = 24;
export const HEADER = 40;

export const HOP_BY_HOP = 0;
export const ROUTING = 43;
export const FRAGMENT = 44;
export const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;
const HOST_IDENTITY = 139;
const SHIM6 = 140;
/** No honest packet has more; a chain without end must not cost time. */
export const MAX_HEADERS = 32;

const OPTION_PAD1 = 0;
const OPTION_JUMBO = 0xc2;

export function decodeIpv6(packet: Packet, offset: number, wireEnd: number): number {
  if (!has(packet, offset, HEADER, 'IPv6 header cut short') || !deeper(packet)) return OTHER;
  const view = packet.view;
  if (view.getUint8(offset) >>> 4 !== 6) return stopAt(packet, 'malformed IPv6 header', true);
  packet.ipHeaders++;
  packet.ipVersion = 6;
  packet.ipOffset = offset;
  packet.ecn = (view.getUint8(offset + 1) >>> 4) & 3;
  packet.ipId = -1;
  packet.ttl = view.getUint8(offset + HOP_LIMIT);
  setSource(packet, offset + SOURCE);
  setTarget(packet, offset + TARGET);
  const next = view.getUint8(offset + NEXT_HEADER);
  const payload = offset + HEADER;
  let length = view.getUint16(offset + PAYLOAD_LENGTH);
  if (length === 0 && next === HOP_BY_HOP) length = jumboLength(packet, payload);
  // 0 where segmentation offload left it open: then the frame's own length counts
  const claimedEnd = length === 0 ? wireEnd : payload + length;
  const end = Math.min(claimedEnd, wireEnd);
  narrow(packet, end);
  return walkExtensions(packet, next, payload, end, claimedEnd);
}

export function setSource(packet: Packet, offset: number): void {
  const { view } = packet;
  packet.source0 = view.getInt32(offset);
  packet.source1 = view.getInt32(offset + 4);
  packet.source2 = view.getInt32(offset + 8);
  packet.source3 = view.getInt32(offset + 12);
}

export function setTarget(packet: Packet, offset: number): void {
  const { view } = packet;
  packet.target0 = view.getInt32(offset);
  packet.target1 = view.getInt32(offset + 4);
  packet.target2 = view.getInt32(offset + 8);
  packet.target3 = view.getInt32(offset + 12);
}

/** Payload length of a jumbogram from its hop-by-hop header at `offset` (RFC 2675 2); 0 where it has none. */
function jumboLength(packet: Packet, offset: number): number {
  const { view, captureEnd } = packet;
  if (offset + 8 > captureEnd) return 0;
  const end = Math.min(captureEnd, offset + (view.getUint8(offset + 1) + 1) * 8);
  for (let at = offset + 2; at + 6 <= end; ) {
    const option = view.getUint8(at);
    if (option === OPTION_JUMBO) return view.getUint32(at + 2);
    at += option === OPTION_PAD1 ? 1 : 2 + view.getUint8(at + 1);
  }
  return 0;
}

/** A routing header has the final destination, an option of a mobile host has its home address. */
function takeAddress(packet: Packet, header: number, offset: number, length: number): void {
  if (header === ROUTING) {
    const last = routingEnd(packet, offset, length);
    if (last >= 0) setTarget(packet, last);
  } else if (header === DESTINATION_OPTIONS) {
    const home = homeAddress(packet, offset, length);
    if (home >= 0) setSource(packet, home);
  }
}

/** Steps over the extension headers to the transport header. */
function walkExtensions(
  packet: Packet,
  first: number,
  offset: number,
  wireEnd: number,
  claimedEnd: number,
): number {
  let header = first;
  let at = offset;
  let end = wireEnd;
  for (let count = 0; ; count++) {
    if (count === MAX_HEADERS) return stopAt(packet, 'too many IPv6 extension headers', true);
    switch (header) {
      case HOP_BY_HOP:
      case ROUTING:
      case DESTINATION_OPTIONS:
      case MOBILITY:
      case HOST_IDENTITY:
      case SHIM6: {
        if (!has(packet, at, 8, 'IPv6 extension header cut short')) return OTHER;
        const length = (packet.view.getUint8(at + 1) + 1) * 8;
        takeAddress(packet, header, at, length);
        header = packet.view.getUint8(at);
        at += length;
        break;
      }
      case PROTOCOL_AH: {
        if (!has(packet, at, 8, 'AH cut short')) return OTHER;
        header = packet.view.getUint8(at);
        at += (packet.view.getUint8(at + 1) + 2) * 4;
        break;
      }
      case FRAGMENT: {
        if (!has(packet, at, 8, 'IPv6 fragment header cut short')) return OTHER;
        header = packet.view.getUint8(at);
        const fragment = packet.view.getUint16(at + 2);
        const start = fragment & 0xfff8;
        const more = (fragment & 1) !== 0;
        const id = packet.view.getInt32(at + 4);
        at += 8;
        // an "atomic" fragment is the whole packet (RFC 6946)
        if (start === 0 && !more) break;
        // not all of it was captured, or a fragment within a fragment: it cannot be reassembled
        const unusable = packet.captureEnd < claimedEnd || packet.ipOffset < 0;
        if (unusable) return stopAt(packet, 'IPv6 fragment', false);
        packet.fragment = true;
        const whole = packet.fragments.add(packet, id, header, start, at, end - at, more);
        if (whole === null) return stopAt(packet, 'IPv6 fragment', false);
        header = packet.fragments.nextHeader;
        enterBuffer(packet, whole);
        at = 0;
        end = whole.byteLength;
        break;
      }
      default:
        return decodeTransport(packet, header, at, end);
    }
  }
}
