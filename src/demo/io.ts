/** Input and output of a demo program, so that the command line and the tests run the same code. */
import type { Readable, Writable } from 'node:stream';

export interface DemoIo {
  /** Lines typed by the user; its end (Ctrl-D) ends a client. */
  input: Readable;
  /** Output for the user. Everything from the network is escaped first. */
  output: Writable;
  /** Aborted by Ctrl-C: the program closes what it opened and resolves. */
  signal: AbortSignal;
  /** HOST and PORT are read from here. */
  env: NodeJS.ProcessEnv;
}

/** Writes one line; `text` is without its newline and already printable. */
export function printLine(io: DemoIo, text: string): void {
  io.output.write(`${text}\n`);
}
