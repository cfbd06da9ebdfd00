/** Segments that are kept after their frame is gone. */
import { NO_BYTES } from '../../capture/frame.js';
import { lookAtChecksum } from '../../decode/checksum.js';
import { Packet } from '../../decode/packet.js';
import { HAS_SACK, NO_EDGES, TcpOptions } from '../../decode/tcp-options.js';
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
    options: copyOptions(arrival.options),
    number,
    seconds,
    nanoseconds,
    at,
  };
}

function copyOptions(options: TcpOptions): TcpOptions {
  const sacks = (options.bits & HAS_SACK) === 0 ? NO_EDGES : options.sacks.slice();
  return Object.assign(new TcpOptions(), options, { sacks });
}
