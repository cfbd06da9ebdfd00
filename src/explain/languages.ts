/** The languages there are, and how each is chosen and loaded. */
import { ENGLISH, type Phrases, speak } from './phrases.js';

export const LANGUAGES = ['en', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

/** All but English, which is always there. The type of each is the compiler's check that it lacks no phrase. */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<Phrases>> = {
  'pt-BR': () => import('./pt-BR/index.js'),
};

/** Everything that is said from here on is said in `language`. */
export async function useLanguage(language: Language): Promise<void> {
  speak(language === 'en' ? ENGLISH : await OTHERS[language]());
}

/**
 * The language that a name stands for, as in `--lang` (BCP 47) or a locale of POSIX (`pt_BR.UTF-8`): the one with its name, or
 * else the first one of its language (`pt_PT`: pt-BR). Null where there is none.
 */
export function languageOf(name: string): Language | null {
  const [tag = ''] = name.replaceAll('_', '-').split(/[.@]/);
  const wanted = tag.toLowerCase();
  const exact = LANGUAGES.find((each) => each.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const [primary = ''] = wanted.split('-');
  return LANGUAGES.find((each) => each.split('-')[0] === primary) ?? null;
}
