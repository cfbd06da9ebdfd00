/** The texts of `synfin explain`, by language: loaded for that command alone, and checked by the compiler as `Phrases` is. */
import type { Language } from './language-names.js';
import type { TermTexts } from './terms/names.js';

const TEXTS: Record<Language, () => Promise<TermTexts>> = {
  en: async () => (await import('./en/terms.js')).termTexts,
  'pt-BR': async () => (await import('./pt-BR/terms.js')).termTexts,
};

export function loadTermTexts(language: Language): Promise<TermTexts> {
  return TEXTS[language]();
}
