// A small seeded generator (mulberry32): the same seed gives the same captures on every machine.
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return {
    /** 32 random bits. */
    bits: next,
    /** 0 <= x < 1 */
    unit: () => next() / 0x1_0000_0000,
    /** An integer, both ends included. */
    between: (low, high) => low + (next() % (high - low + 1)),
    /** True in `percent` of a hundred cases; fractions allowed. */
    chance: (percent) => next() / 0x1_0000_0000 < percent / 100,
  };
}
