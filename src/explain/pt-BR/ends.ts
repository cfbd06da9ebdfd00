/** The two ends of a connection. Both nouns are masculine: articles and prepositions follow. */
export type End = 'client' | 'server';

const NAMES: Readonly<Record<End, string>> = { client: 'cliente', server: 'servidor' };

export function endName(end: End): string {
  return NAMES[end];
}

export function otherOf(end: End): End {
  return end === 'client' ? 'server' : 'client';
}

/** An end as code has it: `client`, `server`. */
export function endOf(name: string): End {
  return name === 'client' ? 'client' : 'server';
}
