/** Decodes the bytes of one frame. */

import { Frame } from '../../src/capture/frame.js';
import { addressText } from '../../src/decode/address.js';
import { decodeFrame } from '../../src/decode/decode-frame.js';
import { Packet } from '../../src/decode/packet.js';
import { PathTable } from '../../src/decode/path.js';
import { nodeHost } from '../../src/files/host.js';
import type { Bytes } from './bytes.js';

interface FrameOptions {
  /** Bytes that were captured; all of them by default. */
  captured?: number;
  seconds?: number;
  fcsLength?: number;
  packet?: Packet;
}

/** A packet that is decoded as in Node.js. */
export const decoder = (): Packet => new Packet(new PathTable(), nodeHost.inflateRaw);

export function decoded(linkType: number, bytes: Bytes | Uint8Array, options: FrameOptions = {}): Packet {
  const { captured = bytes.length, seconds = 1000, fcsLength = 0, packet = decoder() } = options;
  // somewhere within a chunk, and with other bytes on both sides, as it is when reading a capture
  const chunk = new Uint8Array(captured + 64).fill(0x45);
  chunk.set(bytes.slice(0, captured), 16);
  const frame = new Frame();
  frame.linkType = linkType;
  frame.view = new DataView(chunk.buffer, 8);
  frame.offset = 8;
  frame.capturedLength = captured;
  frame.originalLength = bytes.length;
  frame.seconds = seconds;
  frame.fcsLength = fcsLength;
  decodeFrame(frame, packet);
  return packet;
}

export function sourceText(packet: Packet): string {
  const { ipVersion, source0, source1, source2, source3 } = packet;
  return addressText(ipVersion, source0, source1, source2, source3);
}

export function targetText(packet: Packet): string {
  const { ipVersion, target0, target1, target2, target3 } = packet;
  return addressText(ipVersion, target0, target1, target2, target3);
}

/** The VLANs and tunnels around it, e.g. `vlan 7, vxlan 99`; empty outside any. */
export function pathText(packet: Packet): string {
  return packet.paths
    .describe(packet.path)
    .map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`))
    .join(', ');
}

/** The payload that was captured, through packet.view. */
export function payload(packet: Packet): number[] {
  const { view, payloadOffset, payloadLength, captureEnd } = packet;
  const length = Math.max(0, Math.min(payloadLength, captureEnd - payloadOffset));
  return [...new Uint8Array(view.buffer, view.byteOffset + payloadOffset, length)];
}
