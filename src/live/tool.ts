/**
 * A capture program of the system (tcpdump, dumpcap), run under the helper.
 *
 * It writes its stream straight into the helper's pipe to the main process. Closing that pipe does not end a tool
 * on an idle interface, so the helper does, as soon as its own standard input ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type End, endedBy, type FailureCode, STREAM_FD, send, wordsOf } from './control.js';
import { forEachLine } from './lines.js';
import { childEnvironment } from './programs.js';

const READY_MILLISECONDS = 10_000;
const KILL_MILLISECONDS = 3000;
const KEPT_LINES = 40;

export class Tool {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #lines: string[] = [];
  readonly #exited: Promise<void>;
  #running = true;
  #code: number | null = null;
  #signal: string | null = null;
  readonly #waiting = new Set<() => void>();
  readonly #onLine: (line: string) => void;

  constructor(name: string, command: string, args: string[], onLine: (line: string) => void) {
    this.#name = name;
    this.#onLine = onLine;
    this.#child = spawn(command, args, {
      stdio: ['ignore', STREAM_FD, 'pipe'],
      env: { ...childEnvironment(), LC_ALL: 'C' },
      windowsHide: true,
    });
    if (this.#child.pid !== undefined) send({ type: 'tool', pid: this.#child.pid });
    const { stderr } = this.#child;
    const spoken = stderr === null ? Promise.resolve() : forEachLine(stderr, (line) => this.#hear(line));
    this.#exited = new Promise((resolve) => {
      const finish = async (code: number | null, signal: string | null) => {
        await spoken;
        this.#code = code;
        this.#signal = signal;
        this.#running = false;
        for (const wake of this.#waiting) wake();
        resolve();
      };
      this.#child.once('exit', finish);
      this.#child.once('error', (error) => {
        this.#hear(error.message);
        void finish(1, null);
      });
    });
  }

  get running(): boolean {
    return this.#running;
  }

  /** What it said on standard error, the last lines. */
  get said(): string {
    return this.#lines.join('\n');
  }

  /** @returns the line that shows that it captures; null where it ended or was stopped before. */
  async readyLine(pattern: RegExp, stop: AbortSignal): Promise<string | null> {
    const until = Date.now() + READY_MILLISECONDS;
    while (this.#running && !stop.aborted && Date.now() < until) {
      const line = this.#lines.find((candidate) => pattern.test(candidate));
      if (line !== undefined) return line;
      await this.nextLine(READY_MILLISECONDS, stop);
    }
    return null;
  }

  /** Waits for the next line, the end, `stop` or the time in milliseconds, whichever is first. */
  async nextLine(milliseconds: number, stop?: AbortSignal): Promise<void> {
    if (!this.#running || stop?.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        stop?.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      stop?.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running) this.#child.kill(signal);
  }

  /** Resolves when it has ended or `stop` is asked for. */
  async endedOr(stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    await Promise.race([this.#exited, new Promise((resolve) => stop.addEventListener('abort', resolve))]);
  }

  /** Asks it to end, and makes it end. */
  async end(): Promise<void> {
    this.signal('SIGINT');
    const patience = new AbortController();
    const late = delay(KILL_MILLISECONDS, undefined, { signal: patience.signal }).then(
      () => this.signal('SIGKILL'),
      () => {},
    );
    await this.#exited;
    patience.abort();
    await late;
  }

  /** Why it is over, for the `end` message. */
  reason(stopped: boolean): End {
    // A broken pipe: the main process takes no more.
    if (stopped || this.#signal === 'SIGPIPE') return { reason: 'stopped', why: null };
    const own = this.#lines.find((line) =>
      /disappeared|went down|no longer|is not up|not attached/i.test(line),
    );
    if (own !== undefined) return { reason: 'interface-gone', why: wordsOf(withoutName(own, this.#name)) };
    const said = withoutName(this.#lines.at(-1) ?? '', this.#name);
    return { reason: 'failed', why: endedBy(this.#name, this.#code, this.#signal, said) };
  }

  #hear(line: string): void {
    if (line.trim() === '') return;
    this.#onLine(line);
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(1, 1);
    for (const wake of this.#waiting) wake();
  }
}

/** A message without the program's own name before it. */
export function withoutName(line: string, name: string): string {
  return line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
}

/** What an error message of a tool means, by the words in it. */
export function failureCodeOf(said: string): FailureCode {
  if (/permission|not permitted|EACCES|EPERM/i.test(said)) return 'not-permitted';
  if (/no such device|no device named|no such interface|not configured|doesn't exist/i.test(said))
    return 'no-interface';
  if (/is not up|network is down/i.test(said)) return 'interface-down';
  // The program is here, its libpcap is not.
  return /shared librar|library not loaded/i.test(said) ? 'unavailable' : 'failed';
}
