/**
 * Makes text from outside (packet payload, file names, option strings) safe to print.
 */

// Control characters; what formats text without being seen (bidirectional controls, which can reorder a line of a
// terminal, zero width, tags); line separators, and lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu;

/** Replaces every control character by a visible escape (`\n`, `\t`, `\x1b`, `\u202e`); the rest stays. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff) return `\\u{${code.toString(16)}}`;
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
