/** Errors as sentences, from what each language says of each kind. */
import type { ERRORS, ErrorValues, Sentences } from '../../error-kinds/all.js';

/** An error that was thrown. `values`: none where its message is in the language in use already. */
export interface ThrownError {
  readonly message: string;
  readonly hint?: string | null;
  readonly values?: ErrorValues | null;
  /** Of a capture. */
  readonly path?: string;
}

export interface ErrorSentences {
  errorText(values: ErrorValues): string;
  /** What to do about it; null where the sentence says it all. */
  errorHint(values: ErrorValues): string | null;
  /** The message and the hint of an error. */
  thrownText(error: ThrownError): { message: string; hint: string | null };
}

export function errorsWith(sentences: Sentences<typeof ERRORS>): ErrorSentences {
  const said = (values: ErrorValues): readonly [string, string | null] => {
    // each kind takes its own values, which a call by a union of kinds cannot show
    const sentence = sentences[values.kind] as (
      values: ErrorValues,
      said: (cause: ErrorValues) => string,
    ) => string | readonly [string, string];
    const text = sentence(values, errorText);
    if (typeof text !== 'string') return text;
    return [text, values.kind === 'of-file' ? errorHint(values.why) : null];
  };
  const errorText = (values: ErrorValues): string => said(values)[0];
  const errorHint = (values: ErrorValues): string | null => said(values)[1];
  return {
    errorText,
    errorHint,
    thrownText({ message, hint = null, values = null, path }) {
      if (values === null) return { message, hint };
      const whole: ErrorValues = path === undefined ? values : { kind: 'of-file', path, why: values };
      return { message: errorText(whole), hint: errorHint(values) ?? hint };
    },
  };
}

/** Causes as lines, of the words of a language too; null where there are none. */
export function linesOf(
  parts: readonly (ErrorValues | string | null)[],
  said: (cause: ErrorValues) => string,
): string | null {
  const lines = parts.flatMap((part) =>
    part === null ? [] : [typeof part === 'string' ? part : said(part)],
  );
  return lines.length === 0 ? null : lines.join('\n');
}

/** What a source says of itself, within a sentence that goes on. */
export function ownWords(why: ErrorValues, said: (cause: ErrorValues) => string): string {
  return said(why).replace(/\.$/, '');
}
