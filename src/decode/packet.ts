/**
 * A decoded packet, and what the decoders of all layers need to fill it.
 *
 * One Packet object is filled again for each frame. Numbers of 32 bits are kept as signed integers (`| 0`),
 * which JavaScript engines store without allocating; `>>> 0` shows them unsigned. Packet content never throws:
 * the layers decoded so far are kept, and `stop` says why decoding ended.
 */
import { NO_BYTES } from '../capture/frame.js';
import { Aggregate } from './aggregate.js';
import { FragmentTable } from './fragments.js';
import { PathTable } from './path.js';

export const OTHER = 0;
export const TCP = 1;
export const UDP = 2;
/** An ICMP or ICMPv6 error that quotes a packet; the addresses, ports and sequence number are the quoted. */
export const ICMP_ERROR = 3;

/** TCP flag bits as in the header's bytes 12 and 13 (RFC 9293 3.1; AE: RFC 9768). */
export const FIN = 0x001;
export const SYN = 0x002;
export const RST = 0x004;
export const PSH = 0x008;
export const ACK = 0x010;
export const URG = 0x020;
export const ECE = 0x040;
export const CWR = 0x080;
export const AE = 0x100;

/** Link, network and tunnel headers within each other; no honest frame has more. */
const DEEPEST = 16;

/**
 * Inflates raw deflate (RFC 1951) at once, to `most` bytes at most; null where it is not that, or more. The host has it,
 * since no browser does.
 */
export type InflateRaw = (deflated: Uint8Array, most: number) => Uint8Array | null;

export class Packet {
  /** OTHER, TCP, UDP or ICMP_ERROR. */
  kind = OTHER;
  /** What it is that was not decoded further, e.g. `ARP`, or where decoding stopped; empty where all is well. */
  stop = '';
  /**
   * True where `stop` is a fault of the packet (cut, malformed), false where it is merely another protocol.
   * A TCP packet may be broken too: its header length cannot be, and a receiver would ignore it.
   */
  broken = false;

  /**
   * All offsets here point into this view: the chunk with the frame's bytes, or, where the datagram was
   * reassembled or inflated, a separate buffer. Further layers are read through this, never through frame.view.
   */
  view: DataView = NO_BYTES;
  /** The first byte after those that were captured and belong to the innermost layer (no padding, no FCS). */
  captureEnd = 0;
  /** Number of the frame. */
  number = 0;
  /** Time of capture in whole seconds, by which unfinished datagrams are given up. */
  seconds = 0;
  /** Headers walked through so far, see `deeper`. */
  depth = 0;
  /** IP headers walked through: more than 1 within tunnels. */
  ipHeaders = 0;

  /** 4, 6, or 0 where there was no IP. */
  ipVersion = 0;
  /** Offset of the innermost IP header in `view`; -1 where that was reassembled or inflated. */
  ipOffset = 0;
  ttl = 0;
  /** IPv4 identification; -1 where there is none (IPv6). */
  ipId = -1;
  /** The two ECN bits (RFC 3168). */
  ecn = 0;
  /** Source address as four 32-bit words; IPv4 is in the last word, after zeros. */
  source0 = 0;
  source1 = 0;
  source2 = 0;
  source3 = 0;
  target0 = 0;
  target1 = 0;
  target2 = 0;
  target3 = 0;
  sourcePort = 0;
  targetPort = 0;
  /** The VLANs and tunnels around it, equal in both directions, as a number of `paths`; 0 outside any. */
  path = 0;
  /** Innermost interface index of a Linux cooked v2 frame, else the capture's interface number. */
  interfaceIndex = 0;
  /** Linux cooked packet type (0 to us, 4 outgoing…), -1 where not known. */
  cookedType = -1;
  /** Where the innermost Ethernet header begins in `view`; -1 where there is none, as in front of reassembled bytes. */
  ethernetOffset = -1;

  /** Offset of the TCP or UDP header in `view`. */
  transportOffset = 0;
  /** Payload bytes by the headers, whether captured or not. */
  payloadLength = 0;
  payloadOffset = 0;

  sequence = 0;
  acknowledgement = 0;
  flags = 0;
  window = 0;
  /** TCP header bytes by its length field, options included; they may end beyond `captureEnd`. */
  headerLength = 0;
  /** The TCP checksum as far as it was checked: see CHECKSUM_ in checksum.ts. */
  checksum = 0;
  /** Of a wrong checksum: the right one, how far it is off, and how far off the sum of the pseudo-header alone. */
  checksumRight = 0;
  checksumOff = 0;
  checksumOffUnfilled = 0;
  /** The frame contains a fragment of an IP datagram. */
  fragment = false;
  /** The frame may contain more packets, for `decodeNext`. */
  pending = false;
  /** Which MSDU of an aggregate it came in, counted from 0; -1 elsewhere. */
  msdu = -1;

  /** ICMP type * 256 + code of an ICMP_ERROR, and the sender of it in `icmpSource*`. */
  icmp = 0;
  /** MTU in an ICMP error (RFC 1191 4, RFC 4443 3.2); 0 where it has none. */
  icmpMtu = 0;
  icmpSource0 = 0;
  icmpSource1 = 0;
  icmpSource2 = 0;
  icmpSource3 = 0;
  /** Protocol of the packet that an ICMP_ERROR quotes: 6 or 17. */
  quotedProtocol = 0;

  /**
   * `paths`: those of the analysis that the packet is for; `inflateRaw`: for IPComp, null where that is not to be looked
   * into; `fragments`: what waits for the rest of its datagram, from one frame to the next.
   */
  constructor(
    public paths = new PathTable(),
    readonly inflateRaw: InflateRaw | null = null,
    readonly aggregate = new Aggregate(),
    readonly fragments = new FragmentTable(),
  ) {}
}

/**
 * Ends decoding: `reason` says what came instead of TCP or UDP, or what was wrong. Always a constant.
 * Like every decoder it returns the packet's kind, so that each ends in the layer that it hands on to.
 */
export function stopAt(packet: Packet, reason: string, broken: boolean): number {
  packet.kind = OTHER;
  packet.stop = reason;
  packet.broken = broken;
  return OTHER;
}

/** True where `length` bytes from `offset` on were captured; otherwise says that the layer was cut. */
export function has(packet: Packet, offset: number, length: number, layer: string): boolean {
  if (offset + length <= packet.captureEnd) return true;
  stopAt(packet, layer, true);
  return false;
}

/** Bytes from `end` on (padding, a frame check sequence) do not belong to the layer. */
export function narrow(packet: Packet, end: number): void {
  if (end < packet.captureEnd) packet.captureEnd = end;
}

/** From here on the packet is in a separate buffer: reassembled, or inflated. */
export function enterBuffer(packet: Packet, whole: DataView): void {
  packet.view = whole;
  packet.captureEnd = whole.byteLength;
  packet.ipOffset = -1;
  packet.ethernetOffset = -1;
}

/** The packet is in a VLAN or tunnel further in: see PathTable.enter. */
export function enterPath(packet: Packet, kind: number, id: number): void {
  packet.path = packet.paths.enter(packet.path, kind, id);
}

/** Counts one header deeper; false where they are nested too deep to be honest. */
export function deeper(packet: Packet): boolean {
  if (packet.depth++ < DEEPEST) return true;
  stopAt(packet, 'headers nested too deep', true);
  return false;
}
