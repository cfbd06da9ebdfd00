/**
 * Where lines go while a capture is watched: to standard output where that is a pipe (`| grep`), else to standard error, on
 * a terminal above a status line.
 */
import { type TextStyle, wrap } from '../../render/text/style.js';
import { isForPeople, type OutputFlags, textStyle } from '../options/options.js';
import type { CliIo } from '../terminal/io.js';
import { StatusLine, terminalColumns } from '../terminal/status-line.js';

/** Ladders in a pipe. */
const PIPE_WIDTH = 120;

export class Screen {
  readonly style: TextStyle;
  readonly #status: StatusLine | null;

  /**
   * `piped`: lines go to standard output.
   *
   * @param status what the status line shows
   */
  constructor(
    flags: OutputFlags,
    private readonly io: CliIo,
    readonly piped: boolean,
    status: () => string,
  ) {
    const columns = piped ? null : terminalColumns(io.stderr);
    const { output: _, ...look } = flags;
    const seen = { ...look, ...(piped ? { width: flags.width ?? PIPE_WIDTH } : {}) };
    this.style = textStyle(seen, { env: io.env, terminal: columns !== null, columns });
    const draws = columns !== null && isForPeople(flags.format) && io.env.TERM !== 'dumb';
    this.#status = draws ? new StatusLine(io.stderr, status) : null;
    this.isTerminal = columns !== null;
  }

  /** Whether a person reads the lines as they come. */
  readonly isTerminal: boolean;

  /** A line about connections. Written at once. */
  show(line: string): void {
    if (this.piped) this.io.stdout.write(`${line}\n`);
    else this.#put(line);
  }

  /** Anything else that is to be known: broken between words where a person reads it. */
  say(text: string): void {
    const { isTerminal, style } = this;
    const line = isTerminal
      ? text
          .split('\n')
          .flatMap((each) => wrap(each, style.width, 2))
          .join('\n')
      : text;
    this.#put(line);
  }

  #put(lines: string): void {
    if (this.#status === null) this.io.stderr.write(`${lines}\n`);
    else this.#status.above(`${lines}\n`);
  }

  /** Clears the status line, for good. */
  end(): void {
    this.#status?.end();
  }
}
