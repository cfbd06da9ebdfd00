/** Times of a ladder in one unit, with the decimals that distinguish neighbours, and one more. */
import { phrases } from '../../explain/phrases.js';

export interface TimeColumn {
  unit: 'ms' | 's';
  /** Of all times, the text that takes most room. */
  longest: string;
  text(seconds: number): string;
}

/** Characters that there is room for. */
const LONGEST = 10;
const UNKNOWN = '–';
const MAX_DECIMALS = { ms: 3, s: 6 } as const;

export function timeColumn(times: readonly number[]): TimeColumn {
  const longest = Math.max(0, ...times);
  const unit = longest < 10 ? 'ms' : 's';
  const scale = unit === 'ms' ? 1000 : 1;
  let least = Number.POSITIVE_INFINITY;
  times.forEach((time, at) => {
    const gap = Math.abs(time - (times[at - 1] ?? Number.NEGATIVE_INFINITY)) * scale;
    if (gap > 0 && gap < least) least = gap;
  });
  const needed = Number.isFinite(least) ? Math.ceil(-Math.log10(least)) + 1 : 1;
  const digits = Math.floor(Math.max(1, longest * scale)).toString().length;
  const decimals = Math.max(0, Math.min(MAX_DECIMALS[unit], Math.max(1, needed), LONGEST - digits - 1));
  // not known: the clock was set back
  const text = (seconds: number): string =>
    seconds < 0 ? UNKNOWN : phrases.decimalText(seconds * scale, decimals);
  return { unit, longest: text(longest), text };
}
