/** Values of a list as the text of cells. */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import { rfc3339, secondsBetween } from '../../time.js';
import type { EndpointAddress } from '../../verdict/report.js';
import type { Form, ListValue } from '../list-columns.js';

/** How times of day are shown: `--time`. */
export interface TimeStyle {
  how: 'utc' | 'local' | 'relative' | 'epoch';
  /** Where `relative` counts from. */
  from: Time | null;
  /** Digits of the seconds' fraction, and the date where it is needed. */
  detail: 'seconds' | 'milliseconds' | 'full';
}

export const UNKNOWN_CELL = '-';

export function cellText(value: ListValue, form: Form, time: TimeStyle): string {
  if (value === null) return UNKNOWN_CELL;
  if (typeof value === 'object')
    return 'seconds' in value ? timeText(value, time) : endpointText(value.address, value.port);
  if (typeof value !== 'number') return String(value);
  if (form === 'seconds') return phrases.durationCell(value);
  if (form === 'bytes') return phrases.byteCell(value);
  if (form === 'share') return phrases.shareText(value, 1);
  return form === 'count' ? phrases.grouped(value) : String(value);
}

export function timeText(at: Time, { how, from, detail }: TimeStyle): string {
  if (how === 'relative' && from !== null) {
    return phrases.decimalText(secondsBetween(from, at), detail === 'seconds' ? 3 : 6);
  }
  if (how === 'epoch')
    return `${at.seconds}.${String(at.nanoseconds)
      .padStart(9, '0')
      .slice(0, detail === 'full' ? 9 : 3)}`;
  const shifted = how === 'local' ? at.seconds - zoneMinutes(at.seconds) * 60 : at.seconds;
  const text = rfc3339(shifted, at.nanoseconds);
  if (text === null) return UNKNOWN_CELL;
  if (detail === 'seconds') return text.slice(11, 19);
  if (detail === 'milliseconds') return text.slice(11, 23);
  return `${text.slice(0, 23)}${how === 'local' ? zoneText(at.seconds) : 'Z'}`;
}

/** Minutes that UTC is ahead of the local zone at that time. */
function zoneMinutes(seconds: number): number {
  return new Date(seconds * 1000).getTimezoneOffset();
}

/** `+02:00`. */
export function zoneText(seconds: number): string {
  const minutes = -zoneMinutes(seconds);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

/** An address shortened in the middle: `[2001:db8…:10]:443`. */
export function shortEndpoint({ address, port }: EndpointAddress): string {
  const parts = address.split(':');
  if (parts.length < 5) return endpointText(address, port);
  const last = parts.at(-1) ?? '';
  return `[${parts.slice(0, 2).join(':')}…:${last}]:${port}`;
}
