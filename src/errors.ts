/**
 * The errors that a user sees, and the problems that do not stop anything.
 *
 * `UserError` and `CaptureError` are thrown; the command line prints what they say as one sentence (and the
 * hint below it) and ends with exit code 2. A `DecodeProblem` is returned: packet content never throws.
 *
 * An error is a kind with its values. Its message is English, from the one place that has the English of each kind; another
 * language says the values (`phrases.thrownText`).
 */
import type { ErrorValues } from './error-kinds/all.js';
import { type CaptureErrorCode, CODES, type ReadingError } from './error-kinds/reading.js';
import { errorHint, errorText } from './explain/en/errors.js';

export type { ErrorKind, ErrorValues } from './error-kinds/all.js';
export type { CaptureErrorCode, PartError, ReadingError, SectionError } from './error-kinds/reading.js';

/** Something the user can fix: wrong use, no permission, port in use. Never shown with a stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** What to do about it, in one or more lines; null where the message says it all. */
  readonly hint: string | null;
  /** What is wrong, as a kind with its values; null where the message is a text of the language in use. */
  readonly values: ErrorValues | null;

  /** `what`: a text only where the language is known. `hint`: of a text, or one that is the same in all languages. */
  constructor(what: ErrorValues | string, hint: string | null = null, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : errorText(what), options);
    this.values = typeof what === 'string' ? null : what;
    this.hint = typeof what === 'string' ? hint : (errorHint(what) ?? hint);
  }
}

/** A capture that cannot be read, or not further. `offset` counts bytes from the start of the file. */
export class CaptureError extends UserError {
  override readonly name = 'CaptureError';
  override readonly values: ReadingError;
  /** A coarse word for the kind: that of warnings and of the JSON. */
  readonly code: CaptureErrorCode;
  /** The message without the path. */
  readonly reason: string;

  constructor(
    readonly path: string,
    values: ReadingError,
    readonly offset: number | null = null,
  ) {
    super({ kind: 'of-file', path, why: values });
    this.values = values;
    this.code = CODES[values.kind];
    this.reason = errorText(values);
  }

  /** What is wrong, as a word; `values` has it too, with what belongs to it. */
  get kind(): ReadingError['kind'] {
    return this.values.kind;
  }
}

/** The `code` of a Node system error (`ENOENT`, `EACCES`, …), or an empty string. */
export function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}
