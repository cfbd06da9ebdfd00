/** Runs the command line in this process and gives what it wrote. */
import { PassThrough, type Readable, Writable } from 'node:stream';
import { cli } from '../src/cli/cli.js';

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
  terminal?: boolean;
}

export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const stdout = collector();
  const stderr = collector();
  const code = await cli(argv, {
    stdin: options.stdin ?? new PassThrough().end(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { LC_ALL: 'C.UTF-8', ...options.env },
    terminal: options.terminal ?? false,
    columns: options.columns ?? null,
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
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
