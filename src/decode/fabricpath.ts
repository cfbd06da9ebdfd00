/**
 * Cisco FabricPath: an Ethernet frame within another whose addresses are those of switches.
 * To read first: Cisco "FabricPath Overview" (the header), Wireshark's packet-cisco-fp-mim.c.
 */
import { decodeEthernet } from './ethernet.js';
import type { Packet } from './packet.js';

/** Forwarding tag of ten bits, time to live of six. The tag names a tree of the fabric, not a separate network. */
const TAG = 2;

export function decodeFabricPath(packet: Packet, offset: number, end: number): number {
  return decodeEthernet(packet, offset + TAG, end);
}
