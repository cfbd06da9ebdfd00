/** A FIN that the capture may have missed. */
import type { ConnectionReport } from '../../verdict/report.js';

/**
 * The packet of the end whose FIN was captured that acknowledges more of the other end than was captured, after that FIN:
 * perhaps the other FIN. Null without one.
 */
export function acknowledgesUncaptured({
  closing,
  findings,
  clientSide,
}: Pick<ConnectionReport, 'closing' | 'findings' | 'clientSide'>): number | null {
  const fin = closing.packets[0] ?? Number.POSITIVE_INFINITY;
  const side = closing.initiator === 'client' ? clientSide : 1 - clientSide;
  const found = findings.find(
    ({ code, packet, by }) => code === 'ack-lost-segment' && packet > fin && by === side,
  );
  return found?.packet ?? null;
}
