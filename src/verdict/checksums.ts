/**
 * What wrong checksums mean (RFC 9293 3.1: a receiver drops such a segment).
 *
 * - Not filled in when captured: all segments of a side have the pseudo-header's sum, and the other side answers.
 * - Addresses or ports rewritten: all differ by the same amount.
 * - Wrong: dropped by its receiver, where it was sent again, or the capture goes on for long, without an acknowledgement.
 */

import type { Finding } from '../track/memory/finding-log.js';
import type { WrongSums } from '../track/memory/observations.js';
import { filledChecksum, hasAcked, leftChecksums } from '../track/results/named-facts.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { hasAcknowledged } from '../track/rfc9293/sequence.js';

/** Longer than any usual retransmission timeout: an acknowledgement that has not come by then does not come. */
const HOLD_LIMIT_NS = 3e9;

export function judgeChecksums(connection: ConnectionSnapshot): Finding[] {
  const { ends, extras, firstPacket } = connection;
  const found: Finding[] = [];
  for (const side of [0, 1] as const) {
    if (!leftChecksums(ends[side]) || filledChecksum(ends[side])) continue;
    const values = { answered: answered(connection, side) ? 1 : 0 };
    found.push({ code: 'checksum-offload', packet: firstPacket, by: side, values });
  }
  const sides = ([0, 1] as const).flatMap((side) => {
    const wrong = extras?.wrongSums[side] ?? null;
    return wrong === null ? [] : [{ side, wrong }];
  });
  const rewritten = areRewritten(connection, sides);
  const [first] = sides;
  if (rewritten && first !== undefined) {
    const packet = Math.min(...sides.map(({ wrong }) => wrong.packet));
    found.push({ code: 'addresses-rewritten', packet, by: first.side });
  }
  for (const { side, wrong } of sides) {
    const fate = fateOf(connection, side, wrong);
    // rewritten after the capture or harmless, unless the receiver drops all of it
    if (rewritten && (fate.taken > 0 || sides.length === 2 || fate.dropped === 0)) continue;
    const values = {
      count: wrong.count,
      ...fate,
      ...(isRefuted(connection, side, wrong) ? { dropped: 1, refuted: 1 } : {}),
    };
    found.push({ code: 'checksum-wrong', packet: wrong.packet, by: side, values });
  }
  return found;
}

/** The other side has acknowledged something, or refused it. */
function answered({ ends, extras }: ConnectionSnapshot, side: 0 | 1): boolean {
  const other = side === 0 ? 1 : 0;
  return hasAcked(ends[other]) || extras?.reset?.side === other;
}

/** The pseudo-header is the same in both directions, so a change of both addresses changes both sides by the same amount. */
function areRewritten({ ends }: ConnectionSnapshot, sides: { side: 0 | 1; wrong: WrongSums }[]): boolean {
  if (sides.some(({ side }) => filledChecksum(ends[side]))) return false;
  // of each side either the whole sum is off, or that of the pseudo-header, which was left to the card before
  const amounts = sides.map(({ wrong }) => [wrong.whole, wrong.unfilled].filter(({ alike }) => alike));
  const [own = [], other = own] = amounts;
  return own.some((one) =>
    other.some((two) => one.off === two.off && (one.various || two.various || one.wanted !== two.wanted)),
  );
}

/** The only one is an RST after which both ends go on: its receiver dropped it. */
function isRefuted({ extras }: ConnectionSnapshot, side: 0 | 1, { count, packet }: WrongSums): boolean {
  if (count !== 1) return false;
  const found = extras?.findings() ?? [];
  return found.some((each) => each.code === 'rst-refuted' && each.by === side && each.packet === packet);
}

/** How many were dropped by the receiver, and taken; of the others it is not known. */
function fateOf(
  { ends, captureEndsAt }: ConnectionSnapshot,
  side: 0 | 1,
  { dropped, taken, waiting }: WrongSums,
): { dropped: number; taken: number } {
  const other = ends[side === 0 ? 1 : 0];
  const fate = { dropped, taken };
  for (const { end, at } of waiting) {
    if (hasAcknowledged(other, end)) fate.taken++;
    else if (captureEndsAt - at > HOLD_LIMIT_NS) fate.dropped++;
  }
  return fate;
}
