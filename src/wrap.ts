/** Breaks a sentence into lines of at most `width` columns; later lines are indented. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = lines.length === 0 ? width : width - indent;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, index) => (index === 0 ? part : ' '.repeat(indent) + part));
}

/** Several sentences in few lines, each unbroken where it fits on one. */
export function wrapParts(parts: readonly string[], width: number): string[] {
  const text = parts.map((part) => (part.length < width ? unbroken(part) : part)).join('; ');
  return wrap(text, width).map((line) => line.replaceAll(NO_BREAK, ' '));
}

/** Stands for a space at which no line is broken. */
export const NO_BREAK = '\u00a0';

export function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}
