/** How each language is loaded. */
import type { Language } from './language-names.js';
import { ENGLISH, type Phrases, speak } from './phrases.js';

export { LANGUAGES, type Language, languageOf } from './language-names.js';

/** All except English, which is always loaded. By the type of each, the compiler checks that no phrase is missing. */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<Phrases>> = {
  'pt-BR': () => import('./pt-BR/index.js'),
};

/** The language in use. A live binding, as `phrases` is. */
export let spoken: Language = 'en';

/** All phrases from here on are in `language`. */
export async function useLanguage(language: Language): Promise<void> {
  speak(language === 'en' ? ENGLISH : await OTHERS[language]());
  spoken = language;
}
