/**
 * Quantiles of many values in little memory: exact (the nearest rank) while they are few, then of a DDSketch (Masson,
 * Rim and Lee 2019), whose values are off by at most half a percent.
 */

/** A sketch of values of 0 or more (DDSketch has this shape). */
export interface Sketch {
  readonly max: number;
  accept(value: number): void;
  getValueAtQuantile(quantile: number): number;
}
export type MakeSketch = () => Sketch;

export const RELATIVE_ERROR = 0.005;

let maker: MakeSketch | null = null;

/** Loads the library: to be awaited before many values come. */
export async function loadSketches(): Promise<void> {
  if (maker !== null) return;
  const { DDSketch } = await import('@datadog/sketches-js');
  maker = () => new DDSketch({ relativeAccuracy: RELATIVE_ERROR });
}

export class Quantiles {
  count = 0;
  max = 0;
  private values: number[] | null = [];
  private sketch: Sketch | null = null;
  private isSorted = true;

  /** `exact`: the number of values that are kept as they are; more where the library is not loaded. */
  constructor(private readonly exact = 1000) {}

  add(value: number): void {
    this.count++;
    if (value > this.max) this.max = value;
    if (this.sketch !== null) this.sketch.accept(value);
    else {
      this.values?.push(value);
      this.isSorted = false;
      if (this.count > this.exact && maker !== null) this.condense(maker());
    }
  }

  private condense(sketch: Sketch): void {
    for (const value of this.values ?? []) sketch.accept(value);
    this.values = null;
    this.sketch = sketch;
  }

  /** The value at a quantile from 0 to 1; null without values. */
  at(quantile: number): number | null {
    if (this.count === 0) return null;
    if (quantile === 1) return this.max;
    if (this.sketch !== null) return Math.min(this.sketch.getValueAtQuantile(quantile), this.max);
    const values = this.values ?? [];
    if (!this.isSorted) {
      values.sort((a, b) => a - b);
      this.isSorted = true;
    }
    return values[Math.max(0, Math.ceil(quantile * values.length) - 1)] ?? null;
  }
}

/** What is shown of a distribution. */
export interface Distribution {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Null without values. */
export function distributionOf(quantiles: Quantiles): Distribution | null {
  const { count, max } = quantiles;
  const [p50, p95, p99] = [quantiles.at(0.5), quantiles.at(0.95), quantiles.at(0.99)];
  return p50 === null || p95 === null || p99 === null ? null : { count, p50, p95, p99, max };
}
