/**
 * Which groups of connections fail more than all others: by Fisher's exact test, one-sided, corrected for the number of
 * tests (Bonferroni), the strongest first; its failures are removed before the search for the next, so that the most
 * specific group is reported and not those that only contain it.
 */

/** Dimensions of groups, the most specific first. */
export const DIMENSIONS = ['pair', 'server', 'client', 'network', 'port', 'second'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A failed connection: its kind, its group in each dimension, and when it began. */
export interface Failure {
  kind: number;
  /** As numbers, in the order of DIMENSIONS; -1 where it has none. */
  groups: Int32Array;
  /** Nanoseconds. */
  at: number;
}

export interface Group {
  dimension: Dimension;
  /** Number within its dimension. */
  id: number;
  kind: number;
  failed: number;
  total: number;
  /** Share of failures of this kind among all other connections. */
  elsewhere: number;
  failures: readonly Failure[];
}

/** Values for which nothing stands out by chance in a hundred captures. */
const SIGNIFICANT = 0.01;
const LEAST_FAILED = 5;
const LEAST_RATIO = 2;
/** Groups that are named. */
const MOST = 5;

/** `totals`: connections of each group of each dimension; `kinds`: how many kinds of failure there are. */
export function standingOut(
  failures: readonly Failure[],
  totals: readonly (readonly number[])[],
  connections: number,
  kinds: number,
): Group[] {
  const tests = totals.reduce((sum, groups) => sum + groups.length, 0) * kinds;
  const found: Group[] = [];
  let left = failures;
  while (found.length < MOST) {
    const strongest = strongestOf(left, totals, connections, tests);
    if (strongest === null) return found;
    found.push(strongest);
    const explained = new Set(strongest.failures);
    left = left.filter((failure) => !explained.has(failure));
  }
  return found;
}

function strongestOf(
  failures: readonly Failure[],
  totals: readonly (readonly number[])[],
  connections: number,
  tests: number,
): Group | null {
  const ofKind = new Map<number, number>();
  const counts = new Map<string, { dimension: number; id: number; kind: number; failed: number }>();
  for (const { kind, groups } of failures) {
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
    for (const [dimension, id] of groups.entries()) {
      if (id < 0) continue;
      const key = `${dimension} ${id} ${kind}`;
      const count = counts.get(key);
      if (count === undefined) counts.set(key, { dimension, id, kind, failed: 1 });
      else count.failed++;
    }
  }
  let best: { dimension: number; id: number; kind: number; failed: number; p: number } | null = null;
  for (const { dimension, id, kind, failed } of counts.values()) {
    const total = totals[dimension]?.[id] ?? 0;
    const all = ofKind.get(kind) ?? 0;
    if (failed < LEAST_FAILED || total === connections) continue;
    const elsewhere = (all - failed) / (connections - total);
    if (failed / total < LEAST_RATIO * elsewhere) continue;
    // natural logarithms: the values are too small for doubles
    const p = logFisher(failed, total, all, connections);
    if (p + Math.log(tests) >= Math.log(SIGNIFICANT)) continue;
    if (best === null || p < best.p || (p === best.p && dimension < best.dimension))
      best = { dimension, id, kind, failed, p };
  }
  if (best === null) return null;
  const { dimension, id, kind, failed } = best;
  const total = totals[dimension]?.[id] ?? 0;
  return {
    dimension: DIMENSIONS[dimension] ?? 'server',
    id,
    kind,
    failed,
    total,
    elsewhere: ((ofKind.get(kind) ?? 0) - failed) / (connections - total),
    failures: failures.filter((failure) => failure.kind === kind && failure.groups[dimension] === id),
  };
}

/**
 * Logarithm of the probability that a group of `total` among `connections` has `failed` failures or more, where `all` are
 * spread by chance: the upper tail of the hypergeometric distribution.
 */
export function logFisher(failed: number, total: number, all: number, connections: number): number {
  const most = Math.min(total, all);
  let term =
    logChoose(all, failed) + logChoose(connections - all, total - failed) - logChoose(connections, total);
  const first = term;
  let sum = 0;
  for (let k = failed; k <= most; k++) {
    const share = Math.exp(term - first);
    sum += share;
    if (share < 1e-12) break;
    term += Math.log(((all - k) * (total - k)) / ((k + 1) * (connections - all - total + k + 1)));
  }
  return first + Math.log(sum);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const FACTORIALS = [0, 0];

/** Exact for small numbers, by Stirling's series for others. */
function logFactorial(n: number): number {
  if (n < 256) {
    for (let i = FACTORIALS.length; i <= n; i++) FACTORIALS.push((FACTORIALS[i - 1] ?? 0) + Math.log(i));
    return FACTORIALS[n] ?? 0;
  }
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
