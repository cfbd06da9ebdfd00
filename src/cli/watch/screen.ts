/**
 * Where lines go while a capture is watched: to standard output where that is a pipe (`| grep`), else to standard error, on
 * a terminal above a status line.
 */
import type { TextStyle } from '../../render/text/style.js';
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
    this.style = textStyle(seen, { ...io, terminal: columns !== null, columns });
    const draws = columns !== null && isForPeople(flags.format) && io.env.TERM !== 'dumb';
    this.#status = draws ? new StatusLine(io.stderr, status) : null;
    this.isTerminal = columns !== null;
  }

  /** Whether a person reads the lines as they come. */
  readonly isTerminal: boolean;

  /** A line about connections. Written at once. */
  show(line: string): void {
    if (this.piped) this.io.stdout.write(`${line}\n`);
    else this.say(line);
  }

  /** Any other message. */
  say(line: string): void {
    if (this.#status === null) this.io.stderr.write(`${line}\n`);
    else this.#status.above(`${line}\n`);
  }

  /** Clears the status line, for good. */
  end(): void {
    this.#status?.end();
  }
}
