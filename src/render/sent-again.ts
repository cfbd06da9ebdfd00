/** Whether a segment was sent before. */
import {
  FIN_RETRY,
  KEEP_ALIVE,
  RETRANSMISSION,
  SYN_ACK_RETRY,
  SYN_RETRY,
  ZERO_WINDOW_PROBE,
} from '../track/memory/codes.js';
import type { LadderSegment } from '../track/memory/extras.js';

const AGAIN = RETRANSMISSION | SYN_RETRY | SYN_ACK_RETRY | FIN_RETRY;
/** These repeat a byte to ask for an answer. */
const PROBES = ZERO_WINDOW_PROBE | KEEP_ALIVE;

/** At least in part: its bytes are in the capture already, or it is known to be a retransmission. */
export function isSentAgain({ codes, repeated }: Pick<LadderSegment, 'codes' | 'repeated'>): boolean {
  return (codes & PROBES) === 0 && (repeated > 0 || (codes & AGAIN) !== 0);
}
