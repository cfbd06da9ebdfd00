/**
 * What is noted of each segment beside states and analysis: the options of SYNs, Wireshark's completeness
 * bits, round-trip times.
 */
import { ACK, AE, CWR, ECE, FIN, type Packet, RST, SYN } from '../decode/packet.js';
import {
  HAS_ACCURATE_ECN,
  HAS_CUT,
  HAS_ECN,
  HAS_MSS,
  HAS_SCALE,
  type TcpOptions,
} from '../decode/tcp-options.js';
import {
  type ConnectionCursor,
  type EndpointCursor,
  LARGER_THAN_MSS,
  RTT_RUNNING,
  SENT_SYN,
} from './connection.js';
import type { Distribution, Medians } from './medians.js';

/** Within `mssScaleTtl`. */
export const MSS = 0xffff;
export const TTL = 0xff << 24;

/** RFC 7323 2.3: a larger shift is taken as 14. */
const LARGEST_SCALE = 14;

/** Values of `scale` that are no shift: not known, and not used. */
const SCALE_UNKNOWN = -1;
const SCALE_UNUSED = -2;

/**
 * Options that a SYN or SYN-ACK offers; the window scale counts only when both offered it (RFC 7323 2.2). One side that
 * offered none settles it for both; where the options of either were cut, it is not known.
 */
export function noteOffer(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  options: TcpOptions,
): void {
  const flags = packet.flags;
  let offered = options.bits;
  if (asksForEcn(flags)) offered |= HAS_ECN;
  if (asksForAccurateEcn(flags)) offered |= HAS_ACCURATE_ECN;
  sender.offered = offered;
  if ((options.bits & HAS_MSS) !== 0) sender.mssScaleTtl = (sender.mssScaleTtl & TTL) | options.mss;
  if ((options.bits & HAS_SCALE) !== 0) sender.mssScaleTtl |= options.scale << 16;
  if ((options.bits & HAS_SCALE) !== 0) sender.scale = Math.min(options.scale, LARGEST_SCALE);
  else sender.scale = (options.bits & HAS_CUT) !== 0 ? SCALE_UNKNOWN : SCALE_UNUSED;
  const answers = (flags & ACK) !== 0;
  if (answers && (receiver.bits & SENT_SYN) !== 0 && (sender.scale < 0 || receiver.scale < 0)) {
    const unused = sender.scale === SCALE_UNUSED || receiver.scale === SCALE_UNUSED;
    sender.scale = unused ? SCALE_UNUSED : SCALE_UNKNOWN;
    receiver.scale = sender.scale;
  }
}

/** RFC 3168 6.1.1: ECE and CWR on a SYN, ECE alone on a SYN-ACK. */
function asksForEcn(flags: number): boolean {
  return (flags & ACK) === 0
    ? (flags & (ECE | CWR | AE)) === (ECE | CWR)
    : (flags & (ECE | CWR | AE)) === ECE;
}

/** RFC 9768 3.1.1 and Table 2: all three on a SYN; on a SYN-ACK any of the codes that a plain answer has not. */
function asksForAccurateEcn(flags: number): boolean {
  const code = flags & (AE | CWR | ECE);
  return (flags & ACK) === 0
    ? code === (AE | CWR | ECE)
    : (code & (AE | CWR)) !== 0 && code !== (AE | CWR | ECE);
}

const COMPLETE_SYN = 1;
const COMPLETE_SYN_ACK = 2;
const COMPLETE_ACK = 4;
const COMPLETE_DATA = 8;
const COMPLETE_FIN = 16;
const COMPLETE_RST = 32;

/**
 * Wireshark's tcp.completeness. `begins`: the segment made Wireshark begin a conversation. On its first pass
 * Wireshark notes only the SYN of such a segment, on its second pass the rest, which therefore shows from the
 * second segment on: until then it waits in the upper bits.
 */
export function noteCompleteness(connection: ConnectionCursor, packet: Packet, begins: boolean): void {
  const flags = packet.flags;
  const data = packet.payloadLength > 0;
  let bits = 0;
  if ((flags & (SYN | ACK)) === (SYN | ACK)) bits |= COMPLETE_SYN_ACK;
  if ((flags & (SYN | ACK)) === ACK) bits |= data ? COMPLETE_DATA : COMPLETE_ACK;
  if ((flags & (FIN | ACK)) === (FIN | ACK)) bits |= COMPLETE_FIN;
  if ((flags & RST) !== 0) bits |= COMPLETE_RST;
  if (!begins) {
    connection.completeness |= (connection.completeness >>> LATER) | bits;
    return;
  }
  const syn = (flags & (SYN | ACK)) === SYN ? COMPLETE_SYN | (data ? COMPLETE_DATA : 0) : 0;
  connection.completeness = syn | (bits << LATER);
}

/** The number as Wireshark shows it for a connection that was read to its end. */
export function finalCompleteness(connection: ConnectionCursor): number {
  return connection.completeness & ((1 << LATER) - 1);
}

const LATER = 6;

/**
 * Round-trip times as the capture point sees them: one segment at a time is timed until it is acknowledged,
 * none that was sent again (Karn's algorithm, RFC 6298 3). `timed`: all of them are kept, not only the shortest.
 */
export function timeRoundTrip(
  medians: Medians,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  advances: boolean,
  again: boolean,
  timed: boolean,
  at: number,
): void {
  if ((packet.flags & ACK) !== 0 && (receiver.bits & RTT_RUNNING) !== 0) {
    if (((packet.acknowledgement - receiver.rttSequence) | 0) >= 0) {
      const time = at - receiver.rttSentAt;
      receiver.bits &= ~RTT_RUNNING;
      if (time >= 0) addRoundTrip(medians, receiver, timed, time);
    }
  }
  if (again) sender.bits &= ~RTT_RUNNING;
  else if (advances && (sender.bits & RTT_RUNNING) === 0) {
    sender.bits |= RTT_RUNNING;
    sender.rttSequence = sender.nextSequence;
    sender.rttSentAt = at;
  }
}

/** Most ends of a flood or of idle connections have one round trip only: it needs no row. */
function addRoundTrip(medians: Medians, end: EndpointCursor, timed: boolean, time: number): void {
  const count = end.rttCount;
  if (timed && count > 0) {
    if (count === 1) end.rttRow = medians.add(0, 0, end.rttMin);
    end.rttRow = medians.add(end.rttRow, count, time);
  }
  if (count === 0 || time < end.rttMin) end.rttMin = time;
  end.rttCount = timed ? count + 1 : 1;
}

/** The round trips of an end's segments. */
export function roundTripsOf(medians: Medians, end: EndpointCursor): Distribution {
  const { rttCount, rttMin } = end;
  if (rttCount !== 1) return medians.of(end.rttRow, rttCount);
  return { count: 1, first: rttMin, min: rttMin, median: rttMin, max: rttMin };
}

/** Segments longer than the MSS: they are cut after the place of capture, or were joined before it. */
export function noteLength(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): void {
  // put together from fragments: its length does not tell
  if (packet.ipOffset < 0) return;
  const mss = receiver.mssScaleTtl & MSS;
  if (mss > 0 && packet.payloadLength > mss) sender.bits |= LARGER_THAN_MSS;
}
