/** Traces of the network card's work at the place of capture. */
import type { Packet } from '../../decode/packet.js';
import { type EndpointCursor, LARGER_THAN_MSS, MSS } from '../memory/connection.js';

/** Segments longer than the MSS: the network card cuts them after the capture point, or joined them before it. */
export function noteLength(sender: EndpointCursor, receiver: EndpointCursor, packet: Packet): void {
  // reassembled: its length proves nothing
  if (packet.ipOffset < 0) return;
  const mss = receiver.mssScaleTtl & MSS;
  if (mss > 0 && packet.payloadLength > mss) sender.bits |= LARGER_THAN_MSS;
}
