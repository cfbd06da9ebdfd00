/** The part of the page's address that says what is shown: `#connection=3&packet=17`, `#flow=2`. */

export interface Place {
  connection: number | null;
  packet: number | null;
  /** A UDP flow; null with a connection. */
  flow: number | null;
}

export const NOWHERE: Place = { connection: null, packet: null, flow: null };

export function placeOf(hash: string): Place {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const connection = numberOf(parts.get('connection'));
  if (connection === null) return { ...NOWHERE, flow: numberOf(parts.get('flow')) };
  return { connection, packet: numberOf(parts.get('packet')), flow: null };
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function hashOf({ connection, packet, flow }: Place): string {
  if (flow !== null) return `#flow=${flow}`;
  if (connection === null) return '#connections';
  return packet === null ? `#connection=${connection}` : `#connection=${connection}&packet=${packet}`;
}
