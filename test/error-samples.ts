/** Errors of every kind, with values that differ: one for each word, and with what may be missing there and missing. */
import { ERRORS, type ErrorValues, isErrorValues } from '../src/error-kinds/all.js';
import type { Kinds } from '../src/error-kinds/shapes.js';

/** A cause that is said within a sentence. */
const CAUSE: ErrorValues = { kind: 'words', text: 'EIO' };

export function errorSamples(): ErrorValues[] {
  return Object.entries(ERRORS).flatMap(([kind, shapes]) => samplesOf(kind, shapes));
}

function samplesOf(kind: string, shapes: Kinds[string]): ErrorValues[] {
  let all: Record<string, unknown>[] = [{ kind }];
  for (const [at, [name, shape]] of Object.entries(shapes).entries())
    all = all.flatMap((sample) => valuesOf(name, shape, at).map((value) => ({ ...sample, [name]: value })));
  return all.filter(isErrorValues);
}

function valuesOf(name: string, shape: Kinds[string][string], at: number): readonly unknown[] {
  if (typeof shape !== 'string') return shape;
  const number = 301 + 17 * at;
  switch (shape) {
    case 'number':
      return [number];
    case 'number?':
      return [number, null];
    case 'text':
      return [`${name}-${number}`];
    case 'text?':
      return [`${name}-${number}`, null];
    case 'flag':
      return [true, false];
    case 'error':
      return [CAUSE];
    case 'error?':
      return [CAUSE, null];
    case 'errors':
      return [[CAUSE], []];
    case 'texts':
      return [[`${name}-${number}`]];
  }
}
