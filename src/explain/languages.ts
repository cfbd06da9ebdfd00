/** How each language is loaded. */
import type { Language } from './language-names.js';
import { ENGLISH, type Phrases, speak } from './phrases.js';

export { LANGUAGES, type Language, languageOf } from './language-names.js';

/** All but English, which is always there. The type of each is the compiler's check that it lacks no phrase. */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<Phrases>> = {
  'pt-BR': () => import('./pt-BR/index.js'),
};

/** The language in use. A live binding, as `phrases` is. */
export let spoken: Language = 'en';

/** Everything that is said from here on is said in `language`. */
export async function useLanguage(language: Language): Promise<void> {
  speak(language === 'en' ? ENGLISH : await OTHERS[language]());
  spoken = language;
}
