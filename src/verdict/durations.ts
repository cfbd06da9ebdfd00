/** Nanoseconds as the seconds of the JSON. */
import type { LocatedFacts } from '../track/results/snapshot.js';

export function seconds(nanoseconds: number): number {
  return nanoseconds / 1e9;
}

/** One of the response times of a connection in seconds; null where none was measured. */
export function responseTime(
  { responses }: Pick<LocatedFacts, 'responses'>,
  which: 'first' | 'median' | 'max',
): number | null {
  const measured = responses();
  return measured.count === 0 ? null : seconds(measured[which]);
}

/** In seconds; null where the clock went back in between. */
export function lasting(nanoseconds: number): number | null {
  return nanoseconds < 0 ? null : nanoseconds / 1e9;
}
