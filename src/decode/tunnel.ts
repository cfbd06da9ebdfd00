/**
 * Tunnels in UDP, recognized by their port. The packet is then the one inside; where that is not IP,
 * the packet is the UDP datagram. To read first: IANA "Service Name and Transport Protocol Port Number Registry".
 */
import { decodeAyiya } from './ayiya.js';
import { decodeCapwap } from './capwap.js';
import { decodeGre } from './gre.js';
import { decodeGtp, decodeGtp0 } from './gtp.js';
import { decodeL2tp } from './l2tp.js';
import { decodeMpls } from './mpls.js';
import { deeper, enterPath, OTHER, type Packet } from './packet.js';
import { AYIYA, CAPWAP, GTP_U, L2TP, LISP, MPLS_IN_IP, TEREDO, TZSP } from './path.js';
import { decodeTzsp } from './radio.js';
import { decodeTeredo } from './teredo.js';
import { decodeGeneve, decodeLisp, decodeVxlan, decodeVxlanGpe } from './vxlan.js';

export const NO_TUNNEL = 0;

/** Those that are looked into; the index is what `tunnelAt` returns. */
const TUNNELS: readonly { port: number; name: string }[] = [
  { port: 0, name: '' },
  { port: 1701, name: 'L2TPv2' },
  { port: 2152, name: 'GTP-U' },
  { port: 3386, name: 'GTP version 0' },
  { port: 3544, name: 'Teredo' },
  { port: 4341, name: 'LISP data' },
  { port: 4754, name: 'GRE in UDP' },
  { port: 4789, name: 'VXLAN' },
  { port: 4790, name: 'VXLAN-GPE' },
  { port: 5072, name: 'AYIYA' },
  { port: 5247, name: 'CAPWAP data' },
  { port: 6081, name: 'Geneve' },
  { port: 6635, name: 'MPLS in UDP' },
  { port: 8472, name: 'VXLAN (old Linux port)' },
  { port: 37008, name: 'TZSP' },
];

export const UDP_TUNNELS: readonly { port: number; name: string }[] = TUNNELS.slice(1);

const byPort = new Uint8Array(65_536);
TUNNELS.forEach(({ port }, index) => {
  byPort[port] = index;
});

/** Which tunnel a UDP port may mean; NO_TUNNEL for most. */
export function tunnelAt(port: number): number {
  return byPort[port] ?? NO_TUNNEL;
}

/** True where IP was found within, which then is the packet; else the packet is as before. */
export function decodeTunnel(packet: Packet, tunnel: number, offset: number, end: number): boolean {
  const { ipHeaders, path, captureEnd } = packet;
  if (deeper(packet)) decodeInside(packet, TUNNELS[tunnel]?.port ?? 0, offset, end);
  if (packet.ipHeaders > ipHeaders) return true;
  packet.stop = '';
  packet.broken = false;
  packet.path = path;
  packet.captureEnd = captureEnd;
  return false;
}

function decodeInside(packet: Packet, port: number, offset: number, end: number): number {
  switch (port) {
    case 1701:
      enterPath(packet, L2TP, 0);
      return decodeL2tp(packet, offset, end);
    case 2152:
      enterPath(packet, GTP_U, 0);
      return decodeGtp(packet, offset, end);
    case 3386:
      enterPath(packet, GTP_U, 0);
      return decodeGtp0(packet, offset, end);
    case 3544:
      enterPath(packet, TEREDO, 0);
      return decodeTeredo(packet, offset, end);
    case 4341:
      enterPath(packet, LISP, 0);
      return decodeLisp(packet, offset, end);
    case 4754:
      return decodeGre(packet, offset, end);
    case 4789:
    case 8472:
      return decodeVxlan(packet, offset, end);
    case 4790:
      return decodeVxlanGpe(packet, offset, end);
    case 5072:
      enterPath(packet, AYIYA, 0);
      return decodeAyiya(packet, offset, end);
    case 5247:
      enterPath(packet, CAPWAP, 0);
      return decodeCapwap(packet, offset, end);
    case 6081:
      return decodeGeneve(packet, offset, end);
    case 6635:
      enterPath(packet, MPLS_IN_IP, 0);
      return decodeMpls(packet, offset, end);
    case 37008:
      enterPath(packet, TZSP, 0);
      return decodeTzsp(packet, offset, end);
  }
  return OTHER;
}
