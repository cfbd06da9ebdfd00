/**
 * Packets that the network delivered twice. In the capture such a packet looks like one that was captured twice; only
 * its receiver knows, and says so in a DSACK (RFC 2883 4.1).
 */
import { FIN } from '../../decode/packet.js';
import { CAPTURE_DUPLICATE } from '../memory/codes.js';
import type { Extras } from '../memory/extras.js';
import { appended } from '../memory/finding-log.js';
import type { Focus } from '../memory/focus.js';
import type { Occupied } from '../memory/observations.js';

/** A burst of copies may come before the first DSACK. */
const MOST = 16;

/** The list with the current segment added, and its oldest entry removed where it is long. */
export function withNewest(list: Occupied[], { packet, number, side }: Focus): Occupied[] {
  const from = packet.sequence;
  const to = (from + packet.payloadLength + ((packet.flags & FIN) === 0 ? 0 : 1)) | 0;
  if (to === from) return list;
  if (list.length === MOST) list.shift();
  return appended(list, { packet: number, side, from, to });
}

/** The current segment has a DSACK that ends at `edge`: a copy of those bytes is not an artefact of the capture. */
export function noteDoubled(extras: Extras, { number, side }: Focus, edge: number): void {
  const { copied, sentAgain } = extras;
  const at = copied.findLastIndex((copy) => copy.side !== side && copy.to === edge);
  const copy = copied[at];
  if (copy === undefined) return;
  // it arrived twice because its sender sent it twice
  const isSentAgain = (sent: Occupied): boolean =>
    sent.side !== side && ((edge - sent.from) | 0) > 0 && ((edge - sent.to) | 0) <= 0;
  if (sentAgain.some(isSentAgain)) return;
  extras.takeBack(copy.side, copy.packet, CAPTURE_DUPLICATE);
  extras.find('duplicated-by-network', copy.packet, copy.side, { told: number });
  copied.splice(at, 1);
}
