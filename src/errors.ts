/**
 * The errors that a user sees, and the problems that do not stop anything.
 *
 * `UserError` and `CaptureError` are thrown; the command line prints their message as one sentence (and the
 * hint below it) and ends with exit code 2. A `DecodeProblem` is returned: packet content never throws.
 */

/** Something the user can fix: wrong use, no permission, port in use. Never shown with a stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** What to do about it, in one or more lines; null where the message says it all. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

export type CaptureErrorCode =
  | 'not-found'
  | 'not-readable'
  | 'not-a-file'
  | 'empty'
  | 'unknown-format'
  | 'unsupported'
  | 'corrupt'
  | 'changed'
  | 'cut-short';

/** A capture that cannot be read, or not further. `offset` counts bytes from the start of the file. */
export class CaptureError extends UserError {
  override readonly name = 'CaptureError';

  constructor(
    readonly code: CaptureErrorCode,
    readonly path: string,
    /** The message without the path. */
    readonly reason: string,
    readonly offset: number | null = null,
    hint: string | null = null,
  ) {
    super(`${path}: ${reason}`, hint);
  }
}

/** The `code` of a Node system error (`ENOENT`, `EACCES`, …), or an empty string. */
export function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}
