/**
 * IEEE 802.11 data frames. To read first: IEEE 802.11-2020 9.2 (general frame format), 9.3.2 (data frames).
 *
 * Of an aggregate (A-MSDU) the first subframe that holds IP is taken: a frame is one packet here.
 */
import { decodeLlc } from './llc.js';
import { deeper, has, narrow, OTHER, type Packet, stopAt } from './packet.js';

const SEQUENCE_CONTROL = 22;
const HEADER = 24;
const ADDRESS = 6;
const QOS = 2;
const HT_CONTROL = 4;

const TYPE_DATA = 2;
const SUBTYPE_QOS = 8;
const SUBTYPE_NO_DATA = 4;

const TO_DS = 0x01;
const FROM_DS = 0x02;
const MORE_FRAGMENTS = 0x04;
const PROTECTED = 0x40;
const ORDER = 0x80;
/** In the first byte of QoS control: the frame is an A-MSDU. */
const AGGREGATE = 0x80;
const SUBFRAME_HEADER = 14;
const MOST_SUBFRAMES = 64;

export function decodeWifi(packet: Packet, offset: number, end: number): number {
  return decodePadded(packet, offset, end, false);
}

/** `padded`: the header is filled up to a multiple of four bytes (radiotap flag 0x20). */
export function decodePadded(packet: Packet, offset: number, end: number, padded: boolean): number {
  if (!has(packet, offset, 2, '802.11 header cut short')) return OTHER;
  const { view } = packet;
  return decodeControl(packet, view.getUint8(offset), view.getUint8(offset + 1), offset, end, padded);
}

/** With the two bytes of frame control swapped, as some controllers send them; data is told by its version 0. */
export function decodeSwapped(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 2, '802.11 header cut short')) return OTHER;
  const first = packet.view.getUint8(offset);
  const second = packet.view.getUint8(offset + 1);
  const swapped = (first & 3) !== 0 && (second & 3) === 0;
  return decodeControl(packet, swapped ? second : first, swapped ? first : second, offset, end, false);
}

function decodeControl(
  packet: Packet,
  control: number,
  flags: number,
  offset: number,
  end: number,
  padded: boolean,
): number {
  const { view } = packet;
  const subtype = control >>> 4;
  if ((control & 3) !== 0) return stopAt(packet, 'other 802.11 version', false);
  if (((control >>> 2) & 3) !== TYPE_DATA) return stopAt(packet, '802.11 management or control', false);
  if ((subtype & SUBTYPE_NO_DATA) !== 0) return stopAt(packet, '802.11 without data', false);
  if ((flags & PROTECTED) !== 0) return stopAt(packet, 'encrypted 802.11 data', false);
  const fourAddresses = (flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS);
  let at = offset + HEADER + (fourAddresses ? ADDRESS : 0);
  let aggregate = false;
  if (!has(packet, offset, at - offset + QOS, '802.11 header cut short') || !deeper(packet)) return OTHER;
  const fragmented =
    (view.getUint8(offset + SEQUENCE_CONTROL) & 0x0f) !== 0 || (flags & MORE_FRAGMENTS) !== 0;
  if (fragmented) return stopAt(packet, '802.11 fragment', false);
  if ((subtype & SUBTYPE_QOS) !== 0) {
    aggregate = (view.getUint8(at) & AGGREGATE) !== 0;
    at += QOS + ((flags & ORDER) !== 0 ? HT_CONTROL : 0);
  }
  if (padded) at = offset + ((at - offset + 3) & ~3);
  if (aggregate) return decodeAggregate(packet, at, end);
  return decodeLlc(packet, at, end);
}

/** Subframes: two addresses, length, LLC; each but the last padded to four bytes. */
function decodeAggregate(packet: Packet, offset: number, end: number): number {
  const whole = packet.captureEnd;
  let at = offset;
  for (let count = 0; count < MOST_SUBFRAMES; count++) {
    packet.captureEnd = whole;
    if (!has(packet, at, SUBFRAME_HEADER, 'A-MSDU subframe cut short')) return OTHER;
    const data = at + SUBFRAME_HEADER;
    const dataEnd = Math.min(end, data + packet.view.getUint16(data - 2));
    narrow(packet, dataEnd);
    decodeLlc(packet, data, dataEnd);
    if (packet.ipHeaders > 0 || packet.depth > 8) return packet.kind;
    at += (dataEnd - at + 3) & ~3;
    if (at + SUBFRAME_HEADER > whole) return packet.kind;
  }
  return packet.kind;
}
