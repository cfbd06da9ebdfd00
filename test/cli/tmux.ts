/** Runs the built command line in a window of tmux: keys in, and the visible screen out. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { shellWord } from '../../src/browse/command-line.js';
import { ROOT } from './fixtures.js';
import { MAIN } from './process.js';

/** Null where that is possible; else why not. */
export const NO_TMUX: string | null =
  spawnSync('tmux', ['-V']).status === 0 ? null : 'needs tmux (Debian package tmux)';

/** Long enough for a busy machine. */
const PATIENCE_MS = 20_000;

/** A separate server, without configuration. */
export class Tmux {
  readonly #folder = mkdtempSync(join(tmpdir(), 'synfin-tmux-'));
  #windows = 0;

  run(...args: string[]): string {
    const { stdout, stderr, status } = spawnSync(
      'tmux',
      ['-S', join(this.#folder, 'socket'), '-f', '/dev/null', ...args],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: this.#folder, LC_ALL: 'C.UTF-8', TERM: 'xterm', HISTFILE: '' },
      },
    );
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** A shell with a line on the screen, which must be visible again after the program. */
  async open(width: number, height: number): Promise<Window> {
    const name = `w${this.#windows++}`;
    this.run(
      'new-session',
      '-d',
      '-s',
      name,
      '-x',
      `${width}`,
      '-y',
      `${height}`,
      '-c',
      ROOT,
      'PS1="$ " bash --norc',
    );
    this.run('set-option', '-s', 'set-clipboard', 'on');
    const window = new Window(this, name);
    window.type('echo be""fore');
    window.press('Enter');
    await window.until(/^before$/m);
    return window;
  }

  end(): void {
    spawnSync('tmux', ['-S', join(this.#folder, 'socket'), 'kill-server']);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

export class Window {
  constructor(
    private readonly tmux: Tmux,
    private readonly name: string,
  ) {}

  press(...keys: string[]): void {
    this.tmux.run('send-keys', '-t', this.name, ...keys);
  }

  type(text: string): void {
    this.tmux.run('send-keys', '-t', this.name, '-l', text);
  }

  /** Starts synfin; the shell says `ended CODE` after it. `env`: words such as `A=b`. */
  start(args: readonly string[], env: readonly string[] = []): void {
    const words = [...env, process.execPath, MAIN, ...args].map(shellWord).join(' ');
    this.type(`env ${words}; echo ended $?`);
    this.press('Enter');
  }

  get screen(): string {
    return this.tmux.run('capture-pane', '-p', '-t', this.name);
  }

  /** As tmux formats it, e.g. `#{alternate_on}`. */
  facts(format: string): string {
    return this.tmux.run('display-message', '-p', '-t', this.name, format).trim();
  }

  resize(width: number, height: number): void {
    this.tmux.run('resize-window', '-t', this.name, '-x', `${width}`, '-y', `${height}`);
  }

  async until(pattern: RegExp): Promise<string> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const { screen } = this;
      if (pattern.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`${pattern} did not come:\n${screen}`);
      await wait(40);
    }
  }

  /** The process that synfin runs in: the youngest child of the shell. */
  get processId(): number {
    const shell = this.facts('#{pane_pid}');
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', shell], { encoding: 'utf8' });
    return Number(stdout.trim().split('\n').at(-1));
  }
}
