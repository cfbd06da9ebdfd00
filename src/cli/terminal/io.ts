/** Everything that the command line uses from outside, so that it can be tested without a process. */
import { fstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { DONE, WRONG_USE } from './exit-codes.js';
import { cannotWrite } from './files.js';

export interface CliIo {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  env: NodeJS.ProcessEnv;
  /** True where standard input is a file or a pipe, which is then read. */
  piped: boolean;
  /** True where standard output is a terminal; its width, or null. */
  terminal: boolean;
  columns: number | null;
  /** Aborted by Ctrl-C (SIGINT) or SIGTERM. */
  signal: AbortSignal;
  /** Called before results go to standard output: removes the bar or status line from the terminal. */
  beforeResults?: () => void;
}

/** The real process. A first Ctrl-C asks to end; a second one ends at once. */
export function processIo(): CliIo {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // the reader has gone (`| head`)
    if (error.code === 'EPIPE') process.exit(DONE);
    process.stderr.write(`synfin: ${cannotWrite('standard output', error).message}\n`);
    process.exit(WRONG_USE);
  });
  // nobody reads standard error any more; results still go to standard output
  process.stderr.on('error', () => {});
  return {
    // made when it is first asked for, which takes a few milliseconds
    get stdin() {
      return process.stdin;
    },
    get piped() {
      return isPiped();
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    terminal: process.stdout.isTTY === true,
    // a terminal that does not know its size says 0
    columns: process.stdout.columns || null,
    signal: interrupt.signal,
  };
}

/** Not a terminal and not a device such as /dev/null. */
function isPiped(): boolean {
  try {
    const facts = fstatSync(0);
    return facts.isFile() || facts.isFIFO() || facts.isSocket();
  } catch {
    return false;
  }
}

/**
 * Writes; resolves when the data is no longer needed, later for a slower reader, so that nothing piles up. Resolves to an
 * error, if there was one; those of standard output are reported elsewhere (`processIo`).
 */
export function write(stream: Writable, data: string | Uint8Array): Promise<Error | null> {
  return new Promise((resolve) => stream.write(data, (error) => resolve(error ?? null)));
}
