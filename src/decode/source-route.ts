/**
 * Source routes: on the way, the destination address in the IP header is the next router. The route has the final
 * destination, which is also the address for the TCP checksum.
 * To read first: RFC 791 3.1 (IPv4 options), RFC 8200 8.1 (which address counts), RFC 2460 4.4 (type 0), RFC 6275 6.3
 * and 6.4 (mobile IPv6: routing header type 2, home address option), RFC 8754 2 (segment routing, type 4).
 */
import type { Packet } from './packet.js';

const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const LOOSE_ROUTE = 131;
const STRICT_ROUTE = 137;
/** Type, length, pointer. */
const ROUTE_HEADER = 3;

/** Offset of the last address of the route among IPv4 options; -1 without one, or where the route is at its end. */
export function routeEnd(packet: Packet, options: number, optionsEnd: number): number {
  const { view } = packet;
  const end = Math.min(optionsEnd, packet.captureEnd);
  for (let at = options; at + ROUTE_HEADER <= end; ) {
    const option = view.getUint8(at);
    if (option === END_OF_OPTIONS) return -1;
    if (option === NO_OPERATION) {
      at++;
      continue;
    }
    const length = view.getUint8(at + 1);
    if (length < 2 || at + length > end) return -1;
    if (option === LOOSE_ROUTE || option === STRICT_ROUTE) {
      // the place of the next address, counted from 1; beyond the last one the route is at its end
      const pointer = view.getUint8(at + 2);
      const next = pointer % 4 === 0 && pointer > ROUTE_HEADER && pointer + 3 <= length;
      return next && (length - ROUTE_HEADER) % 4 === 0 ? at + length - 4 : -1;
    }
    at += length;
  }
  return -1;
}

const ROUTING_TYPE = 2;
const SEGMENTS_LEFT = 3;
const ROUTING_FIXED = 8;
const ADDRESS = 16;

const TYPE_SOURCE_ROUTE = 0;
const TYPE_HOME_ADDRESS = 2;
const TYPE_SEGMENT_ROUTING = 4;

/** The same of an IPv6 routing header of `length` bytes. */
export function routingEnd(packet: Packet, at: number, length: number): number {
  const { view } = packet;
  if (at + length > packet.captureEnd) return -1;
  const left = view.getUint8(at + SEGMENTS_LEFT);
  if (left === 0) return -1;
  const first = at + ROUTING_FIXED;
  // a segment routing header may have more behind its addresses, which are listed last one first
  const most = Math.floor((length - ROUTING_FIXED) / ADDRESS);
  switch (view.getUint8(at + ROUTING_TYPE)) {
    case TYPE_SOURCE_ROUTE:
      return left <= most ? first + (most - 1) * ADDRESS : -1;
    case TYPE_HOME_ADDRESS:
      return left === 1 && most === 1 ? first : -1;
    case TYPE_SEGMENT_ROUTING:
      return most > 0 ? first : -1;
    default:
      return -1;
  }
}

const OPTION_PAD1 = 0;
const OPTION_HOME_ADDRESS = 201;

/**
 * Offset of the home address of the sender, among IPv6 destination options; -1 without one. It replaces
 * the address in the header, as a routing header of type 2 does in the other direction.
 */
export function homeAddress(packet: Packet, offset: number, length: number): number {
  const { view } = packet;
  const end = Math.min(packet.captureEnd, offset + length);
  for (let at = offset + 2; at + 2 <= end; ) {
    const option = view.getUint8(at);
    const size = option === OPTION_PAD1 ? 1 : 2 + view.getUint8(at + 1);
    if (option === OPTION_HOME_ADDRESS && size === 2 + ADDRESS && at + size <= end) return at + 2;
    at += size;
  }
  return -1;
}
