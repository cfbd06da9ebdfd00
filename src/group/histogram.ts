/** How many values lie between 1, 2, 5, 10, … of a unit: from a nanosecond on. */

const STEPS = [1, 2, 5] as const;
const FIRST_POWER = -9;
const POWERS = 15;

export interface Bin {
  from: number;
  to: number;
  count: number;
}

export class Histogram {
  private readonly counts = new Float64Array(POWERS * STEPS.length);
  private zeros = 0;

  add(value: number): void {
    if (value <= 0) {
      this.zeros++;
      return;
    }
    const power = Math.max(
      FIRST_POWER,
      Math.min(FIRST_POWER + POWERS - 1, Math.floor(Math.log10(value) + 1e-12)),
    );
    const digit = value / 10 ** power;
    const step = digit >= 5 ? 2 : digit >= 2 ? 1 : 0;
    const bin = (power - FIRST_POWER) * STEPS.length + step;
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
  }

  /** From the first to the last that has a value; empty ones in a row are one. Zeros are a bin from 0 to 0. */
  bins(): Bin[] {
    const bins: Bin[] = [];
    for (const [index, count] of this.counts.entries()) {
      const last = bins.at(-1);
      if (last === undefined && count === 0) continue;
      if (last !== undefined && last.count === 0 && count === 0) last.to = boundary(index + 1);
      else bins.push({ from: boundary(index), to: boundary(index + 1), count });
    }
    if (bins.at(-1)?.count === 0) bins.pop();
    return this.zeros === 0 ? bins : [{ from: 0, to: 0, count: this.zeros }, ...bins];
  }
}

function boundary(index: number): number {
  const step = STEPS[index % STEPS.length] ?? 1;
  return Number(`${step}e${FIRST_POWER + Math.floor(index / STEPS.length)}`);
}
