/** Numbers as people read them: a comma before the fraction, thousands with a full stop. */
import type { Noun } from '../en/nouns.js';
import { quantitiesWith } from '../shared/quantities.js';
import { nounForm } from './noun-forms.js';

export const {
  grouped,
  byteAmount,
  byteCell,
  durationText,
  durationsText,
  durationCell,
  roundDuration,
  decimalText,
} = quantitiesWith({ fraction: ',', thousands: '.' });

/** `0 SYN`, `1 SYN`, `3 SYNs`; `mais 3 ACKs`. */
export function count(n: number, noun: Noun): string {
  const form = nounForm(n, noun);
  return form.includes('#') ? form.replace('#', grouped(n)) : `${grouped(n)} ${form}`;
}

/** `1 byte`, `1.234 bytes`. */
export function byteCount(n: number): string {
  return count(n, 'byte');
}
