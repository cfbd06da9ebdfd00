/** Names of the options of pictures. */

/** `auto`: as the reader's system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Graphs of a connection, as tcptrace has them. */
export const GRAPHS = ['time-sequence', 'rtt', 'window', 'throughput'] as const;
export type GraphName = (typeof GRAPHS)[number];

/** Whose data: the end that sent more where it is null. */
export interface GraphChoice {
  graph: GraphName;
  sender: 'client' | 'server' | null;
}
