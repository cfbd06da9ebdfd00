/** What an ICMP error says of the packet that it quotes. */
import type { Packet } from '../../decode/packet.js';
import type { IcmpAnswer } from './extras.js';

export function icmpAnswer(packet: Packet, number: number, at: number, side: 0 | 1): IcmpAnswer {
  return {
    packet: number,
    at,
    version: packet.ipVersion === 6 ? 6 : 4,
    typeAndCode: packet.icmp,
    mtu: packet.icmpMtu === 0 ? null : packet.icmpMtu,
    side,
    from: [packet.icmpSource0, packet.icmpSource1, packet.icmpSource2, packet.icmpSource3],
  };
}
