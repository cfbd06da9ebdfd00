/**
 * A-MSDU: several packets (MSDUs) in one 802.11 frame. To read first: IEEE 802.11-2020 9.3.2.2.
 *
 * A subframe has two addresses, a length and LLC; all but the last are filled up to four bytes. `decodeFrame` gives the
 * first packet with an IP header, `decodeNext` each of the others, as if it had come alone.
 */
import { NO_BYTES } from '../capture/frame.js';
import { decodeLlc } from './llc.js';
import { has, narrow, OTHER, type Packet, stopAt } from './packet.js';

const HEADER = 14;
/** More than the number of the shortest TCP segments that fit into the longest aggregate, of 11,454 bytes. */
const MAX_SUBFRAMES = 255;

/** Which subframe comes next, and the state of the packet before the first of them. */
export class Aggregate {
  at = 0;
  /** Counted from 0. */
  next = 0;
  end = 0;
  fragment = false;
  private view: DataView = NO_BYTES;
  private captureEnd = 0;
  private path = 0;
  private depth = 0;
  private ipHeaders = 0;
  private ethernetOffset = -1;

  begin(packet: Packet, offset: number, end: number): void {
    this.at = offset;
    this.next = 0;
    this.end = end;
    this.fragment = packet.fragment;
    this.view = packet.view;
    this.captureEnd = packet.captureEnd;
    this.path = packet.path;
    this.depth = packet.depth;
    this.ipHeaders = packet.ipHeaders;
    this.ethernetOffset = packet.ethernetOffset;
  }

  private restore(packet: Packet): void {
    packet.kind = OTHER;
    packet.stop = '';
    packet.broken = false;
    packet.fragment = this.fragment;
    packet.view = this.view;
    packet.captureEnd = this.captureEnd;
    packet.path = this.path;
    packet.depth = this.depth;
    packet.ipHeaders = this.ipHeaders;
    packet.ethernetOffset = this.ethernetOffset;
  }

  /** Steps over the next subframe; returns the length of what is in it, -1 where there is none. */
  step(): number {
    const { at } = this;
    if (at + HEADER > this.captureEnd || this.next === MAX_SUBFRAMES) return -1;
    const length = this.view.getUint16(at + HEADER - 2);
    this.at = at + ((HEADER + length + 3) & ~3);
    this.next++;
    return length;
  }

  /** Decodes the next packet with an IP header; false where there is none: `packet` is then the last subframe. */
  find(packet: Packet): boolean {
    for (;;) {
      const data = this.at + HEADER;
      const length = this.step();
      if (length < 0) return false;
      if (length === 0) continue;
      this.restore(packet);
      const dataEnd = Math.min(this.end, data + length);
      narrow(packet, dataEnd);
      decodeLlc(packet, data, dataEnd);
      if (packet.ipHeaders > this.ipHeaders) return true;
    }
  }
}

/** Decodes the first packet; where `packet.msdu` is not -1, of the subframes from that one on. */
export function decodeAggregate(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'A-MSDU subframe cut short')) return OTHER;
  stopAt(packet, 'A-MSDU without a packet', false);
  // of an aggregate within another one, in a tunnel, only the first packet is read
  const nested = packet.pending;
  const aggregate = nested ? new Aggregate() : packet.aggregate;
  aggregate.begin(packet, offset, end);
  if (nested) {
    aggregate.find(packet);
    return packet.kind;
  }
  while (aggregate.next < packet.msdu && aggregate.step() >= 0);
  packet.pending = true;
  packet.pending = aggregate.find(packet);
  // where the aggregate itself came in fragments, none of its packets can be decoded alone
  packet.msdu = packet.pending && !aggregate.fragment ? aggregate.next - 1 : -1;
  return packet.kind;
}

/** Decodes the next packet of the same frame; false where there is none, as in nearly all frames. */
export function decodeNext(packet: Packet): boolean {
  if (!packet.pending) return false;
  const { aggregate } = packet;
  packet.pending = aggregate.find(packet);
  if (packet.msdu >= 0) packet.msdu = aggregate.next - 1;
  return packet.pending;
}
