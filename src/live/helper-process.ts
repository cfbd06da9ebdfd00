/**
 * The main process's side of a helper: starts it, reads what it says, ends it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  type ControlMessage,
  type End,
  endedBy,
  type HelperRequest,
  type LiveCounters,
  parseControlMessage,
  type Ready,
  STREAM_FD,
  StartFailure,
  UNKNOWN_COUNTERS,
  wordsOf,
} from './control.js';
import { forEachLine } from './lines.js';
import { childEnvironment } from './programs.js';

/** A helper that has not ended by then, although its output was read, hangs. */
const PATIENCE_MILLISECONDS = 10_000;
/** Until its first word: Node.js may hang before it runs anything, where it gets too few threads. */
const START_MILLISECONDS = 30_000;

/** Next to this file once compiled; run from the sources (tests), the compiled one is taken. */
function helperPath(): string {
  const sibling = fileURLToPath(new URL('./helper-main.js', import.meta.url));
  if (existsSync(sibling)) return sibling;
  const compiled = fileURLToPath(new URL('../../dist/live/helper-main.js', import.meta.url));
  if (existsSync(compiled)) return compiled;
  throw new StartFailure('failed', { kind: 'helper-not-compiled' });
}

export class HelperProcess {
  /** The capture stream. Ends after the last packet. */
  readonly stream: Readable;
  /** Resolves when packets are being captured. Rejects with a StartFailure. */
  readonly ready: Promise<Ready>;
  /** Every message, in order. */
  onMessage: (message: ControlMessage) => void = () => {};
  /** Resolves when the helper is gone; never rejects. */
  readonly ended: Promise<End>;
  #counters: LiveCounters = UNKNOWN_COUNTERS;
  #tool: number | null = null;
  #end: End | null = null;
  #stopping = false;
  readonly #late: NodeJS.Timeout;
  #complaint = '';
  readonly #child: ChildProcess;

  constructor(request: HelperRequest) {
    const child = spawn(process.execPath, [helperPath(), JSON.stringify(request)], {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: childEnvironment(),
      // A separate process group: Ctrl-C in the terminal is for the main process.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    this.#late = setTimeout(() => {
      const seconds = START_MILLISECONDS / 1000;
      this.#end = { reason: 'failed', why: { kind: 'helper-slow', seconds } };
      child.kill('SIGKILL');
    }, START_MILLISECONDS);
    const stream = child.stdio[STREAM_FD];
    if (!(stream instanceof Readable)) throw new StartFailure('failed', { kind: 'helper-no-pipe' });
    this.stream = stream;
    // The helper may be gone before it is asked to stop.
    child.stdin?.on('error', () => {});
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString('utf8')).slice(-2000);
    });
    const { promise: ready, resolve, reject } = promiseWithResolvers<Ready>();
    this.ready = ready;
    const spoken = new Promise<void>((done) => {
      if (child.stdout === null) return done();
      forEachLine(child.stdout, (line) => this.#hear(line, resolve, reject)).then(done, done);
    });
    this.ended = new Promise((done) => {
      const finish = async (code: number | null, signal: string | null) => {
        clearTimeout(this.#late);
        await spoken;
        this.#killTool();
        const end = this.#end ?? this.#brokenOff(code, signal);
        reject(new StartFailure('failed', end.why ?? { kind: 'helper-ended' }));
        done(end);
      };
      child.once('exit', finish);
      child.once('error', (error) => {
        clearTimeout(this.#late);
        const why = wordsOf(error.message);
        reject(new StartFailure('failed', { kind: 'helper-not-started', why }));
        done({ reason: 'failed', why });
      });
    });
    // `ended` reports it where nothing waits for it.
    ready.catch(() => {});
  }

  /** The latest counters that are known. */
  counters(): LiveCounters {
    return { ...this.#counters };
  }

  /**
   * Asks the helper to deliver what it has captured and to end. The stream has to be read on meanwhile, or
   * destroyed: the helper waits until what it wrote is taken.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#child.stdin?.end();
    let idle = 0;
    let seen = -1;
    const watch = setInterval(() => {
      // Data on its way shows that it works; only a helper that does nothing at all is killed.
      const read = 'bytesRead' in this.stream ? Number(this.stream.bytesRead) : 0;
      idle = read === seen && !this.stream.isPaused() ? idle + 250 : 0;
      seen = read;
      if (idle >= PATIENCE_MILLISECONDS) this.#child.kill('SIGKILL');
    }, 250);
    await this.ended;
    clearInterval(watch);
  }

  #hear(line: string, resolve: (ready: Ready) => void, reject: (why: StartFailure) => void): void {
    const message = parseControlMessage(line);
    if (message === null) return;
    clearTimeout(this.#late);
    if (message.type === 'ready') resolve(message);
    if (message.type === 'tool') this.#tool = message.pid;
    if (message.type === 'counters') {
      const { received, dropped, interfaceDropped } = message;
      this.#counters = { received, dropped, interfaceDropped };
    }
    if (message.type === 'end') this.#end = { reason: message.reason, why: message.why };
    if (message.type === 'failure') {
      this.#end = { reason: 'failed', why: message.why };
      reject(new StartFailure(message.code, message.why));
    }
    this.onMessage(message);
  }

  /** The helper ended without a message: killed, or crashed in native code. */
  #brokenOff(code: number | null, signal: string | null): End {
    if (this.#stopping && code === 0) return { reason: 'stopped', why: null };
    return { reason: 'failed', why: endedBy(null, code, signal, complaintIn(this.#complaint)) };
  }

  /** A tool whose helper was killed would stay for ever on an idle interface. */
  #killTool(): void {
    if (this.#tool === null || this.#end !== null) return;
    try {
      process.kill(this.#tool, 'SIGKILL');
    } catch {
      // Gone already, or no longer ours to end.
    }
  }
}

/** The one line of what Node.js or a library wrote that says what went wrong, without the stack around it. */
export function complaintIn(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[#\s]+/, '').trimEnd());
  const error = lines.find((line) => /^\w*Error\b.*: |Assertion/.test(line));
  const frames = /^(at |\d+: 0x|[-=^]|Node\.js v|node[:[]|Aborted)/;
  return error ?? lines.filter((line) => line !== '' && !frames.test(line)).at(-1) ?? '';
}

function promiseWithResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: Error) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
