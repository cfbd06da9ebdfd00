/**
 * The command line: arguments to a command, errors to sentences, outcomes to exit codes (CONTRACT.md).
 * Commands are loaded when they are called for, so that a short one starts fast.
 */

import { Command, CommanderError } from 'commander';
import { CaptureError, UserError } from '../errors.js';
import { escapeLines, escapeText } from '../escape.js';
import type { Language } from '../explain/language-names.js';
import { argumentsFor, COMPLETION, wantsVersions } from './arguments.js';
import { addLearning } from './learning.js';
import { type AskFlags, addAskOptions } from './options/ask.js';
import { addBrowseOptions, type BrowseFlags } from './options/browse-options.js';
import { addExamples, firstHelp, shortHelp } from './options/examples.js';
import { ENGLISH_HELP, type HelpWords, helpWords, translateHelp } from './options/help-words.js';
import {
  languageNamed,
  languageOfHelp,
  languageOfLocale,
  languageOption,
  leadingLanguage,
} from './options/language.js';
import { addLiveOptions, backendOption } from './options/live-options.js';
import {
  type AnalyzeFlags,
  addOutputOptions,
  collectIndices,
  collectText,
  type OutputFlags,
  positive,
  wholeNumber,
  withFormat,
} from './options/options.js';
import { type AddCommand, addPrograms } from './programs.js';
import { DONE, INTERRUPTED, WRONG_USE } from './terminal/exit-codes.js';
import { checkOutputs } from './terminal/files.js';
import { type CliIo, write } from './terminal/io.js';
import { installation } from './terminal/package-root.js';

/** Runs a command; resolves to the exit code. Never rejects for an error that the user can fix. */
export async function cli(argv: readonly string[], io: CliIo): Promise<number> {
  let outcome = DONE;
  if (wantsVersions(argv)) {
    const { versions } = await import('./commands/versions.js');
    await write(io.stdout, await versions());
    return DONE;
  }
  const { rest, named } = leadingLanguage(argv);
  const called = argumentsFor(rest, () => io.piped);
  const words = await helpWords(languageOfHelp(argv, io.env));
  const done = (code: number): void => {
    outcome = code;
  };
  const program = build(io, called[0], done, words);
  program.hook('preAction', async (_, command) => {
    // the option belongs to the parent command: `demo tcp`
    const { lang } = command.optsWithGlobals<{ lang?: Language }>();
    const { useLanguage } = await import('../explain/languages.js');
    await useLanguage(lang ?? (named === null ? languageOfLocale(io.env) : languageNamed(named)));
    checkOutputs(command.opts());
  });
  addExamples(program, words);
  const [command = '', option] = called;
  if (command === '-h' && called.length === 1) {
    await write(io.stdout, firstHelp(program, words));
    return DONE;
  }
  const short = option === '-h' && called.length === 2 ? shortHelp(program, command, words) : null;
  if (short !== null) {
    await write(io.stdout, short);
    return DONE;
  }
  if (COMPLETION.includes(command)) {
    const { addCompletionCommands } = await import('./commands/completion.js');
    addCompletionCommands(program, called.at(-1) ?? '');
  }
  try {
    await program.parseAsync(called, { from: 'user' });
    return outcome;
  } catch (error) {
    // no arguments and no input
    if (rest.length === 0 && error instanceof CaptureError && error.code === 'empty') {
      await write(
        io.stdout,
        firstHelp(
          build(io, undefined, () => {}, words),
          words,
        ),
      );
      return DONE;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USE;
    if (error instanceof UserError) {
      const { message, hint } = words.thrown(error);
      io.stderr.write(`synfin: ${escapeText(message)}\n${hint === null ? '' : `${escapeLines(hint)}\n`}`);
      return WRONG_USE;
    }
    if (io.signal.aborted) return INTERRUPTED;
    throw error;
  }
}

/** `called`: the first argument, which may be a command; `words`: of the help. */
function build(
  io: CliIo,
  called: string | undefined,
  done: (code: number) => void,
  words: HelpWords,
): Command {
  const program = describe(io, called, done, words);
  if (words !== ENGLISH_HELP) translateHelp(program, words);
  return program;
}

function describe(
  io: CliIo,
  called: string | undefined,
  done: (code: number) => void,
  words: HelpWords,
): Command {
  const program = new Command('synfin')
    .description('From SYN to FIN: shows and explains how a TCP connection opened, lived and closed.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ subcommandTerm: (each) => each.name() })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // an argument may contain anything: errors show it without control characters
      outputError: (text, put) => {
        const error = text
          .replace(/^error: unknown command /, 'neither a file nor a command: ')
          .replace(/^error: /, '')
          .trimEnd();
        // what is expected goes on where commander begins a sentence
        const said = words.error(error).replace(/ is invalid\. (?=\p{Ll})/u, ' is invalid: ');
        put(`${escapeLines(`synfin: ${said}`)}\n`);
      },
    });
  const sub: AddCommand = (parent, name, description) =>
    parent.command(name).description(description).copyInheritedSettings(program);

  addEvents(
    addSelection(
      sub(program, 'analyze', 'read captures and show their connections (also: synfin FILE)').argument(
        '[files...]',
        'capture files, folders of them, or - for standard input',
      ),
    ),
  )
    .optionsGroup('Read and save:')
    .option('-r, --read <file>', 'the same as FILE (repeatable)', collectText)
    .option('-c, --count <n>', 'read so many packets', positive)
    .option(
      '-w, --write <file>',
      'write what is read, or the connections that are selected, to a capture file',
    )
    .option('--follow', 'go on reading a file that grows, until Ctrl-C')
    .option('--partial <file>', 'write what synfin merge needs to join this part of a capture to the others')
    .option('--part <n>', 'with --partial: its place among the parts, where times do not show it', positive)
    .option('-n', 'no effect: names are never looked up')
    .option('-v, --verbose', 'print the facts and comments of each file, on standard error')
    .action(async (files: string[], flags: AnalyzeFlags) => {
      const { analyze } = await import('./commands/analyze.js');
      done(await analyze(inputs(files, flags, io), withFormat(flags), io));
    });

  // describing the other commands takes as long as reading a short capture
  if (called === 'analyze') return program;
  addEvents(
    addSelection(
      sub(program, 'merge', 'join parts of a capture, made with analyze --partial, in any order').argument(
        '<parts...>',
        'files made with analyze --partial',
      ),
    ),
  ).action(async (parts: string[], flags: OutputFlags & AskFlags) => {
    const { merge } = await import('./commands/merge.js');
    done(await merge(parts, withFormat(flags), io));
  });

  addBrowseOptions(
    addAskOptions(
      sub(program, 'browse', 'walk through the connections of a capture on the whole terminal').argument(
        '[files...]',
        'capture files, or folders of them; or -i for a live capture',
      ),
    ),
  ).action(async (files: string[], flags: BrowseFlags) => {
    const { browse } = await import('./commands/browse.js');
    done(await browse(files, flags, io));
  });
  addAskOptions(
    sub(program, 'report', 'write a page for the browser: all connections, each segment explained').argument(
      '[files...]',
      'capture files, folders of them, or - for standard input; without any, a page that takes dropped ones',
    ),
  )
    .option(
      '-o, --output <file>',
      'the page; on a terminal by default named as the capture, else standard output',
    )
    .option('--connection <list>', 'these connections, by number, e.g. 3,7-9 (repeatable)', collectIndices)
    .option('--segments <n>', 'segments in the page at most (default: 50,000)', wholeNumber)
    .addOption(languageOption())
    .option('--max-connections <n>', 'connections followed at the same time', positive)
    .option('-q, --quiet', 'no progress, no hints')
    .option('--no-progress', 'no bar while a long capture is read')
    .action(async (files: string[], flags) => {
      const { report } = await import('./commands/report.js');
      done(await report(files, flags, io));
    });

  addLiveOptions(
    addSelection(
      sub(program, 'live', 'capture on an interface and show what becomes of each connection').argument(
        '[filter...]',
        'which packets, as tcpdump takes it: host 10.0.0.5 and port 80',
      ),
    ),
  ).action(async (words: string[], flags) => {
    const { live } = await import('./commands/live.js');
    done(await live(words, withFormat(flags), io));
  });

  const demo = sub(program, 'demo', 'run server and client on loopback and show what goes over the wire')
    .option('--list', 'list the scenarios of both')
    .addOption(languageOption())
    .action(async (flags: { list?: boolean }, command: Command) => {
      if (flags.list !== true) return command.help({ error: true });
      const { listScenarios } = await import('./commands/demo.js');
      done(await listScenarios(['tcp', 'udp'], io));
    });
  for (const protocol of ['tcp', 'udp'] as const) {
    addOutputOptions(sub(demo, protocol, `the ${protocol.toUpperCase()} demo`))
      .option('--scenario <name>', 'what the two do with each other', 'simple')
      .option('--list', 'list the scenarios')
      .option('--host <address>', 'loopback address to use')
      .addOption(backendOption())
      .option('--write <file>', 'save what was captured')
      .option(
        '--snaplen <bytes>',
        'bytes kept of each packet, 0: all (default: with --write all, else 256)',
        wholeNumber,
      )
      .option('--recording', 'show the recording that comes with synfin instead of capturing')
      .option('--web', 'show it on a page of this machine, in the browser, as it happens')
      .option('--no-open', 'with --web: print the address of the page, and open no browser')
      .action(async (flags, command: Command) => {
        const { demoCommand } = await import('./commands/demo.js');
        // `demo` handles --list, wherever it is
        const { list } = command.optsWithGlobals<{ list?: boolean }>();
        done(await demoCommand(protocol, { ...withFormat(flags), ...(list === true ? { list } : {}) }, io));
      });
  }
  addLearning(program, sub, io, done, cli);
  addPrograms(program, sub, io, done);
  sub(program, 'interfaces', 'list interfaces, and whether capturing would work here')
    .option('--json', 'as JSON')
    .addOption(languageOption())
    .action(async (flags: { json?: boolean }) => {
      const { interfaces } = await import('./commands/interfaces.js');
      done(await interfaces(flags, io));
    });
  sub(program, 'formats', 'list what capture formats and layers are read')
    .addOption(languageOption())
    .action(async () => {
      const { formats } = await import('./commands/formats.js');
      await write(io.stdout, formats());
      done(DONE);
    });
  sub(program, 'schema', 'print the JSON Schema of --format json').action(async () => {
    const { schema } = await import('./commands/schema.js');
    await write(io.stdout, schema());
    done(DONE);
  });
  return program;
}

/** Steps of connections, for commands that do not watch. */
function addEvents(command: Command): Command {
  return command.option('--events', 'with ndjson: each step of a connection as well');
}

/** Which connections, and how they are shown. */
function addSelection(command: Command): Command {
  return addOutputOptions(addAskOptions(command));
}

/** The files to read; standard input where none is named and it is a file or a pipe. */
function inputs(files: readonly string[], { read = [], columns }: AnalyzeFlags, io: CliIo): string[] {
  const named = [...read, ...files];
  // of which nothing is read
  if (named.length > 0 || columns?.includes('help') === true) return named;
  if (io.piped) return ['-'];
  throw new UserError({ kind: 'no-capture-named', command: 'synfin' });
}

export function version(): string {
  return installation().manifest.version;
}
