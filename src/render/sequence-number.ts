/** Sequence and acknowledgement numbers as people read them. */

/** No window is larger (RFC 7323 2.2). */
const MAX_WINDOW = 2 ** 30;
/** SYN and FIN occupy a number each. */
const SYN_AND_FIN = 2;

/**
 * A number relative to the first one of its end, which has sent this many bytes. A number before
 * the first, or far beyond the last, stays raw, and so does the 0 of an end that has no numbers for the
 * connection (RFC 9293 3.10.7.1).
 */
export function numberText(relative: number, raw: number, sent: number, absolute: boolean): string {
  if (absolute) return String(raw);
  const beyond = relative - sent - SYN_AND_FIN;
  return beyond > MAX_WINDOW || (raw === 0 && beyond > 0) ? `${raw} (raw)` : String(relative);
}
