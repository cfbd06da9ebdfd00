/** IEEE 802.11 data frames. To read first: IEEE 802.11-2020 9.2 (general frame format), 9.3.2 (data frames). */
import { decodeAggregate } from './aggregate.js';
import { beginsWithSnap, decodeLlc } from './llc.js';
import { deeper, has, OTHER, type Packet, stopAt } from './packet.js';

const SEQUENCE_CONTROL = 22;
const HEADER = 24;
/** The lower bits of sequence control. */
const FRAGMENT_NUMBER = 0x0f;
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

export function decodeWifi(packet: Packet, offset: number, end: number): number {
  return decodePadded(packet, offset, end, false);
}

/** `padded`: the header is filled up to a multiple of four bytes (radiotap flag 0x20). */
export function decodePadded(packet: Packet, offset: number, end: number, padded: boolean): number {
  if (!has(packet, offset, 2, '802.11 header cut short')) return OTHER;
  const { view } = packet;
  const control = view.getUint8(offset);
  return decodeControl(packet, control, view.getUint8(offset + 1), offset, end, padded, false);
}

/**
 * With the bytes of frame control and sequence control swapped, as some access points send them to their controller; a
 * data frame is known by its version 0.
 */
export function decodeSwapped(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 2, '802.11 header cut short')) return OTHER;
  const first = packet.view.getUint8(offset);
  const second = packet.view.getUint8(offset + 1);
  const swapped = (first & 3) !== 0 && (second & 3) === 0;
  if (!swapped) return decodeControl(packet, first, second, offset, end, false, false);
  return decodeControl(packet, second, first, offset, end, false, true);
}

function decodeControl(
  packet: Packet,
  control: number,
  flags: number,
  offset: number,
  end: number,
  padded: boolean,
  swapped: boolean,
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
  if ((subtype & SUBTYPE_QOS) !== 0) {
    aggregate = (view.getUint8(at) & AGGREGATE) !== 0;
    at += QOS + ((flags & ORDER) !== 0 ? HT_CONTROL : 0);
  }
  if (padded) at = offset + ((at - offset + 3) & ~3);
  const fragmented =
    (flags & MORE_FRAGMENTS) !== 0 ||
    (swapped
      ? isLastFragment(packet, offset, at, aggregate)
      : (view.getUint8(offset + SEQUENCE_CONTROL) & FRAGMENT_NUMBER) !== 0);
  if (fragmented) return stopAt(packet, '802.11 fragment', false);
  if (aggregate) return decodeAggregate(packet, at, end);
  return decodeLlc(packet, at, end);
}

/**
 * Whether a frame with swapped frame control is the last fragment of several. Sequence control is mostly swapped with
 * it, but not always; where only one of the two readings has a fragment number, a frame that begins with LLC is whole.
 */
function isLastFragment(packet: Packet, offset: number, body: number, aggregate: boolean): boolean {
  const { view } = packet;
  const number = view.getUint8(offset + SEQUENCE_CONTROL + 1) & FRAGMENT_NUMBER;
  if (number === 0) return false;
  const unswapped = view.getUint8(offset + SEQUENCE_CONTROL) & FRAGMENT_NUMBER;
  // an aggregate is not split (IEEE 802.11-2020 10.4)
  return unswapped !== 0 || !(aggregate || beginsWithSnap(packet, body));
}
