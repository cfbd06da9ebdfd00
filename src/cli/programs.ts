/** The demo programs by themselves, as commands: `synfin tcp server` and the like. */
import { type Command, Option } from 'commander';
import { languageOption } from './options/language.js';
import { collectText, nonNegative, positive } from './options/options.js';
import type { CliIo } from './terminal/io.js';

/** Adds a command to another. */
export type AddCommand = (parent: Command, name: string, description: string) => Command;

export function addPrograms(
  program: Command,
  sub: AddCommand,
  io: CliIo,
  done: (code: number) => void,
): void {
  const endpoint = (command: Command): Command =>
    command
      .option('--host <name>', 'address or name (default: HOST from the environment, or 127.0.0.1)')
      .option('--port <n>', 'port (default: PORT from the environment, or 7777)')
      .addOption(languageOption());
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
    .option('--message <text>', 'send this first (repeatable)', collectText, [])
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
    .option('--message <text>', 'send this instead of what is typed (repeatable)', collectText, [])
    .option('--timeout <ms>', 'how long to wait for answers', nonNegative)
    .option('--connected', 'use a connected socket, which learns of ICMP errors')
    .action(async (flags) => {
      const { runProgram } = await import('./commands/programs.js');
      done(await runProgram('udp-client', flags, io));
    });
}
