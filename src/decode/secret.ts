/**
 * Hashes that a hostile capture cannot aim at: multilinear over the halves of words, with secret factors (Thorup, High
 * speed hashing for integers and strings, 2015). Whatever the words are, two of them collide only by chance.
 */

/** `count` secret factors, odd numbers of 32 bits. */
export function secrets(count: number): Int32Array {
  return new Int32Array(count).map(() => (Math.random() * 0x1_0000_0000) | 1);
}

/** What a word adds to the sum: its two halves by two factors. */
export function sumWord(factors: Int32Array, factor: number, word: number): number {
  return (
    (Math.imul(word & 0xffff, factors[factor] ?? 0) + Math.imul(word >>> 16, factors[factor + 1] ?? 0)) | 0
  );
}

/** The sum of `count` words from a place on, with the first factors, two for each. To be finished by `finalHash`. */
export function sumWords(factors: Int32Array, words: Int32Array, from: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = (sum + sumWord(factors, 2 * i, words[from + i] ?? 0)) | 0;
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
