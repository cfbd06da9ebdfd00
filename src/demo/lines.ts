/** Lines out of a byte stream: a TCP segment is not a message, a line is. */
import type { Readable } from 'node:stream';

/** A longer line is passed on in pieces, so that a peer that sends no newlines costs no memory. */
export const MAX_LINE_BYTES = 64 * 1024;

/** Cuts chunks into lines, each with its newline, so that an echo has exactly the received bytes. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;

  /** The lines that `chunk` completes, in order; the rest waits for the next chunk. */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      const room = at + MAX_LINE_BYTES - this.#length;
      const newline = chunk.indexOf(0x0a, at);
      const end = Math.min(newline < 0 ? chunk.length : newline + 1, room);
      this.#parts.push(chunk.subarray(at, end));
      this.#length += end - at;
      if (end === newline + 1 || end === room) lines.push(...this.flush());
      at = end;
    }
    return lines;
  }

  /** What is left without a newline: one line, or none. */
  flush(): Buffer[] {
    if (this.#length === 0) return [];
    const line = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return [line];
  }
}

/**
 * Calls `onLine` for each line of `input`, one after the other, and `onEnd` once after the last. While a
 * promise of `onLine` is open the input is paused; it must not reject. An input that fails counts as
 * ended. Returns what stops it: no call comes after that, and the input no longer keeps the process alive.
 */
export function followLines(
  input: Readable,
  onLine: (line: Buffer) => Promise<void> | void,
  onEnd: () => void = () => {},
): () => void {
  const splitter = new LineSplitter();
  let work = Promise.resolve();
  let stopped = false;

  const handle = async (lines: Buffer[]) => {
    for (const line of lines) {
      if (stopped) return;
      await onLine(line);
    }
  };
  const onData = (chunk: Buffer | string) => {
    input.pause();
    const lines = splitter.push(Buffer.from(chunk));
    work = work.then(() => handle(lines)).then(() => void (stopped || input.resume()));
  };
  const onInputEnd = () => {
    work = work.then(() => handle(splitter.flush())).then(() => void (stopped || finish()));
  };
  const finish = () => {
    stop();
    onEnd();
  };
  const stop = () => {
    stopped = true;
    input.off('data', onData).off('end', onInputEnd);
    input.pause();
  };

  // Stays on after the end: a terminal that goes away may fail late, and must not end the process.
  input.on('error', () => void (stopped || onInputEnd()));
  if (input.readableEnded || input.destroyed) queueMicrotask(onInputEnd);
  else input.on('data', onData).on('end', onInputEnd);
  return stop;
}
