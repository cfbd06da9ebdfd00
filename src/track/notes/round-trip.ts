/** Round-trip times, as the capture point sees them. */
import { ACK, type Packet } from '../../decode/packet.js';
import { type EndpointCursor, RTT_RUNNING } from '../memory/connection.js';
import type { Distribution, Medians } from '../memory/medians.js';

const NONE = -1;

/**
 * Round-trip times as the capture point sees them: one segment at a time is timed until it is acknowledged,
 * none that was sent again (Karn's algorithm, RFC 6298 3), and none behind one that waits for its answer, so that
 * `rttSentAt` says since when the end waits. `timed`: all of them are kept, not only the shortest.
 * Nanoseconds from the timed segment to this one, which acknowledges it; -1 where it does not.
 */
export function timeRoundTrip(
  medians: Medians,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  advances: boolean,
  again: boolean,
  timed: boolean,
  at: number,
): number {
  let measured = NONE;
  if ((packet.flags & ACK) !== 0 && (receiver.bits & RTT_RUNNING) !== 0) {
    if (((packet.acknowledgement - receiver.rttSequence) | 0) >= 0) {
      const time = at - receiver.rttSentAt;
      receiver.bits &= ~RTT_RUNNING;
      if (time >= 0) {
        addRoundTrip(medians, receiver, timed, time);
        measured = time;
      }
    }
  }
  if (again) sender.bits &= ~RTT_RUNNING;
  else if (advances && (sender.bits & RTT_RUNNING) === 0 && sender.unanswered <= 1) {
    sender.bits |= RTT_RUNNING;
    sender.rttSequence = sender.nextSequence;
    sender.rttSentAt = at;
  }
  return measured;
}

/** Most ends of a flood or of idle connections have one round trip only: it needs no row. */
function addRoundTrip(medians: Medians, end: EndpointCursor, timed: boolean, time: number): void {
  const count = end.rttCount;
  if (timed && count > 0) {
    if (count === 1) end.rttRow = medians.add(0, 0, end.rttMin);
    end.rttRow = medians.add(end.rttRow, count, time);
  }
  if (count === 0 || time < end.rttMin) end.rttMin = time;
  end.rttCount = timed ? count + 1 : 1;
}

/** The round trips of an end's segments. */
export function roundTripsOf(medians: Medians, end: EndpointCursor): Distribution {
  const { rttCount, rttMin } = end;
  if (rttCount !== 1) return medians.of(end.rttRow, rttCount);
  return { count: 1, first: rttMin, min: rttMin, median: rttMin, max: rttMin };
}
