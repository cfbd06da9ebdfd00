/** What is wrong with an expression, as a kind with its values. */
import { TypeError as CelTypeError, ParseError } from '@marcbachmann/cel-js';
import type { ExpressionError, ExpressionType } from '../error-kinds/expression.js';
import type { ErrorValues } from '../errors.js';

/** Why an expression cannot be used, and where. */
export interface Problem {
  readonly error: ErrorValues;
  /** In plain CEL (literals.ts). */
  readonly position: number;
  /** A name that rows of this kind do not have. */
  readonly unknownName: string | null;
}

export const TOO_DEEP: Problem = {
  error: { kind: 'too-deep' },
  position: 0,
  unknownName: null,
};

/** @throws what is no error of the expression. */
export function problemOf(error: unknown): Problem {
  // the parser has a limit for parentheses, but calls itself for each of '!!!!'
  if (error instanceof RangeError) return TOO_DEEP;
  if (!(error instanceof ParseError || error instanceof CelTypeError)) throw error;
  return { error: valuesOf(error.summary), position: error.range?.start ?? 0, unknownName: null };
}

const TYPES: Readonly<Record<string, ExpressionType>> = {
  string: 'text',
  double: 'number',
  int: 'number',
  bool: 'truth',
  'google.protobuf.Timestamp': 'time',
  timestamp: 'time',
};

export function typeOf(type: string): ExpressionType {
  return TYPES[type] ?? 'group';
}

/** Messages of the library that can be said better. */
const BETTER: readonly [RegExp, (...parts: string[]) => ExpressionError][] = [
  [
    /^no such overload: (\S+) (\S+) (\S+)$/,
    (_, left = '', operator = '', right = '') => ({
      kind: 'cannot-compare',
      operator,
      left: typeOf(left),
      right: typeOf(right),
    }),
  ],
  [/^Exceeded maxDepth \(\d+\)$/, () => ({ kind: 'too-deep' })],
  [/^Unexpected token: EOF$/, () => ({ kind: 'something-missing' })],
  [/^Expected RPAREN, got EOF$/, () => ({ kind: 'parenthesis-missing' })],
  [/^Unexpected character: =$/, () => ({ kind: 'single-equals' })],
  [/^Unexpected character: '(.)'$/, (_, character = '') => ({ kind: 'unexpected-character', character })],
];

function valuesOf(summary: string): ErrorValues {
  for (const [pattern, values] of BETTER) {
    const match = pattern.exec(summary);
    if (match !== null) return values(...match);
  }
  return { kind: 'words', text: `${summary.charAt(0).toLowerCase()}${summary.slice(1)}` };
}
