/** The words of the command line before commander reads them: which command is meant, and short ways to say things. */
import { existsSync } from 'node:fs';
import { joinBetween } from './options/ask.js';

/** Of shell completion: loaded where one of them is called. */
export const COMPLETION = ['completion', 'complete'];
const COMMANDS = [
  'analyze',
  'merge',
  'browse',
  'report',
  'live',
  'demo',
  'tcp',
  'udp',
  'interfaces',
  'explain',
  'quiz',
  'learn',
  'formats',
  'schema',
  'help',
  ...COMPLETION,
];

/** `piped`: standard input is a file or a pipe. */
export function argumentsFor(argv: readonly string[], piped: () => boolean): readonly string[] {
  return withCommand(helpTopic(joinBetween(argv)), piped);
}

/** `synfin help tcp server` is `synfin tcp server --help`. */
function helpTopic(argv: readonly string[]): readonly string[] {
  const [first, topic, ...more] = argv;
  if (first !== 'help' || topic === undefined || topic.startsWith('-')) return argv;
  // an unknown one is refused as an unknown command
  return COMMANDS.includes(topic) ? [topic, ...more, '--help'] : [topic];
}

/** Options that are answered without a command. */
const OF_THE_PROGRAM = new Set(['-h', '--help', '-V', '--version']);

/**
 * `synfin FILE` is `synfin analyze FILE`; a word that names no file is later refused as an unknown command. Without words,
 * standard input is read if it is a file or a pipe.
 */
function withCommand(argv: readonly string[], piped: () => boolean): readonly string[] {
  const first = argv.find((argument) => !argument.startsWith('-') || argument === '-');
  if (argv.some((argument) => OF_THE_PROGRAM.has(argument)) && first === undefined) return argv;
  if (first === undefined) {
    if (piped()) return ['analyze', ...argv];
    return argv.length === 0 ? ['-h'] : argv;
  }
  // after an option it may be the option's value: --columns help
  if (COMMANDS.includes(first) && (first !== 'help' || first === argv[0])) return argv;
  // only the very first word can be a mistyped command; after an option it may be the option's value
  const file = first !== argv[0] || first === '-' || /[./\\]/.test(first) || existsSync(first);
  return file ? ['analyze', ...argv] : argv;
}

/** `--version -v`: also the versions of Node.js, the system and the capture library. */
export function wantsVersions(argv: readonly string[]): boolean {
  const asks = argv.includes('--version') || argv.includes('-V');
  return asks && (argv.includes('-v') || argv.includes('--verbose'));
}
