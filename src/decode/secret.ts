/**
 * Hashes that a hostile capture cannot aim at: multilinear over the halves of words, with secret factors (Thorup, High
 * speed hashing for integers and strings, 2015). Whatever the words are, two of them meet by chance only.
 */

/** So many secret factors, odd numbers of 32 bits. */
export function secrets(count: number): Int32Array {
  return new Int32Array(count).map(() => (Math.random() * 0x1_0000_0000) | 1);
}

/** The sum of `count` words from a place on; takes two factors for each, from `factor` on. To be finished by `finalHash`. */
export function sumWords(
  factors: Int32Array,
  factor: number,
  words: Int32Array,
  from: number,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const word = words[from + i] ?? 0;
    const low = Math.imul(word & 0xffff, factors[factor + 2 * i] ?? 0);
    sum = (sum + low + Math.imul(word >>> 16, factors[factor + 2 * i + 1] ?? 0)) | 0;
  }
  return sum;
}

/** All bits of a sum in all bits of the result, one to one. */
export function finalHash(sum: number): number {
  let hash = sum | 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
