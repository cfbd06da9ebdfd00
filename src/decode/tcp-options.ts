/**
 * TCP options. To read first: RFC 9293 3.1 and 3.2 (MSS), RFC 7323 (window scale, timestamps), RFC 2018 (SACK),
 * RFC 7413 (Fast Open; RFC 6994 for its experimental form), RFC 8684 (Multipath TCP), RFC 5482 (user timeout),
 * RFC 2385 (MD5), RFC 5925 (AO), RFC 9768 (AccECN).
 */
import { type Packet, RST, SYN } from './packet.js';

const END = 0;
const NO_OPERATION = 1;
const MAXIMUM_SEGMENT_SIZE = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;
const MD5 = 19;
const USER_TIMEOUT = 28;
const AUTHENTICATION = 29;
const MULTIPATH = 30;
const FAST_OPEN = 34;
const ACCURATE_ECN_0 = 172;
const ACCURATE_ECN_1 = 174;
const EXPERIMENT = 254;
const FAST_OPEN_MAGIC = 0xf989;

/** Which options a segment carried, as bits. */
export const HAS_MSS = 1 << 0;
export const HAS_SCALE = 1 << 1;
export const HAS_SACK_PERMITTED = 1 << 2;
export const HAS_TIMESTAMPS = 1 << 3;
export const HAS_FAST_OPEN_REQUEST = 1 << 4;
export const HAS_FAST_OPEN_COOKIE = 1 << 5;
export const HAS_MP_CAPABLE = 1 << 6;
export const HAS_MP_JOIN = 1 << 7;
export const HAS_MD5 = 1 << 8;
export const HAS_AO = 1 << 9;
export const HAS_USER_TIMEOUT = 1 << 10;
/** ECN as the flags of a SYN ask for it: set by the tracker, since it is not an option. */
export const HAS_ECN = 1 << 11;
export const HAS_ACCURATE_ECN = 1 << 12;
export const HAS_SACK = 1 << 13;
export const HAS_MULTIPATH = 1 << 14;
export const HAS_DATA_FIN = 1 << 15;
/** The first SACK block reports data received twice (RFC 2883). */
export const HAS_DSACK = 1 << 16;
export const HAS_MP_FASTCLOSE = 1 << 17;
export const HAS_MP_TCPRST = 1 << 18;
/** Of SYN and RST: the header has more options than were captured, so that what is not here may have been sent. */
export const HAS_CUT = 1 << 19;
/** With HAS_CUT: timestamps were there, and their values were not captured. */
export const HAS_TIMESTAMPS_CUT = 1 << 20;
/** Of other segments: the header has more options than were captured, a SACK perhaps. */
export const HAS_CUT_SACK = 1 << 21;

/** Whether a SYN or RST carried timestamps, by its bits; null where that was not captured. */
export function carriedTimestamps(bits: number): boolean | null {
  if ((bits & (HAS_TIMESTAMPS | HAS_TIMESTAMPS_CUT)) !== 0) return true;
  return (bits & HAS_CUT) !== 0 ? null : false;
}

const MP_CAPABLE = 0;
const MP_JOIN = 1;
const DSS = 2;
const MP_FASTCLOSE = 7;
const MP_TCPRST = 8;
const DSS_DATA_FIN = 0x10;
/** RFC 2018 3: an option of 34 bytes at most. */
export const MAX_SACK_EDGES = 8;
export const NO_EDGES = new Int32Array(0);

/** The options of one segment; one object is filled again for each. */
export class TcpOptions {
  /** Bits HAS_…, 0 where there are no options. */
  bits = 0;
  mss = 0;
  /** Shift count as sent; RFC 7323 2.3 takes 14 for anything larger. */
  scale = 0;
  timestamp = 0;
  timestampEcho = 0;
  /** Right edge of the first SACK block where it is a DSACK (RFC 2883). */
  dsackEdge = 0;
  /** Highest right edge of its SACK blocks. */
  sackEdge = 0;
  /** With HAS_SACK: left and right edges of its blocks, as in the option, and how many numbers these are. */
  sacks: Int32Array = NO_EDGES;
  sackEdges = 0;
  /** RFC 5482: the value in its units, and whether these are minutes. */
  userTimeout = 0;
  userTimeoutMinutes = false;
}

/** Reads the options of a TCP packet. A malformed or cut one ends the reading; those before it count. */
export function readOptions(packet: Packet, options: TcpOptions): void {
  options.bits = 0;
  const start = packet.transportOffset + 20;
  const end = Math.min(packet.payloadOffset, packet.captureEnd);
  const view = packet.view;
  if (end < packet.payloadOffset) options.bits = (packet.flags & (SYN | RST)) !== 0 ? HAS_CUT : HAS_CUT_SACK;
  // the usual case after the handshake: NOP, NOP, timestamps
  if (end - start === 12 && view.getUint32(start) === 0x0101080a) {
    options.bits |= HAS_TIMESTAMPS;
    options.timestamp = view.getInt32(start + 4);
    options.timestampEcho = view.getInt32(start + 8);
    return;
  }
  let at = start;
  while (at < end) {
    const kind = view.getUint8(at);
    if (kind === END) return;
    if (kind === NO_OPERATION) {
      at++;
      continue;
    }
    if (at + 2 > end) return;
    const length = view.getUint8(at + 1);
    if (length < 2) return;
    if (at + length > end) {
      if ((options.bits & HAS_CUT) !== 0 && at + length <= packet.payloadOffset) {
        readCutOption(options, kind, length);
      }
      return;
    }
    readOption(packet, options, kind, at, length);
    at += length;
  }
}

function readOption(packet: Packet, options: TcpOptions, kind: number, at: number, length: number): void {
  const view = packet.view;
  switch (kind) {
    case MAXIMUM_SEGMENT_SIZE:
      if (length !== 4) return;
      options.bits |= HAS_MSS;
      options.mss = view.getUint16(at + 2);
      return;
    case WINDOW_SCALE:
      if (length !== 3) return;
      options.bits |= HAS_SCALE;
      options.scale = view.getUint8(at + 2);
      return;
    case SACK_PERMITTED:
      options.bits |= HAS_SACK_PERMITTED;
      return;
    case SACK:
      options.bits |= HAS_SACK;
      readSackBlocks(packet, options, at, length);
      if (length >= 10 && isDuplicateSack(packet, at, length)) {
        options.bits |= HAS_DSACK;
        options.dsackEdge = view.getInt32(at + 6);
      }
      return;
    case TIMESTAMPS:
      if (length !== 10) return;
      options.bits |= HAS_TIMESTAMPS;
      options.timestamp = view.getInt32(at + 2);
      options.timestampEcho = view.getInt32(at + 6);
      return;
    case FAST_OPEN:
      options.bits |= length === 2 ? HAS_FAST_OPEN_REQUEST : HAS_FAST_OPEN_COOKIE;
      return;
    case EXPERIMENT:
      if (length >= 4 && view.getUint16(at + 2) === FAST_OPEN_MAGIC) {
        options.bits |= length === 4 ? HAS_FAST_OPEN_REQUEST : HAS_FAST_OPEN_COOKIE;
      }
      return;
    case MULTIPATH:
      if (length >= 3) readMultipath(packet, options, at);
      return;
    case USER_TIMEOUT:
      if (length !== 4) return;
      options.bits |= HAS_USER_TIMEOUT;
      options.userTimeout = view.getUint16(at + 2) & 0x7fff;
      options.userTimeoutMinutes = view.getUint16(at + 2) > 0x7fff;
      return;
    case MD5:
      options.bits |= HAS_MD5;
      return;
    case AUTHENTICATION:
      options.bits |= HAS_AO;
      return;
    case ACCURATE_ECN_0:
    case ACCURATE_ECN_1:
      options.bits |= HAS_ACCURATE_ECN;
      return;
    default:
      return;
  }
}

/** An option whose kind and length were captured, but not its value: it is only known that it was sent. */
function readCutOption(options: TcpOptions, kind: number, length: number): void {
  switch (kind) {
    case TIMESTAMPS:
      if (length === 10) options.bits |= HAS_TIMESTAMPS_CUT;
      return;
    case FAST_OPEN:
      options.bits |= HAS_FAST_OPEN_COOKIE;
      return;
    case MULTIPATH:
      options.bits |= HAS_MULTIPATH;
      return;
    case MD5:
      options.bits |= HAS_MD5;
      return;
    case AUTHENTICATION:
      options.bits |= HAS_AO;
      return;
    default:
      return;
  }
}

/** RFC 2018 3: pairs of left and right edges. */
function readSackBlocks(packet: Packet, options: TcpOptions, at: number, length: number): void {
  options.sackEdge = packet.acknowledgement;
  options.sackEdges = 0;
  if (options.sacks === NO_EDGES) options.sacks = new Int32Array(MAX_SACK_EDGES);
  for (let block = at + 2; block + 8 <= at + length; block += 8) {
    const right = packet.view.getInt32(block + 4);
    if (((right - options.sackEdge) | 0) > 0) options.sackEdge = right;
    if (options.sackEdges === MAX_SACK_EDGES) continue;
    options.sacks[options.sackEdges++] = packet.view.getInt32(block);
    options.sacks[options.sackEdges++] = right;
  }
}

/** RFC 2883 4: the first block lies below the acknowledgement or inside the second block. */
function isDuplicateSack(packet: Packet, at: number, length: number): boolean {
  const left = packet.view.getInt32(at + 2);
  const right = packet.view.getInt32(at + 6);
  if (((right - packet.acknowledgement) | 0) <= 0) return true;
  if (length < 18) return false;
  return (
    ((left - packet.view.getInt32(at + 10)) | 0) >= 0 && ((right - packet.view.getInt32(at + 14)) | 0) <= 0
  );
}

function readMultipath(packet: Packet, options: TcpOptions, at: number): void {
  options.bits |= HAS_MULTIPATH;
  const subtype = packet.view.getUint8(at + 2) >>> 4;
  if (subtype === MP_CAPABLE) options.bits |= HAS_MP_CAPABLE;
  else if (subtype === MP_JOIN) options.bits |= HAS_MP_JOIN;
  else if (subtype === MP_FASTCLOSE) options.bits |= HAS_MP_FASTCLOSE;
  else if (subtype === MP_TCPRST) options.bits |= HAS_MP_TCPRST;
  else if (
    subtype === DSS &&
    at + 4 <= packet.captureEnd &&
    (packet.view.getUint8(at + 3) & DSS_DATA_FIN) !== 0
  ) {
    options.bits |= HAS_DATA_FIN;
  }
}
