/** Runs the command line in this process and gives what it wrote. */
import { PassThrough, type Readable, Writable } from 'node:stream';
import { cli } from '../src/cli/cli.js';
import type { CliIo } from '../src/cli/terminal/io.js';

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  stdin?: Readable;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  columns?: number;
  rows?: number;
  terminal?: boolean;
}

export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const stdout = collector();
  const stderr = collector();
  const code = await cli(argv, ioInto(stdout.stream, stderr.stream, options));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** The outside of a command, made of two streams only. */
export function ioInto(stdout: Writable, stderr = stdout, options: RunOptions = {}): CliIo {
  return {
    stdin: options.stdin ?? new PassThrough().end(),
    piped: options.stdin !== undefined,
    stdout,
    stderr,
    env: { LC_ALL: 'C.UTF-8', ...options.env },
    terminal: options.terminal ?? false,
    columns: options.columns ?? null,
    rows: options.rows ?? null,
    signal: options.signal ?? new AbortController().signal,
  };
}

function collector(): { stream: Writable; text(): string } {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}
