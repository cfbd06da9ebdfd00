/** UDP header. To read first: RFC 768; RFC 2675 4 for a length of 0. */
import { has, narrow, OTHER, type Packet, UDP } from './packet.js';
import { decodeTunnel, NO_TUNNEL, tunnelAt } from './tunnel.js';

const TARGET_PORT = 2;
const LENGTH = 4;
const HEADER = 8;

export function decodeUdp(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'UDP header cut short')) return OTHER;
  const view = packet.view;
  const sourcePort = view.getUint16(offset);
  const targetPort = view.getUint16(offset + TARGET_PORT);
  const length = view.getUint16(offset + LENGTH);
  const dataEnd = length < HEADER ? end : Math.min(offset + length, end);
  narrow(packet, dataEnd);
  let tunnel = tunnelAt(targetPort);
  if (tunnel === NO_TUNNEL) tunnel = tunnelAt(sourcePort);
  if (tunnel !== NO_TUNNEL && decodeTunnel(packet, tunnel, offset + HEADER, dataEnd)) return packet.kind;
  packet.kind = UDP;
  packet.sourcePort = sourcePort;
  packet.targetPort = targetPort;
  packet.transportOffset = offset;
  packet.payloadOffset = offset + HEADER;
  packet.payloadLength = Math.max(0, dataEnd - offset - HEADER);
  return UDP;
}
