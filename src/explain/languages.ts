/** How each language is loaded. */
import type { Language } from './language-names.js';
import { ENGLISH, type Phrases, speak } from './phrases.js';

export { LANGUAGES, type Language, languageOf } from './language-names.js';

/** All but English, which is always there. The type of each is the compiler's check that it lacks no phrase. */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<Phrases>> = {
  'pt-BR': () => import('./pt-BR/index.js'),
};

let spoken: Language = 'en';

/** The language in use. */
export function spokenLanguage(): Language {
  return spoken;
}

/** Everything that is said from here on is said in `language`. */
export async function useLanguage(language: Language): Promise<void> {
  spoken = language;
  speak(language === 'en' ? ENGLISH : await OTHERS[language]());
}
