/** Runs the built command line as a separate process, as a user does. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Run } from '../run-cli.js';
import { ROOT } from './fixtures.js';

export const MAIN = resolve(ROOT, 'dist/cli/main.js');

export interface ProcessOptions {
  /** Standard input: text or bytes, in pieces, or a file opened as it; none ends at once. */
  input?: string | Buffer | Buffer[] | { file: string };
  env?: NodeJS.ProcessEnv;
  uid?: number;
  /** A descriptor as standard input, in place of a pipe. */
  stdin?: number;
  cwd?: string;
}

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  ...more,
});

export interface Running {
  child: ChildProcessWithoutNullStreams;
  /** Resolves when standard output or standard error has text that matches; rejects when the process ends before. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  done: Promise<Run & { signal: NodeJS.Signals | null }>;
}

/** Starts it and leaves standard input open. */
export function startProcess(argv: readonly string[], options: ProcessOptions = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...argv], {
    env: environment(options.env),
    cwd: options.cwd ?? ROOT,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    stdio: [options.stdin ?? 'pipe', 'pipe', 'pipe'],
  }) as ChildProcessWithoutNullStreams;
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const watcher of watchers) watcher();
  });
  // the process may end before it has read all of it
  if (options.stdin === undefined) child.stdin.on('error', () => {});
  const done = new Promise<Run & { signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? -1, signal, stdout, stderr }));
  });
  const until = (pattern: RegExp): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match === null) return;
        watchers.delete(look);
        resolve(match);
      };
      watchers.add(look);
      look();
      void done.then((run) => reject(new Error(`ended before ${pattern}: ${JSON.stringify(run)}`)), reject);
    });
  return { child, until, done };
}

/** Runs it to its end. */
export async function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<Run> {
  const { input = '' } = options;
  if (typeof input === 'object' && 'file' in input) return runWithFile(argv, input.file, options);
  const { child, done } = startProcess(argv, options);
  for (const piece of Array.isArray(input) ? input : [input]) {
    if (!child.stdin.write(piece)) await new Promise((resolve) => child.stdin.once('drain', resolve));
    // each piece is to arrive by itself
    if (Array.isArray(input)) await new Promise((resolve) => setImmediate(resolve));
  }
  child.stdin.end();
  const { code, stdout, stderr } = await done;
  return { code, stdout, stderr };
}

/** With a file as standard input, as `synfin - < FILE`. */
async function runWithFile(argv: readonly string[], file: string, options: ProcessOptions): Promise<Run> {
  const descriptor = openSync(file, 'r');
  const child = spawn(process.execPath, [MAIN, ...argv], {
    env: environment(options.env),
    cwd: options.cwd ?? ROOT,
    stdio: [descriptor, 'pipe', 'pipe'],
  });
  closeSync(descriptor);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code: code ?? -1, stdout, stderr };
}
