/** Names of what connections can be grouped and sorted by, in a file of their own: the command line needs them at once. */

export const PLAIN_KEYS = ['server', 'client', 'pair', 'server-port', 'outcome'] as const;
export type PlainKey = (typeof PLAIN_KEYS)[number];

export const TIME_KEYS = ['second', 'minute', 'hour', 'day'] as const;
export type TimeKey = (typeof TIME_KEYS)[number];

/** As they are listed: any number of bits may follow `network/`. */
export const KEY_NAMES: readonly string[] = [...PLAIN_KEYS, 'network/24', ...TIME_KEYS];

/** The bits of `network/24`; null for another name. */
export function networkBits(name: string): number | null {
  const [, bits] = /^network\/(\d{1,3})$/.exec(name) ?? [];
  return bits === undefined || Number(bits) > 128 ? null : Number(bits);
}

export function isKeyName(name: string): boolean {
  return KEY_NAMES.includes(name) || networkBits(name) !== null;
}

export const GROUP_SORTS = [
  'connections',
  'failed',
  'refused',
  'no-answer',
  'reset',
  'connect',
  'response',
  'bytes',
  'retransmissions',
] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

export interface GroupOrder {
  key: GroupSort;
  /** The smallest first. */
  reversed: boolean;
}

/** What a histogram is of. */
export const HISTOGRAMS = ['connect', 'response', 'duration'] as const;
export type HistogramOf = (typeof HISTOGRAMS)[number];
