/** Where the walk over a frame's layers begins. */

import type { Frame } from '../capture/frame.js';
import { decodeLink } from './link.js';
import { narrow, OTHER, type Packet } from './packet.js';

/**
 * Decodes `frame` into `packet`; returns packet.kind. `decodeNext` gives further packets of the frame, see aggregate.ts;
 * `msdu`: of an aggregate, those before are left out.
 */
export function decodeFrame(frame: Frame, packet: Packet, msdu = -1): number {
  const { offset, capturedLength } = frame;
  packet.kind = OTHER;
  packet.stop = '';
  packet.broken = false;
  packet.view = frame.view;
  packet.captureEnd = offset + capturedLength;
  packet.number = frame.number;
  packet.seconds = frame.seconds;
  packet.depth = 0;
  packet.ipHeaders = 0;
  packet.ipVersion = 0;
  packet.path = 0;
  packet.interfaceIndex = frame.interfaceId;
  packet.cookedType = -1;
  packet.ethernetOffset = -1;
  packet.fragment = false;
  packet.pending = false;
  packet.msdu = msdu;
  // a frame that claims to have been shorter than what was captured of it is not believed
  const end = offset + Math.max(frame.originalLength, capturedLength) - frame.fcsLength;
  narrow(packet, end);
  return decodeLink(packet, frame.linkType, offset, end);
}
