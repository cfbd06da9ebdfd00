/** The parts of a graph of time that are worth magnifying, as bursts vanish in the whole. */

export interface Lens {
  from: number;
  to: number;
}

/** Minimum magnification of a lens: widths of its part in the width of the graph. */
const LEAST_ZOOM = 8;
/** A burst has at least this many events, and this share of all. */
const LEAST_EVENTS = 4;
const LEAST_SHARE = 0.15;
const MOST_LENSES = 2;

/** `times`: of what is shown, in order. In the order of time; none where nothing is dense. */
export function lensesOf(times: readonly number[], duration: number): Lens[] {
  const width = duration / (LEAST_ZOOM * 2);
  const found: Lens[] = [];
  while (found.length < MOST_LENSES) {
    const burst = densest(times, width, found);
    if (burst === null) break;
    const pad = Math.max((burst.to - burst.from) * 0.15, duration * 1e-5);
    found.push({ from: Math.max(0, burst.from - pad), to: burst.to + pad });
  }
  return found.sort((a, b) => a.from - b.from);
}

function densest(times: readonly number[], width: number, taken: readonly Lens[]): Lens | null {
  let best: { from: number; to: number; events: number } | null = null;
  let start = 0;
  times.forEach((to, end) => {
    while ((times[start] ?? 0) < to - width) start++;
    const from = times[start] ?? to;
    const events = end - start + 1;
    const overlaps = taken.some((lens) => from < lens.to && to > lens.from);
    if (!overlaps && events > (best?.events ?? 0)) best = { from, to, events };
  });
  const found = best as { from: number; to: number; events: number } | null;
  if (found === null || found.events < Math.max(LEAST_EVENTS, times.length * LEAST_SHARE)) return null;
  return found.to > found.from ? found : null;
}
