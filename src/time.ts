/**
 * Times of capture as text. Times are kept as whole seconds and nanoseconds, because a double cannot hold
 * nanoseconds since 1970.
 */

/** Texts of the last seconds: connections of one second come together. */
const known = new Map<number, string>();
const MAX_KNOWN = 1000;

function secondText(seconds: number): string {
  let text = known.get(seconds);
  if (text === undefined) {
    if (known.size === MAX_KNOWN) known.clear();
    text = new Date(seconds * 1000).toISOString().slice(0, 19);
    known.set(seconds, text);
  }
  return text;
}

/** From one time to another, in seconds. */
export function secondsBetween(from: WholeTime, to: WholeTime): number {
  return to.seconds - from.seconds + (to.nanoseconds - from.nanoseconds) / 1e9;
}

interface WholeTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** RFC 3339 in UTC with nanoseconds, e.g. `2026-11-22T14:00:00.123456789Z`; null for a year beyond 0..9999. */
export function rfc3339(seconds: number, nanoseconds: number): string | null {
  const carried = seconds + Math.floor(nanoseconds / 1e9);
  const rest = nanoseconds - Math.floor(nanoseconds / 1e9) * 1e9;
  // -62167219200 is year 0, 253402300799 the last second of year 9999
  if (!(carried >= -62167219200 && carried <= 253402300799)) return null;
  return `${secondText(carried)}.${String(Math.round(rest)).padStart(9, '0')}Z`;
}

/** Minutes that UTC is ahead of the local zone at that time; not a number beyond what a Date can have. */
export function zoneMinutes(seconds: number): number {
  return new Date(seconds * 1000).getTimezoneOffset();
}

/** `+02:00`. */
export function zoneText(seconds: number): string {
  const minutes = -zoneMinutes(seconds);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
