/** The way of each end through the states of RFC 9293 (Figure 5), and which segment caused each step. */
import type { Segment } from './segments.js';

export type End = 'client' | 'server';

export interface StateStep {
  end: End;
  from: string;
  to: string;
  packet: number;
  /** What caused it, e.g. `SYN-ACK`. */
  cause: string;
}

/** The state of an end before the first segment that shows it. */
const BEFORE: Readonly<Record<string, string>> = {
  'SYN-SENT': 'CLOSED',
  LISTEN: 'CLOSED',
  'SYN-RECEIVED': 'LISTEN',
};

export function statePath(segments: readonly Segment[]): StateStep[] {
  const steps: StateStep[] = [];
  const now: Record<End, string> = { client: '', server: '' };
  for (const segment of segments) {
    for (const end of ['client', 'server'] as const) {
      const to = segment[end];
      const from = now[end];
      now[end] = to;
      if (to === from || to === 'unseen') continue;
      const known = from === '' || from === 'unseen' ? BEFORE[to] : from;
      if (known === undefined) continue;
      steps.push({ end, from: known, to, packet: segment.packet, cause: segment.title });
    }
  }
  return steps;
}

/** The state of an end after a packet: that of the last step up to it; CLOSED before all of them. */
export function stateAt(segments: readonly Segment[], end: End, packet: number): string {
  const last = segments.findLast((segment) => segment.packet <= packet);
  return last?.[end] ?? 'CLOSED';
}
