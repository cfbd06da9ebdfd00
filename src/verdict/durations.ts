/** Nanoseconds as the seconds of the JSON. */

export function seconds(nanoseconds: number): number {
  return nanoseconds / 1e9;
}

/** In seconds; null where the clock went back in between. */
export function lasting(nanoseconds: number): number | null {
  return nanoseconds < 0 ? null : nanoseconds / 1e9;
}
