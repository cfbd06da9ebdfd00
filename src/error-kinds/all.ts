/** All errors that synfin can have, as kinds with their values. Their sentences are of a language (explain). */
import { ADVICE, CAPTURING_ERRORS, CAPTURING_NOTES, SOURCE_ERRORS } from './capturing.js';
import { DEMO_ERRORS, NEED_ERRORS } from './demo.js';
import { EXPRESSION_ERRORS } from './expression.js';
import { ORDER_ERRORS, PACKED_ERRORS, PART_ERRORS, READING_ERRORS, SECTION_ERRORS } from './reading.js';
import type { Errors, Kinds, Values } from './shapes.js';
import { COMMAND_ERRORS, OPTION_ERRORS, REQUEST_ERRORS, VALUE_ERRORS } from './usage.js';
import { WRITING_ERRORS, WRITING_NOTES } from './writing.js';

/** Of any error. */
export const COMMON_ERRORS = {
  /** What a system, a library or a program says, as it is. */
  words: { text: 'text' },
  'of-file': { path: 'text', why: 'error' },
} as const satisfies Kinds;

export const ERRORS = {
  ...COMMON_ERRORS,
  ...READING_ERRORS,
  ...SECTION_ERRORS,
  ...PACKED_ERRORS,
  ...PART_ERRORS,
  ...ORDER_ERRORS,
  ...WRITING_ERRORS,
  ...WRITING_NOTES,
  ...SOURCE_ERRORS,
  ...CAPTURING_ERRORS,
  ...CAPTURING_NOTES,
  ...ADVICE,
  ...NEED_ERRORS,
  ...DEMO_ERRORS,
  ...EXPRESSION_ERRORS,
  ...OPTION_ERRORS,
  ...COMMAND_ERRORS,
  ...VALUE_ERRORS,
  ...REQUEST_ERRORS,
} as const satisfies Kinds;

export type ErrorValues = Errors<typeof ERRORS>;
export type ErrorKind = ErrorValues['kind'];

/** How a language says errors: a sentence, and what to do where that helps. `said`: a cause within the sentence. */
export type Sentences<Declared extends Kinds> = {
  readonly [Kind in keyof Declared]: (
    values: Values<Declared[Kind]>,
    said: (cause: ErrorValues) => string,
  ) => string | readonly [sentence: string, hint: string | null];
};

/** Whether what was read, of a part for instance, is an error with its values. */
export function isErrorValues(value: unknown): value is ErrorValues {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Reflect.get(value, 'kind');
  if (typeof kind !== 'string' || !isKind(kind)) return false;
  const shapes: Kinds[string] = ERRORS[kind];
  return Object.entries(shapes).every(([name, shape]) => fits(Reflect.get(value, name), shape));
}

function isKind(kind: string): kind is ErrorKind {
  return Object.hasOwn(ERRORS, kind);
}

function fits(value: unknown, shape: Kinds[string][string]): boolean {
  if (typeof shape !== 'string') return typeof value === 'string' && shape.includes(value);
  if (value === null) return shape.endsWith('?');
  switch (shape) {
    case 'text':
    case 'text?':
      return typeof value === 'string';
    case 'number':
    case 'number?':
      return Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'error':
    case 'error?':
      return isErrorValues(value);
    case 'errors':
      return Array.isArray(value) && value.every(isErrorValues);
    case 'texts':
      return Array.isArray(value) && value.every((text) => typeof text === 'string');
  }
}
