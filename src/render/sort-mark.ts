/** Marks the column that rows are sorted by: the largest first, or the smallest. */
export function sortMark(descending: boolean, { unicode }: { unicode: boolean }): string {
  if (unicode) return descending ? '▼' : '▲';
  return descending ? 'v' : '^';
}
