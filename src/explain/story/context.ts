/** What the story of a segment is read from. */
import { FIN_RETRY, RETRANSMISSION, SYN_ACK_RETRY, SYN_RETRY } from '../../track/memory/codes.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { End, Moment } from './moment.js';

export interface Context {
  segment: LadderSegment;
  moment: Moment;
  report: ConnectionReport;
  sender: End;
  receiver: End;
}

export function has({ codes }: LadderSegment, bit: number): boolean {
  return (codes & bit) !== 0;
}

export function isAgain(segment: LadderSegment): boolean {
  const { repeated, length } = segment;
  return has(segment, RETRANSMISSION | SYN_RETRY | SYN_ACK_RETRY | FIN_RETRY) || (repeated > 0 && length > 0);
}
