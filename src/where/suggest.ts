/** The name that was meant, for messages. */

/** Changes of a letter that turn one into the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The nearest of the names, where one is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const whole = candidate.toLowerCase();
    const last = whole.slice(whole.lastIndexOf('.') + 1);
    // the right name without its sections is near too
    const steps = last === wanted ? 0.5 : Math.min(distance(wanted, whole), distance(wanted, last) + 1);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** The names that contain the typed text, then the nearest ones, up to a limit, the nearest first. */
export function nearestOf(typed: string, names: readonly string[], most: number): string[] {
  const wanted = plainLetters(typed);
  // each letter is one step from every other
  if (wanted.length < 2) return [];
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, steps: stepsTo(wanted, plainLetters(name)) }))
    .filter(({ steps }) => steps <= limit)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, most)
    .map(({ name }) => name);
}

const plainLetters = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '');

function stepsTo(wanted: string, name: string): number {
  const contained = wanted.length >= 3 && name.includes(wanted);
  return contained ? 0.5 + (name.length - wanted.length) / 100 : distance(wanted, name);
}
