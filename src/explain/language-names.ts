/** The available languages and their names: the command line needs this before any phrase is loaded. */

export const LANGUAGES = ['en', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

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
