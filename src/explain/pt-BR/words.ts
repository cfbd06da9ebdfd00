/** Sentences as text. */
import { toAscii as withoutSigns } from '../en/words.js';

export { capitalized } from '../en/words.js';

/** Without accents too. */
export function toAscii(text: string): string {
  return withoutSigns(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('º', 'o')
    .replaceAll('×', 'x');
}
