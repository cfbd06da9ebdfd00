/**
 * Local networks other than Ethernet: token ring, FDDI, Fibre Channel, IEEE 1394, InfiniBand, cable modems.
 * To read first: IEEE 802.5 3.2, ANSI X3.139 (FDDI), RFC 2625 (IP over Fibre Channel), RFC 2734 (IEEE 1394),
 * RFC 4391 6 (IPoIB), DOCSIS MULPI 6.2.
 */
import { decodeEthernet, decodeEtherType } from './ethernet.js';
import { decodeLlc } from './llc.js';
import { has, narrow, OTHER, type Packet, stopAt } from './packet.js';

const TOKEN_RING_HEADER = 14;
const TOKEN_RING_SOURCE = 8;

/** Access control, frame control, two addresses; source routing where the source address says so. */
export function decodeTokenRing(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, TOKEN_RING_HEADER + 2, 'token ring header cut short')) return OTHER;
  const { view } = packet;
  if (view.getUint8(offset + 1) >>> 6 !== 1) return stopAt(packet, 'token ring control', false);
  const routed = (view.getUint8(offset + TOKEN_RING_SOURCE) & 0x80) !== 0;
  const routing = routed ? view.getUint8(offset + TOKEN_RING_HEADER) & 0x1f : 0;
  return decodeLlc(packet, offset + TOKEN_RING_HEADER + routing, end);
}

const FDDI_HEADER = 13;

/** Frame control, two addresses, LLC. */
export function decodeFddi(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, FDDI_HEADER, 'FDDI header cut short')) return OTHER;
  // 0x50 to 0x57 and 0xd0 to 0xd7: LLC, asynchronous and synchronous
  if ((packet.view.getUint8(offset) & 0x70) !== 0x50) return stopAt(packet, 'FDDI control', false);
  return decodeLlc(packet, offset + FDDI_HEADER, end);
}

const FIBRE_CHANNEL_HEADER = 16;

/** Network header of RFC 2625: two addresses of eight bytes, LLC. */
export function decodeIpOverFibreChannel(packet: Packet, offset: number, end: number): number {
  return decodeLlc(packet, offset + FIBRE_CHANNEL_HEADER, end);
}

const APPLE_1394_HEADER = 18;

/** Two addresses of eight bytes, EtherType. */
export function decodeApple1394(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, APPLE_1394_HEADER, 'IEEE 1394 header cut short')) return OTHER;
  return decodeEtherType(packet, packet.view.getUint16(offset + 16), offset + APPLE_1394_HEADER, end);
}

const INFINIBAND_ADDRESSES = 40;
const INFINIBAND_HEADER = 44;

/** Source and destination address of 20 bytes each, EtherType, two bytes reserved. */
export function decodeIpoib(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, INFINIBAND_HEADER, 'IPoIB header cut short')) return OTHER;
  return decodeEtherType(
    packet,
    packet.view.getUint16(offset + INFINIBAND_ADDRESSES),
    offset + INFINIBAND_HEADER,
    end,
  );
}

const DOCSIS_HEADER = 6;

/** Frame control, parameter (or length of the extended header), length, that header, check sequence; Ethernet. */
export function decodeDocsis(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, DOCSIS_HEADER, 'DOCSIS header cut short')) return OTHER;
  const { view } = packet;
  const control = view.getUint8(offset);
  if (control >>> 6 !== 0) return stopAt(packet, 'DOCSIS management', false);
  const extended = (control & 1) === 1 ? view.getUint8(offset + 1) : 0;
  const start = offset + DOCSIS_HEADER + extended;
  // the length counts the extended header and the Ethernet frame with its FCS
  const frameEnd = Math.min(end, offset + DOCSIS_HEADER + view.getUint16(offset + 2)) - 4;
  narrow(packet, frameEnd);
  return decodeEthernet(packet, start, frameEnd);
}
