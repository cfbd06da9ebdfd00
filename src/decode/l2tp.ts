/** L2TP version 2, data messages: PPP within. To read first: RFC 2661 3.1. */
import { has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodePpp } from './ppp.js';

const CONTROL = 0x8000;
const LENGTH_PRESENT = 0x4000;
const SEQUENCE_PRESENT = 0x0800;
const OFFSET_PRESENT = 0x0200;
const VERSION = 0x000f;

/** Flags and version; length, tunnel, session, sequence numbers, offset: which of them follow is flagged. */
export function decodeL2tp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, 6, 'L2TP header cut short')) return OTHER;
  const { view } = packet;
  const flags = view.getUint16(offset);
  if ((flags & VERSION) !== 2) return stopAt(packet, 'other L2TP version', false);
  if ((flags & CONTROL) !== 0) return stopAt(packet, 'L2TP control', false);
  let at = offset + 2;
  let dataEnd = end;
  if ((flags & LENGTH_PRESENT) !== 0) {
    dataEnd = Math.min(end, offset + view.getUint16(at));
    narrow(packet, dataEnd);
    at += 2;
  }
  at += 4;
  if ((flags & SEQUENCE_PRESENT) !== 0) at += 4;
  if ((flags & OFFSET_PRESENT) !== 0) {
    if (!has(packet, at, 2, 'L2TP header cut short')) return OTHER;
    at += 2 + view.getUint16(at);
  }
  return decodePpp(packet, at, dataEnd);
}
