/**
 * Reassembly of IPv4 and IPv6 fragments.
 * To read first: RFC 791 3.2, RFC 815, RFC 8200 4.5; RFC 5722 (overlaps), RFC 1858 and RFC 3128 (tiny fragments).
 *
 * Only the datagram that results is decoded, never a first fragment by itself: a header hidden by tiny or
 * overlapping fragments, which those RFCs warn filters of, is seen as the receiver would see it. Where IPv4
 * fragments overlap, the one that begins first wins (as in Wireshark); an IPv6 datagram with an
 * overlap is discarded, together with its fragments still to come (RFC 5722 4); a fragment that repeats
 * another exactly changes nothing. Memory and time are bounded; the oldest datagrams are evicted.
 */
import type { Packet } from './packet.js';
import { finalHash, secrets, sumWords } from './secret.js';

/** Memory of all fragments that wait, in bytes… */
const MAX_BYTES = 16 * 1024 * 1024;
/** …in which each fragment counts this much in addition to its content. */
const PIECE_COST = 256;
/** Datagrams that wait. */
const MAX_DATAGRAMS = 4096;
/** Fragments of one datagram; at the smallest MTU of IPv4, 68, there are 1,366. */
const MAX_PIECES = 2048;
/** How long a datagram waits for its fragments, in seconds of capture time (RFC 1122 3.3.2: 60 to 120; Linux: 30). */
const PATIENCE = 30;
const LONGEST = 65_535;
/** Words of what names a datagram: addresses, identification, path, protocol and version. */
const NAME_WORDS = 11;

interface Piece {
  start: number;
  bytes: Uint8Array;
  /** Number of the frame that it came in. */
  frame: number;
}

interface Datagram {
  hash: number;
  /** Capture time of the fragment that was seen first. */
  seconds: number;
  path: number;
  version: number;
  id: number;
  protocol: number;
  source: readonly [number, number, number, number];
  target: readonly [number, number, number, number];
  /** By `start`; equals in the order of arrival. */
  pieces: Piece[];
  /** Bytes of all pieces. */
  bytes: number;
  /** Length of the datagram, once its last fragment was seen; else -1. */
  total: number;
  /** Protocol or next header, from the first fragment. */
  nextHeader: number;
  /** An overlap was seen: the datagram is discarded. */
  discarded: boolean;
}

export class FragmentTable {
  /** By hash, oldest first. Two datagrams of one hash: the later displaces the earlier. */
  private readonly datagrams = new Map<number, Datagram>();
  private bytes = 0;
  /** Next header of the datagram that `add` returned last (IPv6: only the first fragment has the true one). */
  nextHeader = 0;
  private readonly factors = secrets(2 * NAME_WORDS);
  private readonly words = new Int32Array(NAME_WORDS);

  /** Numbers of the frames that the datagram came in, in the order of their places in it. */
  frames: readonly number[] = [];

  /** Datagrams that wait, and the memory they use. */
  get waiting(): { datagrams: number; bytes: number } {
    return { datagrams: this.datagrams.size, bytes: this.bytes };
  }

  /**
   * Takes in one fragment: `length` bytes at `offset` of packet.view, which belong at `start` of the datagram.
   * Returns the datagram's payload where this completes it, else null.
   */
  add(
    packet: Packet,
    id: number,
    protocol: number,
    start: number,
    offset: number,
    length: number,
    more: boolean,
  ): DataView | null {
    // the datagram would be longer than any can be: dropped, as receivers do ("ping of death")
    if (length <= 0 || start + length > LONGEST) return null;
    const datagram = this.find(packet, id, protocol);
    if (datagram.discarded) return null;
    const bytes = new Uint8Array(packet.view.buffer, packet.view.byteOffset + offset, length);
    if (!place(datagram, start, bytes, packet.number)) return null;
    this.bytes += length + PIECE_COST;
    if (start === 0) datagram.nextHeader = protocol;
    if (!more) {
      if (datagram.total < 0) datagram.total = start + length;
      else if (datagram.total !== start + length) datagram.discarded = datagram.version === 6;
    }
    if (datagram.discarded) this.shed(datagram);
    else if (isWhole(datagram)) {
      this.forget(datagram);
      this.nextHeader = datagram.nextHeader;
      this.frames = datagram.pieces.map((piece) => piece.frame);
      return assemble(datagram);
    }
    this.keepSmall();
    return null;
  }

  /** Of what names a datagram: no sender can choose names of one hash, to have another's datagram forgotten. */
  private hashOf(packet: Packet, id: number, protocol: number): number {
    const { factors, words } = this;
    words[0] = packet.source0;
    words[1] = packet.source1;
    words[2] = packet.source2;
    words[3] = packet.source3;
    words[4] = packet.target0;
    words[5] = packet.target1;
    words[6] = packet.target2;
    words[7] = packet.target3;
    words[8] = id;
    words[9] = packet.path;
    words[10] = (protocol << 4) | packet.ipVersion;
    return finalHash(sumWords(factors, words, 0, NAME_WORDS));
  }

  private find(packet: Packet, id: number, protocol: number): Datagram {
    // the protocol is part of the name in IPv4 (RFC 791 3.2); in IPv6 fragments may disagree on it (RFC 8200 4.5)
    const named = packet.ipVersion === 4 ? protocol : 0;
    const hash = this.hashOf(packet, id, named);
    const known = this.datagrams.get(hash);
    if (known !== undefined) {
      if (isSame(known, packet, id, named) && Math.abs(packet.seconds - known.seconds) <= PATIENCE)
        return known;
      this.forget(known);
    }
    const datagram: Datagram = {
      hash,
      seconds: packet.seconds,
      path: packet.path,
      version: packet.ipVersion,
      id,
      protocol: named,
      source: [packet.source0, packet.source1, packet.source2, packet.source3],
      target: [packet.target0, packet.target1, packet.target2, packet.target3],
      pieces: [],
      bytes: 0,
      total: -1,
      nextHeader: protocol,
      discarded: false,
    };
    this.datagrams.set(hash, datagram);
    return datagram;
  }

  private forget(datagram: Datagram): void {
    this.shed(datagram);
    this.datagrams.delete(datagram.hash);
  }

  private shed(datagram: Datagram): void {
    this.bytes -= datagram.bytes + datagram.pieces.length * PIECE_COST;
    if (datagram.discarded) {
      datagram.pieces = [];
      datagram.bytes = 0;
    }
  }

  private keepSmall(): void {
    while (this.bytes > MAX_BYTES || this.datagrams.size > MAX_DATAGRAMS) {
      const oldest = this.datagrams.values().next().value;
      if (oldest === undefined) return;
      this.forget(oldest);
    }
  }
}

/** Puts a copy of a fragment in its place; false where it brings nothing new. */
function place(datagram: Datagram, start: number, bytes: Uint8Array, frame: number): boolean {
  const { pieces } = datagram;
  if (pieces.length >= MAX_PIECES) return false;
  const end = start + bytes.length;
  let at = pieces.length;
  while (at > 0 && (pieces[at - 1]?.start ?? 0) > start) at--;
  const before = pieces[at - 1];
  const after = pieces[at];
  if (before?.start === start && isEqual(before.bytes, bytes)) return false;
  const overlaps =
    (before !== undefined && before.start + before.bytes.length > start) ||
    (after !== undefined && after.start < end);
  if (overlaps && datagram.version === 6) datagram.discarded = true;
  pieces.splice(at, 0, { start, bytes: bytes.slice(), frame });
  datagram.bytes += bytes.length;
  return true;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** True where the pieces reach from 0 to the end without a gap. */
function isWhole(datagram: Datagram): boolean {
  if (datagram.total < 0 || datagram.bytes < datagram.total) return false;
  let reached = 0;
  for (const { start, bytes } of datagram.pieces) {
    if (start > reached) return false;
    reached = Math.max(reached, start + bytes.length);
  }
  return reached >= datagram.total;
}

function assemble(datagram: Datagram): DataView {
  const whole = new Uint8Array(datagram.total);
  let reached = 0;
  for (const { start, bytes } of datagram.pieces) {
    const end = Math.min(start + bytes.length, whole.length);
    if (end <= reached) continue;
    whole.set(bytes.subarray(reached - start, end - start), reached);
    reached = end;
  }
  return new DataView(whole.buffer);
}

function isSame(datagram: Datagram, packet: Packet, id: number, protocol: number): boolean {
  const { source, target } = datagram;
  return (
    datagram.id === id &&
    datagram.protocol === protocol &&
    datagram.version === packet.ipVersion &&
    datagram.path === packet.path &&
    source[0] === packet.source0 &&
    source[1] === packet.source1 &&
    source[2] === packet.source2 &&
    source[3] === packet.source3 &&
    target[0] === packet.target0 &&
    target[1] === packet.target1 &&
    target[2] === packet.target2 &&
    target[3] === packet.target3
  );
}
