/** Sentences as text. */

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With the few characters beyond ASCII that sentences use replaced. */
export function toAscii(text: string): string {
  return text
    .replaceAll('µ', 'u')
    .replaceAll('→', '->')
    .replaceAll('←', '<-')
    .replaceAll('…', '...')
    .replaceAll('·', '-');
}
