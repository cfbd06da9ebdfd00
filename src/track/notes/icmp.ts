/** ICMP errors that answer a segment of a connection. To read first: RFC 1122 4.2.3.9, RFC 5927, RFC 5461. */

import { isTooBig } from '../../decode/icmp.js';
import type { Packet } from '../../decode/packet.js';
import { ICMP_REFUSED, NEXT_KNOWN } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { icmpAnswer } from '../memory/icmp-answer.js';
import { CLOSED, ESTABLISHED, SYN_SENT } from '../rfc9293/transition.js';
import { noteTooBig } from './path-mtu.js';

/** ICMP errors are kept for a ladder while it is no longer than this. */
const MAX_IN_LADDER = 300;

/** Notes an error that quotes a segment of `focus.side`. */
export function noteIcmpError(focus: Focus, packet: Packet, number: number, at: number): void {
  const { connection, sender, receiver, side } = focus;
  // RFC 5927 4.1: an error that quotes a number never sent is not about this connection
  if ((sender.bits & NEXT_KNOWN) === 0) return;
  const within =
    ((packet.sequence - sender.base) | 0) >= 0 && ((sender.nextSequence - packet.sequence) | 0) >= 0;
  if (!within) return;
  const extras = focus.ensureExtras();
  const answer = icmpAnswer(packet, number, at, side);
  extras.icmp ??= answer;
  if (extras.ladder !== null && extras.ladder.length < MAX_IN_LADDER) extras.ladder.push({ icmp: answer });
  const { version, mtu } = answer;
  const values = {
    version,
    type: packet.icmp >>> 8,
    code: packet.icmp & 0xff,
    ...(mtu === null ? {} : { mtu }),
  };
  extras.find('icmp-error', number, side === 0 ? 1 : 0, values);
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
