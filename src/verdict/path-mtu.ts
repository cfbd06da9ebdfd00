/** What a sender made of segments that are too big for the path. To read first: RFC 1191, RFC 8201, RFC 2923 2.1. */

import type { Finding } from '../track/memory/finding-log.js';
import type { Stall, TooBig } from '../track/memory/observations.js';
import { STALLED } from '../track/notes/path-mtu.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';

/** The shortest retransmission timeout of usual systems: segments sent later were not in flight when the error came. */
const LATER_NS = 200e6;

export function judgePathMtu({ ends, extras }: ConnectionSnapshot): Finding[] {
  if (extras === null) return [];
  const found: Finding[] = [];
  for (const side of [0, 1] as const) {
    const tooBig = extras.tooBig[side];
    const stall = extras.stalls[side];
    const finding =
      tooBig !== null
        ? afterError(tooBig, side)
        : stall !== null
          ? blackHole(stall, side, ends[side === 0 ? 1 : 0].acknowledged)
          : null;
    if (finding !== null) found.push(finding);
  }
  return found;
}

function afterError(tooBig: TooBig, side: 0 | 1): Finding | null {
  const { packet, at, mtu, refusedAgain, large, largeAt, smaller } = tooBig;
  const known = mtu === null ? {} : { mtu };
  const repeated = large >= 2 && largeAt - at >= LATER_NS;
  if (refusedAgain > 0 || repeated) {
    const count = Math.max(large, refusedAgain);
    return { code: 'path-mtu-ignored', packet, by: side, values: { ...known, count, smaller } };
  }
  return smaller === 0 ? null : { code: 'path-mtu-obeyed', packet: smaller, by: side, values: known };
}

/** `acknowledged`: how far the other side got. */
function blackHole(stall: Stall, side: 0 | 1, acknowledged: number): Finding | null {
  const { sequence, length, count, packet, heard, smaller } = stall;
  // a shorter one arrives after it, or in its place
  const shorterArrives = heard || (smaller !== 0 && acknowledged !== sequence);
  if (count < STALLED || !shorterArrives) return null;
  // in the end it arrived as it was
  if (acknowledged !== sequence && smaller === 0) return null;
  return { code: 'path-mtu-black-hole', packet, by: side, values: { length, count, smaller } };
}
