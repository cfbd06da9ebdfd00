/** Times of day in tables and overviews: `--time`. */
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import { rfc3339, secondsBetween, zoneMinutes, zoneText } from '../../time.js';

export interface TimeStyle {
  how: 'utc' | 'local' | 'relative' | 'delta' | 'epoch';
  /** Where `relative` and `delta` count from: the first packet, or the row before. */
  from: Time | null;
  /** Digits of the seconds' fraction; `full` has the date too. */
  detail: 'seconds' | 'milliseconds' | 'full';
  /** What of the date goes before a short time of day. */
  date?: DatePart;
}

/** Before the first row there is none. */
const UNKNOWN_TIME = '-';

export type DatePart = 'none' | 'day' | 'year';

export function timeText(at: Time, style: TimeStyle): string {
  const { how, from, detail, date } = style;
  if (how === 'relative' || how === 'delta') {
    if (from === null) return how === 'delta' ? UNKNOWN_TIME : timeText(at, { ...style, how: 'utc' });
    return phrases.decimalText(secondsBetween(from, at), detail === 'seconds' ? 3 : 6);
  }
  const text = how === 'epoch' ? null : rfc3339(shifted(at, how), at.nanoseconds);
  // a year that RFC 3339 cannot write
  if (text === null) return epochText(at, detail === 'full' ? 9 : 3);
  if (detail === 'full') return `${text.slice(0, 23)}${how === 'local' ? zoneText(at.seconds) : 'Z'}`;
  const ofDay = text.slice(11, detail === 'seconds' ? 19 : 23);
  return date === undefined || date === 'none' ? ofDay : `${text.slice(date === 'day' ? 5 : 0, 10)} ${ofDay}`;
}

function shifted({ seconds }: Time, how: 'utc' | 'local'): number {
  return how === 'local' ? seconds - zoneMinutes(seconds) * 60 : seconds;
}

function epochText({ seconds, nanoseconds }: Time, digits: number): string {
  const isBefore = seconds < 0 && nanoseconds > 0;
  const [whole, part] = isBefore ? [-seconds - 1, 1e9 - nanoseconds] : [Math.abs(seconds), nanoseconds];
  return `${seconds < 0 ? '-' : ''}${whole}.${String(part).padStart(9, '0').slice(0, digits)}`;
}

/** For what is no row of a table: its time of day where rows count from the row before. */
export function clockStyle(style: TimeStyle): TimeStyle {
  return style.how === 'delta' ? { ...style, how: 'utc' } : style;
}

/** The part of the date that differs between times: nothing where all are of one day. */
export function datePart(times: Iterable<Time>, how: TimeStyle['how']): DatePart {
  if (how !== 'utc' && how !== 'local') return 'none';
  let [first, last] = ['', ''];
  for (const at of times) {
    const day = rfc3339(shifted(at, how), at.nanoseconds)?.slice(0, 10) ?? '';
    if (day === '') continue;
    if (first === '' || day < first) first = day;
    if (day > last) last = day;
  }
  if (first === last) return 'none';
  return first.slice(0, 4) === last.slice(0, 4) ? 'day' : 'year';
}
