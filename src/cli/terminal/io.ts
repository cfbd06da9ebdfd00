/** Everything that the command line uses from outside, so that it can be tested without a process. */
import { fstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { cannotWrite } from '../../files/writable.js';
import { earlyText } from './early-text.js';
import { DONE, WRONG_USE } from './exit-codes.js';

export interface CliIo {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  env: NodeJS.ProcessEnv;
  /** True where standard input is a file or a pipe, which is then read. */
  piped: boolean;
  /** True where standard output is a terminal; its columns, or those of COLUMNS, or null. */
  terminal: boolean;
  columns: number | null;
  /** Its lines, or null. */
  rows: number | null;
  /** True where results go into a pipe: what reads them may draw on the terminal (`| less`). */
  pipedOut?: boolean;
  /** Aborted by Ctrl-C (SIGINT) or SIGTERM. */
  signal: AbortSignal;
  /**
   * Command line that starts this command again, or synfin with other arguments, in a process of its own. Missing where
   * the program is not that of the command line, as in a test.
   */
  again?: (argv?: readonly string[]) => readonly string[];
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
    const { values, message } = cannotWrite('standard output', error);
    process.stderr.write(`synfin: ${values === null ? message : earlyText(values)}\n`);
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
      return kindOf(0) !== 'other';
    },
    get pipedOut() {
      return kindOf(1) === 'pipe';
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    terminal: process.stdout.isTTY === true,
    columns: columnsOf(process.stdout.columns, process.env),
    rows: process.stdout.rows || null,
    signal: interrupt.signal,
    again: (argv = process.argv.slice(2)) => [
      process.execPath,
      ...process.execArgv,
      ...process.argv.slice(1, 2),
      ...argv,
    ],
  };
}

/** A terminal knows them, or says 0; elsewhere COLUMNS may be set, as ls and ps take it. */
export function columnsOf(own: number | undefined, { COLUMNS: set = '' }: NodeJS.ProcessEnv): number | null {
  if (own !== undefined && own > 0) return own;
  return /^\d+$/.test(set) && Number(set) > 0 ? Number(set) : null;
}

/** What a descriptor of the process is; a terminal or a device such as /dev/null is neither. */
function kindOf(descriptor: number): 'file' | 'pipe' | 'other' {
  try {
    const facts = fstatSync(descriptor);
    if (facts.isFile()) return 'file';
    return facts.isFIFO() || facts.isSocket() ? 'pipe' : 'other';
  } catch {
    return 'other';
  }
}

/**
 * Writes; resolves when the data is no longer needed, later for a slower reader, so that nothing piles up. Resolves to an
 * error, if there was one; those of standard output are reported elsewhere (`processIo`).
 */
export function write(stream: Writable, data: string | Uint8Array): Promise<Error | null> {
  return new Promise((resolve) => stream.write(data, (error) => resolve(error ?? null)));
}
