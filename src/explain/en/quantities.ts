/** Numbers as people read them: a full stop before the fraction, thousands with a comma. */
import { quantitiesWith } from '../shared/quantities.js';
import type { Noun } from './nouns.js';

export const {
  grouped,
  byteAmount,
  byteCell,
  durationText,
  durationsText,
  durationCell,
  roundDuration,
  decimalText,
} = quantitiesWith({ fraction: '.', thousands: ',' });

/** `1 SYN`, `3 SYNs`. */
export function count(n: number, noun: Noun): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `1 byte`, `1,234 bytes`. */
export function byteCount(n: number): string {
  return count(n, 'byte');
}
