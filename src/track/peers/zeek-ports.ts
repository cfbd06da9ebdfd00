/** Zeek's guess who is the server where a connection begins without a SYN (TCP.cc, `likely_server_ports`). */
import { ACK, type Packet, SYN } from '../../decode/packet.js';

/** `likely_server_ports` for TCP, as the scripts that Zeek loads by default fill it (the `ports` of each protocol). */
const LIKELY_SERVER_PORTS = new Set([
  21, 22, 25, 53, 79, 80, 81, 88, 135, 139, 143, 389, 443, 445, 465, 502, 514, 563, 585, 587, 614, 631, 636,
  989, 990, 992, 993, 995, 1080, 1434, 1883, 2811, 3128, 3268, 3306, 3389, 5222, 5223, 5269, 5432, 6379, 6666,
  6667, 6668, 6669, 8000, 8080, 8888, 20000,
]);

/** For the first packet of a connection: its sender looks like the server. */
export function fromLikelyServer(packet: Packet): boolean {
  const { flags, sourcePort, targetPort } = packet;
  if ((flags & (SYN | ACK)) === SYN || !LIKELY_SERVER_PORTS.has(sourcePort)) return false;
  if (!LIKELY_SERVER_PORTS.has(targetPort)) return true;
  // both look like servers: the lower port, unless a scan by SYN-ACKs may have sent it
  return (flags & SYN) === 0 && sourcePort < targetPort;
}
