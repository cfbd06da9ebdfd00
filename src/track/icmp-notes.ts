/** ICMP errors that answer a segment of a connection. To read first: RFC 1122 4.2.3.9, RFC 5927, RFC 5461. */
import { isTooBig } from '../decode/icmp.js';
import type { Packet } from '../decode/packet.js';
import { HAS_NEXT, ICMP_REFUSED } from './connection.js';
import type { Focus } from './focus.js';
import { noteTooBig } from './path-mtu.js';
import { CLOSED, ESTABLISHED, SYN_SENT } from './transition.js';
import { icmpAnswer } from './udp-flows.js';

/** ICMP errors are kept for a ladder while it is no longer than this. */
const MOST_IN_LADDER = 300;

/** Notes an error that quotes a segment of `focus.side`. */
export function noteIcmpError(focus: Focus, packet: Packet, number: number, at: number): void {
  const { connection, sender, receiver, side } = focus;
  // RFC 5927 4.1: an error that quotes a number never sent is not about this connection
  if ((sender.bits & HAS_NEXT) === 0) return;
  const within =
    ((packet.sequence - sender.base) | 0) >= 0 && ((sender.nextSequence - packet.sequence) | 0) >= 0;
  if (!within) return;
  const detail = focus.detail();
  const answer = icmpAnswer(packet, number, at, side);
  detail.icmp ??= answer;
  if (detail.ladder !== null && detail.ladder.length < MOST_IN_LADDER) detail.ladder.push({ icmp: answer });
  const { version, mtu } = answer;
  const values = {
    version,
    type: packet.icmp >>> 8,
    code: packet.icmp & 0xff,
    ...(mtu === null ? {} : { mtu }),
  };
  detail.find('icmp-error', number, side === 0 ? 1 : 0, values);
  if (isTooBig(packet.ipVersion, packet.icmp)) noteTooBig(focus, packet, number, at);
  if (sender.state === SYN_SENT && receiver.state < ESTABLISHED && isHardError(packet)) {
    connection.bits |= ICMP_REFUSED;
    sender.state = CLOSED;
  }
  connection.lastPacket = number;
  connection.lastAt = Math.max(connection.lastAt, at);
}

/** Unreachable of any kind: Linux gives up connecting for all of them but a packet that is too big. */
function isHardError(packet: Packet): boolean {
  const type = packet.icmp >>> 8;
  return packet.ipVersion === 6 ? type === 1 : type === 3 && (packet.icmp & 0xff) !== 4;
}
