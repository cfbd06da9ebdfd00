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
const WINDOW_NS = 1_000_000;
/** Without an IP identification to tell a copy from a repetition, it must follow at once. */
const SHORT_WINDOW_NS = 100_000;

export class DuplicateFilter {
  private readonly hashes = new Int32Array(SLOTS * 2);
  private readonly interfaces = new Int32Array(SLOTS);
  private readonly times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

  /** True where the packet is a copy of one just seen; otherwise it is remembered. */
  seen(packet: Packet, at: number): boolean {
    const view = packet.view;
    const offset = packet.transportOffset;
    if (offset + 20 > packet.captureEnd) return false;
    const checksum = view.getUint16(offset + 16);
    const options =
      packet.headerLength >= 32 && offset + 32 <= packet.captureEnd ? view.getInt32(offset + 24) : 0;
    const flow =
      Math.imul(packet.source3, 0x9e3779b1) ^ Math.imul(packet.target3, 0x27d4eb2f) ^ packet.sourcePort;
    let hash = Math.imul(packet.sequence ^ flow, 0x9e3779b1) ^ Math.imul(packet.acknowledgement, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ ((packet.ipId << 16) | checksum);
    const other =
      Math.imul(packet.sequence, 0x27d4eb2f) ^
      Math.imul(options ^ packet.payloadLength, 0x165667b1) ^
      ((packet.flags << 20) | (packet.window << 4)) ^
      packet.ipId;
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    const known =
      this.hashes[slot * 2] === hash &&
      this.hashes[slot * 2 + 1] === other &&
      Math.abs(at - (this.times[slot] ?? 0)) < WINDOW_NS;
    if (known) {
      const elsewhere = this.interfaces[slot] !== packet.interfaceIndex;
      const occupies = packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0;
      const atOnce = Math.abs(at - (this.times[slot] ?? 0)) < SHORT_WINDOW_NS;
      if (elsewhere || packet.ipId > 0 || (occupies && atOnce)) return true;
    }
    this.hashes[slot * 2] = hash;
    this.hashes[slot * 2 + 1] = other;
    this.interfaces[slot] = packet.interfaceIndex;
    this.times[slot] = at;
    return false;
  }
}
