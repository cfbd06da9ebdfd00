/** What may be wrong in a capture that is read, as a kind with its numbers: its sentence is of a language (explain). */
import { type ErrorValues, isErrorValues } from '../error-kinds/all.js';

/** By kind, the names of its numbers. `at` and `to`: bytes of the file; `packet`, `after`: numbers of packets. */
export const PROBLEMS = {
  // of a record of pcap
  'claims-captured': ['packet', 'at', 'captured', 'most'],
  'header-of-zeros': ['packet', 'at'],
  'fraction-too-large': ['packet', 'at', 'fraction', 'limit'],
  'longer-than-the-file': ['packet', 'wanted', 'at', 'left'],
  'cut-in-packet': ['packet', 'wanted', 'at', 'left'],
  // of a packet of pcapng
  'block-too-short': ['packet', 'at', 'length', 'least'],
  'no-room-in-block': ['packet', 'at', 'captured', 'room'],
  'interface-not-described': ['packet', 'at', 'interface', 'described'],
  'absurd-time': ['packet', 'at', 'seconds'],
  'no-time': ['packet', 'at'],
  // of another block of pcapng
  'interface-too-short': ['at'],
  'too-many-interfaces': ['at', 'most'],
  'statistics-not-described': ['at'],
  'unaligned-block': ['at', 'length'],
  'block-length': ['at', 'after', 'length', 'least', 'most'],
  'block-lengths-differ': ['at', 'after', 'length', 'end'],
  'block-longer-than-the-file': ['at', 'length', 'left'],
  'cut-after-packet': ['after', 'wanted', 'at', 'left'],
  // of the reading
  'more-warnings': ['most'],
  'parts-missing': ['first', 'last'],
  'parts-overlap': [],
  'part-interrupted': [],
  'clock-goes-back': ['packet'],
  interrupted: ['read', 'size'],
  'interrupted-of-unknown': ['read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What is an error, or has one: how the sentence begins. */
export const ERROR_PROBLEMS = {
  /** The whole. */
  error: [],
  /** Of a file that could not be read at all. */
  'not-read': [],
  /** Of a section header of pcapng. */
  section: ['at', 'after'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Numbers<Names extends readonly string[]> = { readonly [Name in Names[number]]: number };
type NumberProblem = {
  [Kind in keyof typeof PROBLEMS]: { readonly kind: Kind } & Numbers<(typeof PROBLEMS)[Kind]>;
}[keyof typeof PROBLEMS];
type ErrorProblem = {
  [Kind in keyof typeof ERROR_PROBLEMS]: { readonly kind: Kind; readonly error: ErrorValues } & Numbers<
    (typeof ERROR_PROBLEMS)[Kind]
  >;
}[keyof typeof ERROR_PROBLEMS];

export type Problem = NumberProblem | ErrorProblem;
export type ProblemKind = Problem['kind'];

/** By kind, the names of its numbers: where reading went on behind damage, if it did. */
export const CONTINUATIONS = {
  skipped: ['skipped', 'to'],
  /** A packet before it has a wrong length. */
  resumed: ['to'],
  'no-further-packet': [],
  'no-further-block': [],
  ended: ['after'],
  /** Of a part that is damaged. */
  'read-up-to': ['packet'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Continuation = {
  [Kind in keyof typeof CONTINUATIONS]: { readonly kind: Kind } & Numbers<(typeof CONTINUATIONS)[Kind]>;
}[keyof typeof CONTINUATIONS];

/** Whether what was read, of a part for instance, is a problem. */
export function isProblem(value: unknown): value is Problem {
  return (
    hasNumbers(value, PROBLEMS) ||
    (hasNumbers(value, ERROR_PROBLEMS) && isErrorValues(Reflect.get(value, 'error')))
  );
}

export function isContinuation(value: unknown): value is Continuation {
  return hasNumbers(value, CONTINUATIONS);
}

function hasNumbers(value: unknown, kinds: Readonly<Record<string, readonly string[]>>): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Reflect.get(value, 'kind');
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) return false;
  return (kinds[kind] ?? []).every((name) => Number.isFinite(Reflect.get(value, name)));
}
