/** Segments that are kept after their frame is gone. */
import { NO_BYTES } from '../../capture/frame.js';
import { lookAtChecksum } from '../../decode/checksum.js';
import { Packet } from '../../decode/packet.js';
import { TcpOptions } from '../../decode/tcp-options.js';
import type { Arrival } from './focus.js';

/** A copy of an arrival that stays valid without the frame: without its bytes. */
export function copyArrival(arrival: Arrival): Arrival {
  const { number, seconds, nanoseconds, at } = arrival;
  // looked at while its bytes are there
  lookAtChecksum(arrival.packet);
  const { paths, inflateRaw, aggregate, fragments } = arrival.packet;
  const packet = Object.assign(new Packet(paths, inflateRaw, aggregate, fragments), arrival.packet);
  packet.view = NO_BYTES;
  packet.captureEnd = 0;
  return {
    packet,
    options: Object.assign(new TcpOptions(), arrival.options),
    number,
    seconds,
    nanoseconds,
    at,
  };
}
