/** By what connections and groups are sorted: `--sort connect`, or `--sort=-connect` for the other way round. */
import type { InvalidArgumentError } from 'commander';
import { GROUP_SORTS, type GroupOrder } from '../../group/names.js';
import type { OrderKey } from '../../render/list-order.js';
import { nearest } from '../../where/suggest.js';
import { argumentError } from './argument-error.js';

export const SORT_KEYS = [
  'end',
  'start',
  'connect',
  'response',
  'duration',
  'bytes',
  'retransmissions',
] as const;
const OF_GROUPS = GROUP_SORTS;

/** Of connections and of groups. */
export const SORT_NAMES: readonly string[] = [...new Set([...SORT_KEYS, ...OF_GROUPS])];

export interface SortOrder {
  key: OrderKey | GroupOrder['key'];
  /** The reverse of the default order: the smallest first, or the latest. */
  reversed: boolean;
}

export const SORT_HELP = `by ${SORT_KEYS.join(', ')}; groups also by connections, failed, refused, no-answer, reset; largest first, times from the first on; - turns it round`;

export function sortOrder(value: string): SortOrder {
  const reversed = value.startsWith('-');
  const name = reversed ? value.slice(1) : value;
  const key = [...SORT_KEYS, ...OF_GROUPS].find((known) => known === name);
  if (key === undefined) throw oneExpected(name, SORT_NAMES);
  return { key, reversed };
}

/** What is wrong with a value that is none of these, with the one that was probably meant. */
export function oneExpected(value: string, names: readonly string[]): InvalidArgumentError {
  return argumentError({ kind: 'one-expected', names, meant: nearest(value, names) });
}

/** The order of a list of connections; null for one of groups alone. */
export function listOrder({ key, reversed }: SortOrder): { key: OrderKey; reversed: boolean } | null {
  const found = SORT_KEYS.find((known) => known === key);
  return found === undefined ? null : { key: found, reversed };
}

/** The order of groups; null for one of connections alone. */
export function groupOrderOf({ key, reversed }: SortOrder): GroupOrder | null {
  const found = OF_GROUPS.find((known) => known === key);
  return found === undefined ? null : { key: found, reversed };
}

/** Formats for programs come in the order in which connections end, or by their start. */
export function isCaptureOrder({ key, reversed }: SortOrder): boolean {
  return !reversed && (key === 'end' || key === 'start');
}
