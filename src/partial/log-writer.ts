/** Writes a packet log (log-entry.ts). */

import type { Frame } from '../capture/frame.js';
import { CHECKSUM_WRONG, lookAtChecksum } from '../decode/checksum.js';
import { FIN, type Packet, RST, SYN, TCP, UDP } from '../decode/packet.js';
import { HAS_SACK, HAS_TIMESTAMPS, type TcpOptions } from '../decode/tcp-options.js';
import { COPY, MAYBE_COPY, NO_COPY } from '../track/copies/duplicates.js';
import type { SegmentMark } from '../track/copies/kept-segment.js';
import { FlowTable } from '../track/memory/flow-table.js';
import { FIRST_SEGMENTS } from '../track/notes/checksums.js';
import { headerIsCut, isCut } from '../track/peers/zeek-bits.js';
import { LINGER_NS } from '../track/rfc9293/lifecycle.js';
import { isBroadcast } from '../track/udp/flows.js';
import type { ByteWriter } from './bytes.js';
import {
  BROKEN,
  CHECKSUM_BITS,
  CHECKSUM_PENDING,
  CHECKSUM_SHIFT,
  FAR_NS,
  FAR_TIME,
  FIELDS,
  FROM_SIDE_1,
  HEADER_CUT,
  IP_ID,
  IS_COPY,
  IS_MAYBE_COPY,
  KIND_FRAME,
  KIND_ICMP,
  KIND_TCP,
  KIND_UDP,
  type LogEntry,
  MARK,
  MAX_FLOWS,
  MORE,
  NEW_FLOW,
  NEXT,
  NO_ENTRY,
  OPTIONS,
  PAYLOAD_CUT,
  REASSEMBLED,
  RESET_FLOWS,
  TIMESTAMPS,
  TO_ALL,
  TSVAL,
  WINDOW,
} from './log-entry.js';

/** After this many seconds without a segment the next one may begin a connection. */
const FORGOTTEN_S = Math.floor(LINGER_NS / 1e9) - 1;

export class PacketLogWriter {
  private table = new FlowTable();
  private last = new Int32Array(MAX_FLOWS * FIELDS);
  /** When the last segment of each flow was captured, in seconds. */
  private readonly lastAt = new Float64Array(MAX_FLOWS);
  private readonly paths = new Set<number>([0]);
  private number = 0;
  private seconds = 0;
  private nanoseconds = 0;

  constructor(private readonly out: ByteWriter) {}

  /** A TCP segment, UDP datagram or ICMP error; `options` of a segment. */
  packet(packet: Packet, options: TcpOptions, entry: LogEntry): void {
    const { out, table } = this;
    let tag = packet.kind === TCP ? KIND_TCP : packet.kind === UDP ? KIND_UDP : KIND_ICMP;
    let slot = table.find(packet);
    const isNew = slot < 0 || table.otherPath;
    const forget = isNew && table.size === MAX_FLOWS;
    if (forget) this.resetFlows();
    if (isNew) slot = this.table.add(packet);
    const { side } = this.table;
    if (packet.kind === TCP) {
      const mayBegin = isNew || entry.seconds - (this.lastAt[slot] ?? 0) >= FORGOTTEN_S;
      this.sum(packet, slot * FIELDS + CHECKSUM_PENDING, mayBegin, side, entry);
      this.lastAt[slot] = entry.seconds;
    }
    const plainOptions = (options.bits & ~HAS_TIMESTAMPS) === 0;
    const more = packet.kind === TCP ? moreBits(packet, entry, plainOptions) : isToAll(packet) ? TO_ALL : 0;
    if (side === 1) tag |= FROM_SIDE_1;
    if (isNew) tag |= NEW_FLOW;
    if (forget) tag |= RESET_FLOWS;
    if (more !== 0) tag |= MORE;
    if (packet.kind === TCP && (options.bits & HAS_TIMESTAMPS) !== 0) tag |= TIMESTAMPS;
    this.head(tag, entry);
    if (more !== 0) out.unsigned(more);
    if (isNew) this.flow(packet);
    else out.unsigned(slot);
    if (packet.kind === TCP) this.segment(packet, slot * FIELDS, side);
    else if (packet.kind === UDP) out.unsigned(packet.payloadLength);
    else this.icmpError(packet);
    if ((tag & TIMESTAMPS) !== 0) this.timestamps(options, slot * FIELDS + TSVAL, side);
    if (packet.kind === TCP && ((more >>> CHECKSUM_SHIFT) & CHECKSUM_BITS) === CHECKSUM_WRONG)
      this.wrongChecksum(packet);
    if ((more & OPTIONS) !== 0 && packet.kind === TCP) this.options(options);
    if (packet.kind === TCP && entry.mark !== null) this.mark(entry.mark);
  }

  /** A frame that holds a fragment, whole; `msdu`: which MSDU of it is the fragment, -1 where all of it counts. */
  frame(frame: Frame, number: number, msdu: number): void {
    const { out } = this;
    const { seconds, nanoseconds } = frame;
    const entry = { ...NO_ENTRY, kind: KIND_FRAME, number, seconds, nanoseconds, msdu };
    this.head(msdu < 0 ? KIND_FRAME : KIND_FRAME | MORE, entry);
    if (msdu >= 0) out.byte(msdu);
    out.unsigned(frame.linkType);
    out.unsigned(frame.interfaceId);
    out.unsigned(frame.fcsLength);
    out.unsigned(frame.originalLength);
    const { view, offset, capturedLength } = frame;
    out.bytes(new Uint8Array(view.buffer, view.byteOffset + offset, capturedLength));
  }

  /** Looks at the checksums that track/checksums.ts may want, wherever a connection may begin. */
  private sum(packet: Packet, at: number, mayBegin: boolean, side: number, { copy, mark }: LogEntry): void {
    const { last } = this;
    const control = (packet.flags & (SYN | FIN | RST)) !== 0;
    if (mayBegin || control) last[at] = FIRST_SEGMENTS * 0x11;
    const unsummed = last[at] ?? 0;
    const one = 1 << (4 * side);
    if ((unsummed & (0xf * one)) === 0) return;
    lookAtChecksum(packet);
    // copies and possible copies do not count
    if (copy === NO_COPY && mark === null) last[at] = unsummed - one;
  }

  private head(tag: number, entry: LogEntry): void {
    const { out } = this;
    const step = (entry.seconds - this.seconds) * 1e9 + (entry.nanoseconds - this.nanoseconds);
    const far = Math.abs(step) > FAR_NS;
    out.byte(far ? tag | FAR_TIME : tag);
    out.unsigned(entry.number - this.number);
    if (far) {
      out.signed(entry.seconds);
      out.unsigned(entry.nanoseconds);
    } else out.signed(step);
    this.number = entry.number;
    this.seconds = entry.seconds;
    this.nanoseconds = entry.nanoseconds;
  }

  private resetFlows(): void {
    this.table = new FlowTable();
    this.last.fill(0);
  }

  private flow(packet: Packet): void {
    const { out } = this;
    const { path } = packet;
    const known = this.paths.has(path);
    out.unsigned(path * 4 + (packet.ipVersion === 6 ? 2 : 0) + (known ? 0 : 1));
    if (!known) {
      this.paths.add(path);
      out.bytes(new TextEncoder().encode(JSON.stringify(packet.paths.describe(path))));
    }
    const words =
      packet.ipVersion === 6
        ? [packet.source0, packet.source1, packet.source2, packet.source3]
        : [packet.source3];
    words.push(
      ...(packet.ipVersion === 6
        ? [packet.target0, packet.target1, packet.target2, packet.target3]
        : [packet.target3]),
    );
    for (const word of words) out.int32(word);
    out.unsigned(packet.sourcePort);
    out.unsigned(packet.targetPort);
  }

  private segment(packet: Packet, at: number, side: number): void {
    const { out, last } = this;
    const { sequence, payloadLength: length } = packet;
    const answered = at + NEXT + 1 - side;
    out.unsigned(packet.flags);
    out.signed((sequence - (last[at + NEXT + side] ?? 0)) | 0);
    out.signed((packet.acknowledgement - (last[answered] ?? 0)) | 0);
    out.signed(packet.window - (last[at + WINDOW + side] ?? 0));
    out.unsigned(length);
    out.byte(packet.ttl);
    out.signed(packet.ipId - (last[at + IP_ID + side] ?? 0));
    last[at + NEXT + side] = (sequence + length) | 0;
    last[at + WINDOW + side] = packet.window;
    last[at + IP_ID + side] = packet.ipId;
  }

  /** TSval as the difference from the side's last, and its echo from the other side's. */
  private timestamps({ timestamp, timestampEcho }: TcpOptions, at: number, side: number): void {
    const { out, last } = this;
    out.signed((timestamp - (last[at + side] ?? 0)) | 0);
    out.signed((timestampEcho - (last[at + 1 - side] ?? 0)) | 0);
    last[at + side] = timestamp;
  }

  private wrongChecksum(packet: Packet): void {
    const { out } = this;
    out.unsigned(packet.checksumRight);
    out.unsigned(packet.checksumOff);
    out.unsigned(packet.checksumOffUnfilled);
  }

  private options(options: TcpOptions): void {
    const { out } = this;
    out.unsigned(options.bits);
    out.unsigned(options.mss);
    out.unsigned(options.scale);
    out.int32(options.dsackEdge);
    if ((options.bits & HAS_SACK) !== 0) this.sackBlocks(options);
    out.unsigned(options.userTimeout * 2 + (options.userTimeoutMinutes ? 1 : 0));
  }

  private sackBlocks({ sackEdge, sacks, sackEdges }: TcpOptions): void {
    const { out } = this;
    out.int32(sackEdge);
    out.unsigned(sackEdges);
    for (let at = 0; at < sackEdges; at++) out.signed(((sacks[at] ?? 0) - sackEdge) | 0);
  }

  private mark(mark: SegmentMark): void {
    const { out } = this;
    out.int32(mark.control);
    out.int32(mark.timestamp);
    out.int32(mark.options);
    out.int32(mark.idAndChecksum);
    out.int32(mark.place);
    out.signed(mark.right);
  }

  private icmpError(packet: Packet): void {
    const { out } = this;
    out.unsigned(packet.icmp);
    out.unsigned(packet.icmpMtu);
    out.byte(packet.quotedProtocol);
    out.int32(packet.sequence);
    out.int32(packet.icmpSource0);
    out.int32(packet.icmpSource1);
    out.int32(packet.icmpSource2);
    out.int32(packet.icmpSource3);
  }
}

function moreBits(packet: Packet, entry: LogEntry, plainOptions: boolean): number {
  let more = packet.checksum << CHECKSUM_SHIFT;
  if (packet.broken) more |= BROKEN;
  if (packet.ipOffset < 0) more |= REASSEMBLED;
  if (entry.copy === COPY) more |= IS_COPY;
  if (entry.copy === MAYBE_COPY) more |= IS_MAYBE_COPY;
  if (!plainOptions) more |= OPTIONS;
  if (entry.mark !== null) more |= MARK;
  if (isCut(packet)) more |= PAYLOAD_CUT;
  if (headerIsCut(packet)) more |= HEADER_CUT;
  return more;
}

function isToAll(packet: Packet): boolean {
  return packet.kind === UDP && isBroadcast(packet);
}
