/** In which language the output is: `--lang`, else the locale of the environment. */
import { Option } from 'commander';
import { UserError } from '../../errors.js';
import { LANGUAGES, type Language, languageOf } from '../../explain/language-names.js';
import { nearest } from '../../where/suggest.js';

export function languageOption(): Option {
  return new Option(
    '--lang <name>',
    `language of the output: ${LANGUAGES.join(', ')} (default: that of the locale)`,
  ).argParser(languageNamed);
}

/** @throws UserError for one that there is not. */
export function languageNamed(name: string): Language {
  const language = languageOf(name);
  if (language !== null) return language;
  const meant = nearest(name, LANGUAGES);
  throw new UserError(
    `--lang: there is no language '${name}'${meant === null ? '' : `; did you mean '${meant}'?`}`,
    `There are: ${LANGUAGES.join(', ')}`,
  );
}

/** POSIX: the first of these that is not empty decides. A language that synfin does not speak is English. */
export function languageOfLocale(env: NodeJS.ProcessEnv): Language {
  return languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ?? 'en';
}

/** `--lang` before the command is an option of the command: what comes after it, and its value. */
export function leadingLanguage(argv: readonly string[]): {
  rest: readonly string[];
  named: string | null;
} {
  const [first = '', value] = argv;
  if (first === '--lang' && value !== undefined) return { rest: argv.slice(2), named: value };
  if (first.startsWith('--lang=')) return { rest: argv.slice(1), named: first.slice('--lang='.length) };
  return { rest: argv, named: null };
}
