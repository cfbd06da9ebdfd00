/** Errors before a command is loaded, and with it the sentences of all others: in English, or as the help is. */
import { type ErrorValues, UserError } from '../../errors.js';

const english = (values: ErrorValues): string => new UserError(values).message;

/** A live binding, as `phrases` is. */
export let earlyText: (values: ErrorValues) => string = english;

/** In the language of the help; null: in English. */
export function sayEarly(errorText: ((values: ErrorValues) => string) | null): void {
  earlyText = errorText ?? english;
}
