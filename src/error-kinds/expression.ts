/** What is wrong with an expression of `--where`. */
import type { Errors, Kinds } from './shapes.js';

/** What a value is. */
const TYPES = ['text', 'number', 'truth', 'time', 'group'] as const;
export type ExpressionType = (typeof TYPES)[number];

export const EXPRESSION_ERRORS = {
  where: { why: 'error' },
  'or-meant': { why: 'error', meant: 'text' },
  'unknown-field': { path: 'text' },
  /** It is a value of some field. */
  'unquoted-text': { path: 'text' },
  'unknown-finding': { code: 'text', meant: 'text?' },
  'unknown-unit': { unit: 'text', units: 'texts' },
  'never-that-word': { path: 'text', word: 'text', words: 'texts', meant: 'text?' },
  'number-too-large-here': {},
  'too-deep': {},
  'something-missing': {},
  'parenthesis-missing': {},
  'single-equals': {},
  'unexpected-character': { character: 'text' },
  'not-a-condition': { type: TYPES },
  'cannot-compare': { operator: 'text', left: TYPES, right: TYPES },
  'not-a-network': { text: 'text' },
  'not-a-time': { text: 'text' },
  'not-a-pattern': { text: 'text' },
} as const satisfies Kinds;

export type ExpressionError = Errors<typeof EXPRESSION_ERRORS>;
