/** The help in another language: what commands, options and arguments say in English is put into its words. */
import type { Command } from 'commander';
import type { Language } from '../../explain/language-names.js';
import type { ThrownError } from '../../explain/shared/errors.js';
import { sayEarly } from '../terminal/early-text.js';

export interface HelpWords {
  /** A description, a heading or an example. */
  text(english: string): string;
  /** What is wrong with the arguments. */
  error(english: string): string;
  /** What went wrong, and what to do. */
  thrown(error: ThrownError): { message: string; hint: string | null };
}

const same = (english: string): string => english;
export const ENGLISH_HELP: HelpWords = {
  text: same,
  error: same,
  thrown: ({ message, hint = null }) => ({ message, hint }),
};

/** Of English nothing is loaded. */
export async function helpWords(language: Language): Promise<HelpWords> {
  if (language === 'en') {
    sayEarly(null);
    return ENGLISH_HELP;
  }
  const { useLanguage } = await import('../../explain/languages.js');
  await useLanguage(language);
  const { phrases } = await import('../../explain/phrases.js');
  const { helpText, usageError, errorText, thrownText } = phrases;
  sayEarly(errorText);
  return { text: helpText, error: usageError, thrown: thrownText };
}

/** Puts the descriptions of a program and all of its commands into words. */
export function translateHelp(program: Command, words: HelpWords): void {
  const { text } = words;
  program.description(text(program.description()));
  for (const option of program.options) {
    option.description = text(option.description);
    if (option.helpGroupHeading !== undefined) option.helpGroupHeading = text(option.helpGroupHeading);
  }
  for (const argument of program.registeredArguments) argument.description = text(argument.description);
  program.configureHelp({
    styleTitle: text,
    styleOptionDescription: (shown) => withExtras(shown, text),
    styleSubcommandDescription: text,
  });
  for (const command of program.commands) translateHelp(command, words);
}

/** What commander adds to a description. */
function withExtras(shown: string, text: HelpWords['text']): string {
  // commander's own options have English descriptions
  return text(shown)
    .replace('(choices: ', `(${text('choices')}: `)
    .replace(/(?<=[(,] ?)default: (?="|\d)/, `${text('default')}: `);
}
