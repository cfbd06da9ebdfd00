/** What limits the trust in a verdict: packets that the capture itself lost. Pure, the same for files and live. */
import type { Drops } from '../../capture/reader.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { count } from './quantities.js';

/** Packets that were lost while capturing, as far as the capture says; 0 where it does not. */
export function lostPackets(drops: Drops | null): number {
  return (drops?.kernel ?? 0) + (drops?.interface ?? 0);
}

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

/** Findings that a lost packet may have made up. */
const DOUBTFUL = ['lost-segment', 'ack-lost-segment', 'one-direction', 'out-of-order', 'fin-retry'];

/** True where the verdict rests on something that was not seen, which lost packets put in doubt. */
export function restsOnAbsence(report: ConnectionReport): boolean {
  const { opening, closing, findingCounts } = report;
  const opened = opening.complete && opening.kind !== 'not-captured';
  return !opened || !closing.complete || DOUBTFUL.some((code) => (findingCounts[code] ?? 0) > 0);
}

/** The same of a UDP flow: "no answer seen". */
export function flowRestsOnAbsence(flow: UdpFlowReport): boolean {
  return !flow.answered && flow.answers === null && flow.icmp === null && flow.cast === 'unicast';
}

/** The caveat as a finding (CONTRACT.md), of the whole connection or flow. */
export function dropsFinding(text: string): Record<string, unknown> {
  return { code: 'drops-weaken', packet: 0, severity: 'warning', values: {}, text };
}
