/** What is wrong with an expression, in words of ours. */
import { TypeError as CelTypeError, ParseError } from '@marcbachmann/cel-js';

/** Why an expression cannot be used, and where. */
export interface Problem {
  readonly message: string;
  /** In plain CEL (literals.ts). */
  readonly position: number;
  /** A name that rows of this kind do not have. */
  readonly unknownName: string | null;
}

export const TOO_DEEP: Problem = {
  message: 'too many terms within terms',
  position: 0,
  unknownName: null,
};

/** @throws what is no error of the expression. */
export function problemOf(error: unknown): Problem {
  // the parser has a limit for parentheses, but calls itself for each of '!!!!'
  if (error instanceof RangeError) return TOO_DEEP;
  if (!(error instanceof ParseError || error instanceof CelTypeError)) throw error;
  return { message: inWords(error.summary), position: error.range?.start ?? 0, unknownName: null };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  double: 'number',
  int: 'number',
  bool: 'true or false',
  'google.protobuf.Timestamp': 'time',
  timestamp: 'time',
};

export function typeName(type: string): string {
  return TYPES[type] ?? 'group of fields';
}

/** Messages of the library that can be said better. */
const WORDS: readonly [RegExp, (...parts: string[]) => string][] = [
  [
    /^no such overload: (\S+) (\S+) (\S+)$/,
    (_, left = '', operator = '', right = '') =>
      `'${operator}' cannot compare ${typeName(left)} with ${typeName(right)}`,
  ],
  [/^Exceeded maxDepth \(\d+\)$/, () => TOO_DEEP.message],
  [/^Unexpected token: EOF$/, () => 'something is missing at the end'],
  [/^Expected RPAREN, got EOF$/, () => "a ')' is missing"],
  [/^Unexpected character: =$/, () => "'=' is no operator; '==' compares"],
  [/^Unexpected character: '(.)'$/, (_, found = '') => `'${found}' is not expected here`],
];

function inWords(summary: string): string {
  for (const [pattern, words] of WORDS) {
    const match = pattern.exec(summary);
    if (match !== null) return words(...match);
  }
  return `${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
}
