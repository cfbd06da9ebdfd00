/** One end of a TCP connection on the stage of scenarios, which logs its calls and the events that arrive. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { errorCode } from '../errors.js';
import { demoTexts, type StepText } from '../explain/demo-texts.js';
import { LineSplitter } from './lines.js';
import { printableLine } from './printable.js';
import type { Step } from './step.js';

/**
 * Longer than the 40 ms for which Linux delays an acknowledgement in the hope that data or a FIN will carry
 * it: after this pause the pure ACK is on the wire. Milliseconds.
 */
export const ACK_PAUSE_MS = 60;

/** Its waits reject when the connection fails or the signal aborts. */
export class Side {
  /** Resolves when the socket is closed, normally or not. */
  readonly closed: Promise<void>;
  readonly #name: Pick<Step, 'who' | 'number'>;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #log: (step: Step) => void;
  #lines = 0;
  #bytes = 0;
  #bulk = false;

  constructor(
    name: Pick<Step, 'who' | 'number'>,
    socket: Socket,
    signal: AbortSignal,
    log: (step: Step) => void,
  ) {
    this.#name = name;
    this.#socket = socket;
    this.#signal = signal;
    this.#log = log;
    const splitter = new LineSplitter();
    socket.on('data', (chunk) => {
      this.#bytes += chunk.length;
      if (this.#bulk) return;
      for (const line of splitter.push(chunk)) {
        this.#lines += 1;
        this.#step("socket.on('data')", demoTexts.steps.line(line.length, printableLine(line)));
      }
    });
    socket.once('end', () => this.#step("socket.on('end')", demoTexts.steps.finCame()));
    socket.on('error', (error) => {
      const code = errorCode(error);
      if (code === 'ECONNRESET') this.#step("socket.on('error')", demoTexts.steps.resetCame());
      else if (code === 'EPIPE') this.#step("socket.on('error')", demoTexts.steps.pipeBroken());
    });
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  async connected(): Promise<void> {
    await once(this.#socket, 'connect', { signal: this.#signal });
  }

  /** Sends `text` as one line; `why` is the reason in the log. */
  say(text: string, why: StepText = demoTexts.steps.sends(Buffer.byteLength(text) + 1)): void {
    this.#step(`socket.write("${text}\\n")`, why);
    this.#socket.write(`${text}\n`);
  }

  /** Sends this many bytes; `why` is the reason in the log. */
  pour(bytes: number, why: StepText): void {
    this.#step(`socket.write(${kilobytes(bytes)})`, why);
    this.#socket.write(Buffer.alloc(bytes, 'synfin '));
  }

  /** Waits until this many bytes in all have come, which are not logged line by line. */
  async drained(bytes: number): Promise<void> {
    this.#bulk = true;
    while (this.#bytes < bytes) await once(this.#socket, 'data', { signal: this.#signal });
    this.#step("socket.on('data')", demoTexts.steps.allCame(kilobytes(bytes)));
  }

  /** Waits until `count` lines in all have come. */
  async heard(count: number): Promise<void> {
    while (this.#lines < count) await once(this.#socket, 'data', { signal: this.#signal });
  }

  /** Waits for the other side's FIN. */
  async ended(): Promise<void> {
    if (!this.#socket.readableEnded) await once(this.#socket, 'end', { signal: this.#signal });
  }

  /** Starts reading, including the data that has waited. */
  read(): void {
    this.#step('socket.resume()', demoTexts.steps.readsAgain());
    this.#socket.resume();
  }

  /** Makes the system send probes after this much silence; whole seconds on Linux. */
  keepAlive(milliseconds: number): void {
    const why: StepText = demoTexts.steps.probesAfter(milliseconds / 1000);
    this.#step(`socket.setKeepAlive(true, ${milliseconds})`, why);
    this.#socket.setKeepAlive(true, milliseconds);
  }

  /** Sends the FIN; the other direction stays open. */
  finish(): void {
    this.#step('socket.end()', demoTexts.steps.finishes());
    this.#socket.end();
  }

  /** Sends an RST and forgets the connection. */
  reset(): void {
    this.#step('socket.resetAndDestroy()', demoTexts.steps.aborts());
    this.#socket.resetAndDestroy();
  }

  /** Closes both directions at once; `why` is the reason in the log. */
  drop(why: StepText): void {
    this.#step('socket.destroy()', why);
    this.#socket.destroy();
  }

  #step(call: string, why: StepText): void {
    this.#log({ ...this.#name, call, why });
  }
}

function kilobytes(bytes: number): string {
  return `${bytes / 1000} kB`;
}
