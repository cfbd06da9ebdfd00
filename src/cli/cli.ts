/**
 * The command line: arguments to a command, errors to sentences, outcomes to exit codes (CONTRACT.md).
 * Commands are loaded when they are called for, so that a short one starts fast.
 */

import { existsSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { type AskFlags, addAskOptions, joinBetween } from './options/ask.js';
import {
  type AnalyzeFlags,
  addOutputOptions,
  nonNegative,
  type OutputFlags,
  positive,
} from './options/options.js';
import { parseRotate, type RotateLimits } from './options/rotate-limits.js';
import { DONE, INTERRUPTED, WRONG_USE } from './terminal/exit-codes.js';
import { type CliIo, write } from './terminal/io.js';
import { installation } from './terminal/package-root.js';

/** Runs a command; resolves to the exit code. Never rejects for what a person can mend. */
export async function cli(argv: readonly string[], io: CliIo): Promise<number> {
  let outcome = DONE;
  const called = withCommand(joinBetween(argv));
  const program = build(io, called[0], (code) => {
    outcome = code;
  });
  try {
    await program.parseAsync(called, { from: 'user' });
    return outcome;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USE;
    if (error instanceof UserError) {
      io.stderr.write(
        `synfin: ${escapeText(error.message)}\n${error.hint === null ? '' : `${error.hint}\n`}`,
      );
      return WRONG_USE;
    }
    if (io.signal.aborted) return INTERRUPTED;
    throw error;
  }
}

const COMMANDS = [
  'analyze',
  'merge',
  'live',
  'demo',
  'tcp',
  'udp',
  'interfaces',
  'formats',
  'schema',
  'help',
];

/** `synfin FILE` is `synfin analyze FILE`; a word that names no file is left to be refused as a command. */
function withCommand(argv: readonly string[]): readonly string[] {
  const first = argv.find((argument) => !argument.startsWith('-') || argument === '-');
  if (first === undefined) return argv.length === 0 ? ['--help'] : argv;
  if (COMMANDS.includes(first)) return argv;
  // only the first word of all can be a mistyped command; behind an option it may be that option's value
  const file = first !== argv[0] || first === '-' || /[./\\]/.test(first) || existsSync(first);
  return file ? ['analyze', ...argv] : argv;
}

/** `called`: the first argument, which may be a command. */
function build(io: CliIo, called: string | undefined, done: (code: number) => void): Command {
  const program = new Command('synfin')
    .description('From SYN to FIN: shows and explains how a TCP connection opened, lived and closed.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // an argument may hold anything; what is wrong with it is told without its control characters
      outputError: (text, put) => {
        const lines = text
          .replace(/^error: unknown command /, 'synfin: neither a file nor a command: ')
          .replace(/^error: /, 'synfin: ')
          .trimEnd()
          .split('\n');
        put(`${lines.map(escapeText).join('\n')}\n`);
      },
    });
  const sub = (parent: Command, name: string, description: string): Command =>
    parent.command(name).description(description).copyInheritedSettings(program);

  addSelection(
    sub(program, 'analyze', 'read captures and show their connections (also: synfin FILE)').argument(
      '<files...>',
      'capture files, folders of them, or - for standard input',
    ),
  )
    .optionsGroup('Read and save:')
    .option('--write <file>', 'write what is read to a capture file; with --connection, only that')
    .option('--follow', 'go on reading a file that grows, until Ctrl-C')
    .option('--partial <file>', 'write what synfin merge needs to join this part of a capture to the others')
    .option('--part <n>', 'with --partial: its place among the parts, where times do not tell', positive)
    .option('--verbose', 'tell the facts and comments of each file, on standard error')
    .action(async (files: string[], flags: AnalyzeFlags) => {
      const { analyze } = await import('./commands/analyze.js');
      done(await analyze(files, flags, io));
    });

  // to describe the others takes as long as to read a short capture
  if (called === 'analyze') return program;
  addSelection(
    sub(program, 'merge', 'join parts of a capture, made with analyze --partial, in any order').argument(
      '<parts...>',
      'files made with analyze --partial',
    ),
  ).action(async (parts: string[], flags: OutputFlags & AskFlags) => {
    const { merge } = await import('./commands/merge.js');
    done(await merge(parts, flags, io));
  });

  addLiveOptions(
    addSelection(sub(program, 'live', 'capture on an interface and show connections as they come and go')),
  ).action(async (flags) => {
    const { live } = await import('./commands/live.js');
    done(await live(flags, io));
  });

  const demo = sub(program, 'demo', 'run server and client on loopback and show what goes over the wire');
  for (const protocol of ['tcp', 'udp'] as const) {
    addOutputOptions(sub(demo, protocol, `the ${protocol.toUpperCase()} demo`))
      .option('--scenario <name>', 'what the two do with each other', 'simple')
      .option('--list', 'list the scenarios')
      .option('--host <address>', 'loopback address to use')
      .addOption(backendOption())
      .option('--write <file>', 'save what was captured')
      .option('--recording', 'show the recording that comes with synfin instead of capturing')
      .action(async (flags) => {
        const { demoCommand } = await import('./commands/demo.js');
        done(await demoCommand(protocol, flags, io));
      });
  }
  addPrograms(program, sub, io, done);
  sub(program, 'interfaces', 'list interfaces, and whether capturing would work here')
    .option('--json', 'as JSON')
    .action(async (flags: { json?: boolean }) => {
      const { interfaces } = await import('./commands/interfaces.js');
      done(await interfaces(flags, io));
    });
  sub(program, 'formats', 'list what capture formats and layers are read').action(async () => {
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

/** Which connections, and how they are shown. */
function addSelection(command: Command): Command {
  return addOutputOptions(addAskOptions(command));
}

function backendOption(): Option {
  return new Option('--backend <name>', 'how to capture')
    .choices(['auto', 'libpcap', 'tcpdump', 'dumpcap', 'cap'])
    .default('auto');
}

function rotateLimit(value: string, before?: RotateLimits): RotateLimits {
  const limits = parseRotate(value, before);
  if (limits === null)
    throw new InvalidArgumentError('a size (B, kB, MB, GB, MiB) or a time (s, min, h) is expected.');
  return limits;
}

function addLiveOptions(command: Command): Command {
  return command
    .option('-i, --interface <name>', 'interface to capture on (default: the loopback)')
    .option('--filter <bpf>', 'capture filter, e.g. "tcp port 80"', '')
    .option('--count <n>', 'end after this many packets', positive)
    .option('--duration <seconds>', 'end after this time', nonNegative)
    .option('--connections <n>', 'end after this many connections are over', positive)
    .option('--until-idle <seconds>', 'end when nothing came for this long', nonNegative)
    .option('--ladder', 'show each segment as an arrow as it comes')
    .option('--process', 'show the process at either end, where the kernel tells')
    .option('--kernel', "show the kernel's own state of each socket beside the inferred one")
    .option('--write <file>', 'save what was captured')
    .option('--rotate <limit>', 'begin a new file at a size or after a time, e.g. 100MB, 60s', rotateLimit)
    .option('--keep <n>', 'with --rotate: keep only the newest files', positive)
    .addOption(backendOption())
    .option(
      '--snaplen <bytes>',
      'bytes kept of each packet (default: with --write all, else 256, enough for all headers)',
      positive,
    )
    .option('--buffer <MiB>', 'size of the kernel buffer', positive)
    .option('--promiscuous', 'also packets that are not for this machine')
    .addOption(
      new Option('--direction <which>', 'which packets').choices(['both', 'in', 'out']).default('both'),
    )
    .option('--no-drop', 'keep root rights after the interface is open');
}

function addPrograms(
  program: Command,
  sub: (parent: Command, name: string, description: string) => Command,
  io: CliIo,
  done: (code: number) => void,
): void {
  const endpoint = (command: Command): Command =>
    command
      .option('--host <name>', 'address or name (default: HOST from the environment, or 127.0.0.1)')
      .option('--port <n>', 'port (default: PORT from the environment, or 7777)');
  const tcp = sub(program, 'tcp', 'the TCP demo programs by themselves');
  endpoint(sub(tcp, 'server', 'listen, print what clients send, and echo it'))
    .option('--no-echo', 'do not answer')
    .option('--close-after <n>', 'close first, after this many messages', positive)
    .option('--talk <ms>', 'send lines of its own at this interval, while clients talk', positive)
    .action(async (flags) => {
      const { runProgram } = await import('./commands/programs.js');
      done(await runProgram('tcp-server', flags, io));
    });
  endpoint(sub(tcp, 'client', 'connect, send each line typed, print what comes back'))
    .option('--message <text>', 'send this first (repeatable)', collect, [])
    .option('--close', 'close after the messages are answered, without reading lines')
    .action(async (flags) => {
      const { runProgram } = await import('./commands/programs.js');
      done(await runProgram('tcp-client', flags, io));
    });
  const udp = sub(program, 'udp', 'the UDP demo programs by themselves');
  endpoint(sub(udp, 'server', 'print datagrams and who sent them'))
    .addOption(
      new Option('--reply <to>', 'whom to answer').choices(['none', 'sender', 'all']).default('sender'),
    )
    .action(async (flags) => {
      const { runProgram } = await import('./commands/programs.js');
      done(await runProgram('udp-server', flags, io));
    });
  endpoint(sub(udp, 'client', 'send each line typed as a datagram'))
    .option('--message <text>', 'send this instead of what is typed (repeatable)', collect, [])
    .option('--timeout <ms>', 'how long to wait for answers', nonNegative)
    .option('--connected', 'use a connected socket, which learns of ICMP errors')
    .action(async (flags) => {
      const { runProgram } = await import('./commands/programs.js');
      done(await runProgram('udp-client', flags, io));
    });
}

function collect(value: string, values: string[]): string[] {
  return [...values, value];
}

export function version(): string {
  return installation().manifest.version;
}
