/**
 * Headers of wireless cards before each 802.11 frame: radiotap, Prism, AVS, PPI; and TZSP.
 * To read first: https://www.radiotap.org, https://www.tcpdump.org/linktypes.html (119, 127, 163, 192).
 */
import { decodeEthernet } from './ethernet.js';
import { decodeLink } from './link.js';
import { deeper, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodePadded, decodeWifi } from './wifi.js';

const FCS = 4;

const RADIOTAP_SMALLEST = 8;
const PRESENT_TSFT = 0x01;
const PRESENT_FLAGS = 0x02;
const PRESENT_MORE = 0x80000000;
const MAX_PRESENT_WORDS = 32;
const FLAG_FCS = 0x10;
const FLAG_PADDED = 0x20;

/** Radiotap: version, length, which fields follow; one of them has flags for an FCS and for padding. */
export function decodeRadiotap(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, RADIOTAP_SMALLEST, 'radiotap header cut short')) return OTHER;
  const { view } = packet;
  const length = view.getUint16(offset + 2, true);
  if (length < RADIOTAP_SMALLEST) return stopAt(packet, 'malformed radiotap header', true);
  if (!has(packet, offset, length, 'radiotap header cut short')) return OTHER;
  const flags = radiotapFlags(packet, offset, length);
  const frameEnd = (flags & FLAG_FCS) !== 0 ? end - FCS : end;
  narrow(packet, frameEnd);
  return decodePadded(packet, offset + length, frameEnd, (flags & FLAG_PADDED) !== 0);
}

/** The flags field: behind all words of the bitmap, and behind the time (8 bytes, aligned) where that is present. */
function radiotapFlags(packet: Packet, offset: number, length: number): number {
  const { view } = packet;
  const present = view.getUint32(offset + 4, true);
  if ((present & PRESENT_FLAGS) === 0) return 0;
  let fields = 8;
  let word = present;
  for (let words = 1; (word & PRESENT_MORE) !== 0; words++) {
    if (words === MAX_PRESENT_WORDS || fields + 4 > length) return 0;
    word = view.getUint32(offset + fields, true);
    fields += 4;
  }
  if ((present & PRESENT_TSFT) !== 0) fields = ((fields + 7) & ~7) + 8;
  return fields < length ? view.getUint8(offset + fields) : 0;
}

const AVS_VERSION = 0x80211001;
const AVS_SMALLEST = 8;

/** AVS: version and length, both big-endian. */
export function decodeAvs(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, AVS_SMALLEST, 'AVS header cut short')) return OTHER;
  const length = packet.view.getUint32(offset + 4);
  if (length < AVS_SMALLEST) return stopAt(packet, 'malformed AVS header', true);
  return decodeWifi(packet, offset + length, end);
}

/** Prism: message code and length in the byte order of the machine; some drivers write AVS under this number. */
export function decodePrism(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, AVS_SMALLEST, 'Prism header cut short')) return OTHER;
  const { view } = packet;
  const code = view.getUint32(offset);
  if ((code & 0xfffff000) >>> 0 === (AVS_VERSION & 0xfffff000) >>> 0) return decodeAvs(packet, offset, end);
  const littleEndian = code > 0xffff;
  const length = view.getUint32(offset + 4, littleEndian);
  if (length < AVS_SMALLEST) return stopAt(packet, 'malformed Prism header', true);
  return decodeWifi(packet, offset + length, end);
}

const PPI_HEADER = 8;
const PPI_80211_COMMON = 2;
const MAX_PPI_FIELDS = 32;
const LINKTYPE_80211 = 105;

/** Per-packet information: version, flags, length, link type of what follows; then fields of type and length. */
export function decodePpi(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, PPI_HEADER, 'PPI header cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  const length = view.getUint16(offset + 2, true);
  const linkType = view.getUint32(offset + 4, true);
  if (length < PPI_HEADER) return stopAt(packet, 'malformed PPI header', true);
  const start = offset + length;
  let frameEnd = end;
  if (linkType === LINKTYPE_80211) {
    let at = offset + PPI_HEADER;
    for (let count = 0; count < MAX_PPI_FIELDS && at + 14 <= Math.min(start, packet.captureEnd); count++) {
      // its flags come after a time of eight bytes; the first one means that there is an FCS
      const common = view.getUint16(at, true) === PPI_80211_COMMON;
      if (common && (view.getUint16(at + 12, true) & 1) === 1) frameEnd = end - FCS;
      at += 4 + view.getUint16(at + 2, true);
    }
  }
  narrow(packet, frameEnd);
  return decodeLink(packet, linkType, start, frameEnd);
}

const TZSP_HEADER = 4;
const TZSP_PADDING = 0;
const TZSP_END = 1;
const MAX_TZSP_TAGS = 64;

/** TZSP (UDP 37008): version, type, what is inside; then tags until an end tag; then the frame. */
export function decodeTzsp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, TZSP_HEADER, 'TZSP header cut short') || !deeper(packet)) return OTHER;
  const { view } = packet;
  const inside = view.getUint16(offset + 2);
  // types: 0 received, 1 to be sent; others have no frame
  if (view.getUint8(offset + 1) > 1) return stopAt(packet, 'TZSP without a frame', false);
  let at = offset + TZSP_HEADER;
  for (let count = 0; count < MAX_TZSP_TAGS; count++) {
    if (!has(packet, at, 2, 'TZSP tag cut short')) return OTHER;
    const tag = view.getUint8(at++);
    if (tag === TZSP_END) {
      if (inside === 1) return decodeEthernet(packet, at, end);
      if (inside === 0x12) return decodeWifi(packet, at, end);
      return stopAt(packet, 'other TZSP frame', false);
    }
    if (tag !== TZSP_PADDING) at += 1 + view.getUint8(at);
  }
  return stopAt(packet, 'too many TZSP tags', true);
}
