/**
 * The part of an output that a page shows, in the same output of another capture: lines wrap elsewhere there, so that it is found
 * by what its first and last line are about, not by their numbers.
 */

/** `shown`: what the page has; null where `lines` have no such part. */
export function samePart(shown: readonly string[], lines: readonly string[]): readonly string[] | null {
  const keys = shown.map(keyOf);
  const [first, last] = [keys[0], keys.findLast((key) => key !== null)];
  if (first === undefined || first === null || last === undefined || last === null) return null;
  const from = lines.findIndex((line) => keyOf(line) === first);
  const to = lines.findLastIndex((line) => keyOf(line) === last);
  if (from < 0 || to < from) return null;
  // the note on the last one, where the page has that too
  const isWhole = keys.at(-1) === null || /^── /.test(last);
  const next = isWhole ? lines.findIndex((line, at) => at > to && keyOf(line) !== null) : to + 1;
  return lines.slice(from, next < 0 ? undefined : next);
}

/** What a line is about: its packet or connection, its phase, or its first word; null for one that goes on. */
function keyOf(line: string): string | null {
  const [, number] = /^ *(\d+) +\S/.exec(line) ?? [];
  if (number !== undefined) return number;
  return /^ *#/.test(line) ? '#' : (/^── \S+/.exec(line)?.[0] ?? /^[^\s\d]\S*/.exec(line)?.[0] ?? null);
}
