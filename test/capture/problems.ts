/** One problem of each kind, with numbers that differ. */
import {
  CONTINUATIONS,
  type Continuation,
  ERROR_PROBLEMS,
  isContinuation,
  isProblem,
  PROBLEMS,
  type Problem,
} from '../../src/capture/problem.js';

const numbered = (kind: string, names: readonly string[]): Record<string, unknown> => ({
  kind,
  ...Object.fromEntries(names.map((name, at) => [name, 301 + 17 * at])),
});

export const PROBLEM_VALUES: readonly Problem[] = [
  ...Object.entries(PROBLEMS).map(([kind, names]) => numbered(kind, names)),
  ...Object.entries(ERROR_PROBLEMS).map(([kind, names]) => ({
    ...numbered(kind, names),
    error: { kind: 'section-version', version: 299 },
  })),
].filter(isProblem);

export const CONTINUATION_VALUES: readonly Continuation[] = Object.entries(CONTINUATIONS)
  .map(([kind, names]) => numbered(kind, names))
  .filter(isContinuation);
