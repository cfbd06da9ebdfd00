/** What limits the trust in a verdict: packets that the capture itself lost. Pure, the same for files and live. */
import type { Drops } from '../../capture/reader.js';
import { lostPackets } from '../../verdict/losses.js';
import { count } from './quantities.js';

/** What lost packets mean for a verdict, in a sentence without its full stop; null where none were lost. */
export function dropsCaveat(drops: Drops | null): string | null {
  const lost = lostPackets(drops);
  return lost === 0
    ? null
    : `${count(lost, 'packet')} lost while capturing: "not seen" may mean "not captured"`;
}

/** Connections and flows that were evicted because there were too many; `halfOpen` had not opened. */
export interface Evicted {
  halfOpen: number;
  others: number;
  udpFlows: number;
}

/** What was evicted before its end, in a sentence without its full stop; null where nothing was. */
export function evictionCaveat({ halfOpen, others, udpFlows }: Evicted): string | null {
  const parts: string[] = [];
  const connections = halfOpen + others;
  if (connections > 0) parts.push(`${count(connections, 'connection')} (${halfOpen} never opened)`);
  if (udpFlows > 0) parts.push(count(udpFlows, 'UDP flow'));
  return parts.length === 0 ? null : `${parts.join(' and ')} reported before their end for lack of room`;
}
