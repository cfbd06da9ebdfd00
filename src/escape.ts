/**
 * Makes text from outside (packet payload, names of files, interfaces and hosts, comments, option strings) safe to print.
 */

/**
 * Characters that control a terminal or are invisible: control characters, line and paragraph separators, lone surrogates; format
 * characters, which reorder a line (U+202E) or take no room (U+200B), and whatever else is not shown by default.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Replaces every unsafe character by a visible escape (`\n`, `\t`, `\x1b`, `\u202e`, `\u{e0001}`); the rest stays. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
  });
}

/** Lines that are printed below each other, each as safe text. */
export function escapeLines(text: string): string {
  return text.split('\n').map(escapeText).join('\n');
}

/** The same value as `JSON.stringify` gives, with unsafe characters as `\u` escapes: it may be printed, and parses alike. */
export function jsonText(value: object): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
