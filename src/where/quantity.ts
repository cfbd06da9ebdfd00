/** Times and sizes with a unit, e.g. `200ms`, `1MB`. */

/** Factors to seconds and bytes (SI and IEC). */
export const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

const TIMES: ReadonlySet<string> = new Set(['ns', 'us', 'µs', 'ms', 's', 'm', 'min', 'h', 'd']);

/** A time as an option takes it, e.g. `200ms`, in seconds; null where it is none. */
export function parseDuration(written: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([A-Za-zµ]*)$/.exec(written.trim());
  if (match === null) return null;
  const [, digits = '', unit = ''] = match;
  if (unit === '') return Number(digits);
  return TIMES.has(unit) ? inUnit(digits, UNITS[unit] ?? 1) : null;
}

/** With as few digits as identify it: 0.2 for `200ms`. */
export function inUnit(digits: string, factor: number): number {
  return Number((Number(digits) * factor).toPrecision(15));
}
