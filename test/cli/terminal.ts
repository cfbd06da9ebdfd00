/** Runs the built command line on a terminal (a pseudo-terminal, by Python's pty), as a user at a keyboard does. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { ROOT } from './fixtures.js';
import { MAIN } from './process.js';

/** Null where that is possible; else why not. */
export const NO_TERMINAL: string | null =
  process.platform !== 'win32' &&
  spawnSync('python3', ['-c', 'import os, pty; os.waitstatus_to_exitcode']).status === 0
    ? null
    : 'needs python3 (3.9 or later) with its pty module';

/** Copies between the terminal and its own standard input and output; ends as the program does. */
const PTY = `
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
`;

export const CTRL_C = '\u0003';

const running = new Set<ChildProcess>();

/** Hangs up, where a test failed in the middle. */
export function hangUp(): void {
  for (const child of running) child.kill();
}

export interface OnTerminal {
  /** The output on the terminal. */
  text(): string;
  type(keys: string): void;
  /** Resolves when the output on the terminal matches. */
  until(pattern: RegExp): Promise<void>;
  /** The exit code. */
  ended: Promise<number | null>;
}

/** `redirect`: as a shell writes it, e.g. `> file`, `< pipe`; the rest stays the terminal's. */
export function onTerminal(argv: readonly string[], redirect = '', env: NodeJS.ProcessEnv = {}): OnTerminal {
  const script = `stty cols 100; exec "$@" ${redirect}`;
  const child = spawn('python3', ['-c', PTY, 'sh', '-c', script, 'sh', process.execPath, MAIN, ...argv], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C.UTF-8', TERM: 'xterm', ...env },
  });
  running.add(child);
  let text = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child);
      child.stdin.end();
      resolve(code);
    }),
  );
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      void ended.then((code) =>
        reject(new Error(`ended (${code}) before ${pattern}: ${JSON.stringify(text)}`)),
      );
    });
  return { text: () => text, type: (keys) => void child.stdin.write(keys), until, ended };
}

/** With escape characters made visible, as `␛`. */
export function visible(text: string): string {
  return text.replaceAll('\u001b', '␛');
}

/** The final screen: the lines of a terminal of which only the last is ever overwritten. */
export function onScreen(text: string): string[] {
  const lines = [''];
  let column = 0;
  for (const [part, count, move] of visible(text).matchAll(/␛(?:[78]|\[(\d*)([A-Za-z]))|[\r\n]|[^␛\r\n]+/g)) {
    const line = lines.at(-1) ?? '';
    if (part === '\n') lines.push('');
    if (part === '\n' || part === '\r' || (move === 'G' && count === '1')) column = 0;
    else if (move === 'K') lines[lines.length - 1] = count === '2' ? '' : line.slice(0, column);
    else if (!part.startsWith('␛')) {
      lines[lines.length - 1] =
        line.slice(0, column).padEnd(column) + part + line.slice(column + part.length);
      column += part.length;
    }
  }
  return lines;
}
