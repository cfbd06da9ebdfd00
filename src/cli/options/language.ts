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
  throw new UserError({
    kind: 'no-language',
    name,
    meant: nearest(name, LANGUAGES),
    languages: LANGUAGES,
  });
}

/** POSIX: the first of these that is not empty decides. A language that synfin does not speak is English. */
export function languageOfLocale(env: NodeJS.ProcessEnv): Language {
  return languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ?? 'en';
}

/** The language that the help and errors are in, before the arguments are read: a value that is wrong is reported later. */
export function languageOfHelp(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at] ?? '';
  const named = word === '--lang' ? argv[at + 1] : word.slice('--lang='.length);
  return (at < 0 ? null : languageOf(named ?? '')) ?? languageOfLocale(env);
}

/** Words that need no command. */
const OF_THE_PROGRAM = ['-h', '--help', '-V', '--version'];

/** `--lang` before the command, which is an option of the command: its value, and the words without it. */
export function leadingLanguage(argv: readonly string[]): {
  rest: readonly string[];
  named: string | null;
} {
  const at = argv.findIndex((word) => !OF_THE_PROGRAM.includes(word));
  const [word = '', value] = at < 0 ? [] : argv.slice(at);
  if (word === '--lang' && value !== undefined)
    return { rest: [...argv.slice(0, at), ...argv.slice(at + 2)], named: value };
  if (word.startsWith('--lang='))
    return { rest: [...argv.slice(0, at), ...argv.slice(at + 1)], named: word.slice('--lang='.length) };
  return { rest: argv, named: null };
}
