/** The part of the page's address that says what is shown: `#connection=3&packet=17`. */

export interface Place {
  connection: number | null;
  packet: number | null;
}

export const NOWHERE: Place = { connection: null, packet: null };

export function placeOf(hash: string): Place {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const connection = numberOf(parts.get('connection'));
  return { connection, packet: connection === null ? null : numberOf(parts.get('packet')) };
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function hashOf({ connection, packet }: Place): string {
  if (connection === null) return '#connections';
  return packet === null ? `#connection=${connection}` : `#connection=${connection}&packet=${packet}`;
}
