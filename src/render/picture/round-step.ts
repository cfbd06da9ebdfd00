/** The smallest 1, 2 or 5 times a power of ten that is not below a value: for ticks, bars and axes. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
}
