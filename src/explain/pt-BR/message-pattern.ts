/** What an English sentence is recognized by, and the same in Portuguese. */
export type Pattern = readonly [RegExp, string];

/** Each pattern in turn, wherever it occurs: advice has several lines. One goes before another that is part of it. */
export function withPatterns(english: string, patterns: readonly Pattern[]): string {
  return patterns.reduce(
    (text, [pattern, said]) =>
      text.replaceAll(new RegExp(pattern, `${pattern.flags.replace('g', '')}g`), said),
    english,
  );
}
