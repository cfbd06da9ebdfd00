/**
 * Packets that were captured more than once: by `-i any`, on a bridge, from a SPAN port. They are an artefact
 * of the capture, not an event of the network.
 *
 * A copy has the same addresses, numbers, window, length, IP identification, checksum and first option bytes,
 * and it comes within a millisecond. Where the IP identification is missing (IPv6) or 0, only segments that
 * occupy sequence numbers count, or copies from another interface: repeated pure ACKs are normal there.
 */
import { FIN, type Packet, SYN } from '../decode/packet.js';

/** More than enough for the packets of a millisecond, and small enough for the processor's cache. */
const SLOTS = 1 << 12;
/** A copy comes within this time. */
export const COPIES_WITHIN_NS = 1_000_000;
/** Without an IP identification to tell a copy from a repetition, it must follow at once. */
const SHORT_WINDOW_NS = 100_000;

export class DuplicateFilter {
  private readonly hashes = new Int32Array(SLOTS * 2);
  private readonly interfaces = new Int32Array(SLOTS);
  private readonly times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

  /** Of the packet that `seen` was last asked about: by what it is known; both 0 where too little was captured to tell. */
  hash = 0;
  other = 0;

  /** True where the packet is a copy of one just seen; otherwise it is remembered. */
  seen(packet: Packet, at: number): boolean {
    const view = packet.view;
    const offset = packet.transportOffset;
    this.hash = this.other = 0;
    if (offset + 20 > packet.captureEnd) return false;
    const checksum = view.getUint16(offset + 16);
    const options =
      packet.headerLength >= 32 && offset + 32 <= packet.captureEnd ? view.getInt32(offset + 24) : 0;
    const flow =
      Math.imul(packet.source3, 0x9e3779b1) ^ Math.imul(packet.target3, 0x27d4eb2f) ^ packet.sourcePort;
    const hash =
      Math.imul(packet.sequence ^ flow, 0x9e3779b1) ^ Math.imul(packet.acknowledgement, 0x85ebca6b);
    this.hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ ((packet.ipId << 16) | checksum);
    this.other =
      Math.imul(packet.sequence, 0x27d4eb2f) ^
      Math.imul(options ^ packet.payloadLength, 0x165667b1) ^
      ((packet.flags << 20) | (packet.window << 4)) ^
      packet.ipId;
    return this.marked(packet, this.hash, this.other, packet.interfaceIndex, at);
  }

  /** The same by the marks of the packet. */
  marked(packet: Packet, hash: number, other: number, interfaceIndex: number, at: number): boolean {
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    const apart = Math.abs(at - (this.times[slot] ?? 0));
    if (apart < COPIES_WITHIN_NS && this.hashes[slot * 2] === hash && this.hashes[slot * 2 + 1] === other) {
      const elsewhere = this.interfaces[slot] !== interfaceIndex;
      const occupies = packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0;
      if (elsewhere || packet.ipId > 0 || (occupies && apart < SHORT_WINDOW_NS)) return true;
    }
    this.put(slot, hash, other, interfaceIndex, at);
    return false;
  }

  private put(slot: number, hash: number, other: number, interfaceIndex: number, at: number): void {
    this.hashes[slot * 2] = hash;
    this.hashes[slot * 2 + 1] = other;
    this.interfaces[slot] = interfaceIndex;
    this.times[slot] = at;
  }

  /** The packets of which a copy may still come: hash, other hash, interface, and how long before `at`. */
  recent(at: number): number[][] {
    const found: number[][] = [];
    for (let slot = 0; slot < SLOTS; slot++) {
      const before = at - (this.times[slot] ?? 0);
      if (before >= COPIES_WITHIN_NS) continue;
      const { hashes, interfaces } = this;
      found.push([hashes[slot * 2] ?? 0, hashes[slot * 2 + 1] ?? 0, interfaces[slot] ?? 0, before]);
    }
    return found;
  }

  /** Remembers what `recent` gave. */
  recall(marks: readonly (readonly number[])[], at: number): void {
    for (const [hash = 0, other = 0, interfaceIndex = 0, before = 0] of marks) {
      this.put((hash ^ (hash >>> 16)) & (SLOTS - 1), hash, other, interfaceIndex, at - before);
    }
  }
}
