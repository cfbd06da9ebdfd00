/** How many of something began when: counted in narrow steps that widen as time goes on, shown in a few equal ones. */

/** Steps that are kept. */
const STEPS = 4096;
/** The first width: a millisecond, in nanoseconds. */
const FIRST_WIDTH = 1e6;

export class Timeline {
  private width = FIRST_WIDTH;
  private readonly counts = new Uint32Array(STEPS);

  /** `at`: nanoseconds since the capture began; earlier ones count at its beginning. */
  add(at: number): void {
    let step = Math.max(0, Math.floor(at / this.width));
    while (step >= STEPS) {
      this.widen();
      step = Math.floor(at / this.width);
    }
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }

  private widen(): void {
    const { counts } = this;
    for (let step = 0; step < STEPS / 2; step++)
      counts[step] = (counts[2 * step] ?? 0) + (counts[2 * step + 1] ?? 0);
    counts.fill(0, STEPS / 2);
    this.width *= 2;
  }

  /** In steps of another width, both in nanoseconds; `offset`: how long before the capture's beginning they begin. */
  inSteps(width: number, steps: number, offset: number): number[] {
    const sums = new Array<number>(steps).fill(0);
    for (let step = 0; step < STEPS; step++) {
      const count = this.counts[step] ?? 0;
      if (count === 0) continue;
      const at = Math.max(0, Math.min(steps - 1, Math.floor((step * this.width + offset) / width)));
      sums[at] = (sums[at] ?? 0) + count;
    }
    return sums;
  }
}

/** Seconds: 1, 2, 5, 10, … of each unit. */
const WIDTHS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800,
  3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

export interface Steps {
  /** Seconds. */
  width: number;
  count: number;
  /** Seconds from where the first step begins to the beginning of the capture. */
  offset: number;
}

/** Equal steps for a span, at most `most`; they begin at a multiple of their width. */
export function stepsFor(start: number, fraction: number, span: number, most: number): Steps {
  for (let width of [...WIDTHS, ...WIDTHS.slice(-1)]) {
    // beyond days: as many as it takes
    if (width === WIDTHS.at(-1)) width *= Math.max(1, Math.ceil(span / width / (most - 1)));
    const offset = width >= 1 ? (start % width) + fraction : fraction % width;
    const count = Math.max(1, Math.ceil((offset + span) / width));
    if (count <= most) return { width, count, offset };
  }
  return { width: span, count: 1, offset: 0 };
}
