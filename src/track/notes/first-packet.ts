/** What the first packet of a connection shows. */
import { ACK, type Packet, SYN } from '../../decode/packet.js';
import * as codes from '../memory/codes.js';
import { BOTH_SYNS, CLIENT_IS_SIDE_1, SELF } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import type { Zeek } from '../peers/zeek.js';
import { LIVE } from '../peers/zeek-bits.js';
import { guessRoles } from './roles.js';

/** Fills the record of the connection that the packet in focus begins. */
export function noteFirstPacket(focus: Focus, index: number, zeek: Zeek | null): void {
  const { connection, packet, at } = focus;
  connection.index = index;
  connection.firstPacket = focus.number;
  focus.noteStart();
  connection.lastAt = at;
  connection.recentSynAt = -1;
  focus.sender.scale = -1;
  focus.receiver.scale = -1;
  connection.bits = firstRoles(packet);
  if ((connection.bits & SELF) !== 0) connection.codes |= codes.SIMULTANEOUS_OPEN;
  if (zeek !== null) zeek.begin(connection, packet);
  // Zeek's history is not wanted: the ends count as live, which the fast path takes as ordinary
  else focus.sender.zeek = focus.receiver.zeek = LIVE;
}

/** Bits of a connection that its first packet decides. */
function firstRoles(packet: Packet): number {
  if (isSelf(packet)) return SELF | BOTH_SYNS;
  if ((packet.flags & (SYN | ACK)) === (SYN | ACK)) return CLIENT_IS_SIDE_1;
  const guessed = (packet.flags & SYN) === 0 && guessRoles(packet.sourcePort, packet.targetPort) === 1;
  return guessed ? CLIENT_IS_SIDE_1 : 0;
}

/** Sent to itself: a socket that is connected to itself. */
function isSelf(packet: Packet): boolean {
  return (
    packet.sourcePort === packet.targetPort &&
    packet.source3 === packet.target3 &&
    packet.source2 === packet.target2 &&
    packet.source1 === packet.target1 &&
    packet.source0 === packet.target0
  );
}
