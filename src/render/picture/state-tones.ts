/** How far a connection has come, by the state of an end: the colors of bars and of state diagrams. */
export type StateTone = 'opening' | 'open' | 'closing';

const TONES: Readonly<Record<string, StateTone>> = {
  'SYN-SENT': 'opening',
  'SYN-RECEIVED': 'opening',
  ESTABLISHED: 'open',
  'FIN-WAIT-1': 'closing',
  'FIN-WAIT-2': 'closing',
  'CLOSE-WAIT': 'closing',
  CLOSING: 'closing',
  'LAST-ACK': 'closing',
  'TIME-WAIT': 'closing',
};

/** Null for CLOSED, LISTEN and unseen. */
export function stateTone(state: string): StateTone | null {
  return TONES[state] ?? null;
}
