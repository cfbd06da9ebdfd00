/** Packets that the capture itself lost, and the verdicts that they put in doubt: decided only here. */
import type { ConnectionReport } from './report.js';
import type { UdpFlowReport } from './udp.js';

/** Packets lost in the kernel and on the interface; null where the capture does not say. */
export interface Losses {
  kernel: number | null;
  interface: number | null;
}

/** What every output format has of the finding, apart from its text. */
export const DROPS_WEAKEN = { code: 'drops-weaken', packet: 0, severity: 'warning' } as const;

/** As far as the capture says; 0 where it does not. */
export function lostPackets(losses: Losses | null): number {
  return (losses?.kernel ?? 0) + (losses?.interface ?? 0);
}

/** Findings that a lost packet may have made up. */
const DOUBTFUL = ['lost-segment', 'ack-lost-segment', 'one-direction', 'out-of-order', 'fin-retry'];

/** True where the verdict rests on something that was not seen. */
export function restsOnAbsence({ opening, closing, findingCounts }: ConnectionReport): boolean {
  const opened = opening.complete && opening.kind !== 'not-captured';
  return !opened || !closing.complete || DOUBTFUL.some((code) => (findingCounts[code] ?? 0) > 0);
}

/** The same of a UDP flow: "no answer seen". */
export function flowRestsOnAbsence({ answered, answers, icmp, cast }: UdpFlowReport): boolean {
  return !answered && answers === null && icmp === null && cast === 'unicast';
}

/** The losses where they put the verdict in doubt, else null. */
export function doubtedBy<L extends Losses>(report: ConnectionReport, losses: L | null): L | null {
  return lostPackets(losses) > 0 && restsOnAbsence(report) ? losses : null;
}

/** The same of a UDP flow. */
export function flowDoubtedBy<L extends Losses>(flow: UdpFlowReport, losses: L | null): L | null {
  return lostPackets(losses) > 0 && flowRestsOnAbsence(flow) ? losses : null;
}
