/** A line at the bottom of a terminal that is rewritten in place, below the lines that scroll by. */
import type { Writable } from 'node:stream';

const REDRAW_MS = 250;
/** To the first column, and clear from there. */
const CLEAR = '\r\u001b[K';

/** The columns of a terminal; null where the stream is not a terminal. */
export function terminalColumns(stream: Writable): number | null {
  if (!('isTTY' in stream) || stream.isTTY !== true) return null;
  const columns = 'columns' in stream ? Number(stream.columns) : 0;
  return columns > 0 ? columns : 80;
}

export class StatusLine {
  #shown = '';
  readonly #timer: NodeJS.Timeout;

  /** @param text what to show now; asked four times a second. */
  constructor(
    private readonly stream: Writable,
    private readonly text: () => string,
  ) {
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
  }

  /** Writes whole lines above it. It comes back with the next drawing, so that many lines cost little. */
  above(lines: string): void {
    this.stream.write(this.#shown === '' ? lines : CLEAR + lines);
    this.#shown = '';
  }

  #draw(): void {
    const columns = terminalColumns(this.stream) ?? 80;
    // a line as wide as the terminal would wrap
    const text = this.text().slice(0, columns - 1);
    if (text === this.#shown) return;
    this.#shown = text;
    this.stream.write(CLEAR + text);
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#shown !== '') this.stream.write(CLEAR);
    this.#shown = '';
  }
}
