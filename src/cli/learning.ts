/** What teaches, as commands: `synfin explain`, `quiz` and `learn`. */
import { type Command, Option } from 'commander';
import { languageOption } from './options/language.js';
import { colorOption, positive, wholeNumber } from './options/options.js';
import type { AddCommand } from './programs.js';
import type { CliIo } from './terminal/io.js';

/** `run`: the command line itself, which lessons run. */
export function addLearning(
  program: Command,
  sub: AddCommand,
  io: CliIo,
  done: (code: number) => void,
  run: (argv: readonly string[], io: CliIo) => Promise<number>,
): void {
  addLook(
    sub(program, 'explain', 'explain a word: a state, flag, field, option, finding, cause, …')
      .argument('[term...]', 'the word, e.g. TIME-WAIT, accept queue, S0, 31 or ShADadFf')
      .option('--list', 'all words, or those of a kind: --list states')
      .addOption(new Option('--format <name>', 'how to show it').choices(['text', 'json']).default('text')),
  ).action(async (words: string[], flags) => {
    const { explain } = await import('./commands/explain.js');
    done(await explain(words, flags, io));
  });
  addLook(
    sub(program, 'quiz', 'ask about a real connection, and say why an answer is right or wrong')
      .argument('[file]', 'a capture (default: the recording of the TCP demo)')
      .option('--connection <n>', 'the connection with this number', wholeNumber)
      .option('--questions <n>', 'questions at most', positive, 8),
  ).action(async (file: string | undefined, flags) => {
    const { quiz } = await import('./commands/quiz.js');
    done(await quiz(file, flags, io));
  });
  addLook(
    sub(program, 'learn', 'lessons on TCP and UDP, each with commands that are run on the way')
      .argument('[lesson]', 'its number or its name; without one, they are listed')
      .option('--list', 'list the lessons')
      .option('--live', 'run the scenarios of the lesson, where capturing is possible'),
  ).action(async (lesson: string | undefined, flags) => {
    const { learn } = await import('./commands/learn.js');
    const { spoken } = await import('../explain/languages.js');
    const { again } = io;
    done(
      await learn(lesson, flags, io, (argv, inside) => {
        const words = ['--lang', spoken, ...argv];
        return run(words, again === undefined ? inside : { ...inside, again: () => again(words) });
      }),
    );
  });
}

function addLook(command: Command): Command {
  return command
    .option('--width <columns>', 'width of the output (default: that of the terminal, or 80)', positive)
    .option('--ascii', 'only ASCII characters')
    .addOption(languageOption())
    .addOption(colorOption());
}
