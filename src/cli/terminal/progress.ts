/** How far a long reading has come: a bar on standard error, where that is a terminal. Nothing where it is not. */
import type { SingleBar } from 'cli-progress';
import type { FrameStream } from '../../capture/reader.js';
import { phrases } from '../../explain/phrases.js';
import type { CliIo } from './io.js';
import { terminalColumns } from './status-line.js';

/** Shorter work needs no bar. */
const PATIENCE_MS = 1000;
const REDRAW_MS = 250;
const BAR_COLUMNS = 24;
/** Clears what is below the cursor: keys typed meanwhile may have moved the bar down. */
const CLEAR_BELOW = '\u001b[J';

export interface Progress {
  /** Called once for each chunk read. */
  look(): void;
  /** Removes the bar while results are written to the terminal; it comes back. */
  hide(): void;
  /** Removes the bar for good. */
  end(): void;
}

export type Reading = Pick<FrameStream, 'packets' | 'progress'>;

export const NO_PROGRESS: Progress = { look() {}, hide() {}, end() {} };

/** Seconds over which speeds are averaged. */
const WINDOW_S = 3;
/** Too short to measure a speed. */
const SHORT_S = 0.05;

/** How fast a number grows, by the second. */
class Speed {
  #rate = 0;
  #seen = 0;
  #measured = false;

  constructor(private since: number) {}

  /** `now`: milliseconds. */
  at(total: number, now: number): number {
    const seconds = (now - this.since) / 1000;
    if (seconds < SHORT_S) return this.#rate;
    const weight = this.#measured ? 1 - Math.exp(-seconds / WINDOW_S) : 1;
    this.#rate += weight * ((total - this.#seen) / seconds - this.#rate);
    this.#seen = total;
    this.since = now;
    this.#measured = true;
    return this.#rate;
  }
}

/** `unicode`: whether the terminal shows more than ASCII. */
export function showProgress(
  reading: Reading,
  unicode: boolean,
  io: Pick<CliIo, 'stderr' | 'env' | 'signal'>,
  patience = PATIENCE_MS,
): Progress {
  if (terminalColumns(io.stderr) === null || io.env.TERM === 'dumb') return NO_PROGRESS;
  const shown = new TerminalProgress(reading, unicode, io, patience);
  return { look: () => shown.look(), hide: () => shown.hide(), end: () => shown.end() };
}

/**
 * The same outside, where the bar is taken off the terminal before results are written there. What reads them from a pipe
 * may draw on the terminal from then on, so that the bar does not come back.
 */
export function behind(progress: Progress, io: CliIo): CliIo {
  const beforeResults = io.terminal ? progress.hide : io.pipedOut === true ? progress.end : null;
  // not copied: that would make standard input, which may not be wanted
  return beforeResults === null ? io : Object.assign(Object.create(io), { beforeResults });
}

class TerminalProgress implements Progress {
  readonly #packets = new Speed(performance.now());
  readonly #bytes = new Speed(performance.now());
  #next: number;
  #bar: SingleBar | null = null;
  #shown = false;
  #state: 'waiting' | 'loading' | 'ready' | 'ended' = 'waiting';
  readonly #end = (): void => this.end();

  constructor(
    private readonly reading: Reading,
    private readonly unicode: boolean,
    private readonly io: Pick<CliIo, 'stderr' | 'signal'>,
    patience: number,
  ) {
    this.#next = performance.now() + patience;
    // at once, even where the reading goes on for a moment; and where the process exits in the middle (`| head`)
    io.signal.addEventListener('abort', this.#end, { once: true });
    process.once('exit', this.#end);
    if (io.signal.aborted) this.end();
  }

  look(): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + REDRAW_MS;
    if (this.#state === 'waiting') {
      this.#state = 'loading';
      // without it there is no bar; the work goes on
      this.#load().catch(() => this.end());
    } else if (this.#state === 'ready') this.#draw();
  }

  async #load(): Promise<void> {
    const { SingleBar, Format } = (await import('cli-progress')).default;
    if (this.#state === 'ended') return;
    this.#bar = new SingleBar({
      stream: this.io.stderr,
      fps: 1000 / REDRAW_MS,
      barsize: BAR_COLUMNS,
      ...(this.unicode
        ? { barCompleteChar: '█', barIncompleteChar: '░' }
        : { barCompleteChar: '#', barIncompleteChar: '-' }),
      format: (options, { maxWidth }) => this.#text(maxWidth - 1, (part) => Format.BarFormat(part, options)),
      clearOnComplete: true,
      // the terminal's modes are not changed, in case this process is killed
      linewrap: true,
      hideCursor: false,
    });
    this.#state = 'ready';
    this.#draw();
  }

  #draw(): void {
    const { read, size } = this.reading.progress;
    if (this.#shown) this.#bar?.update(read);
    else this.#bar?.start(size ?? 0, read);
    this.#shown = true;
  }

  /** Cut to what fits. */
  #text(columns: number, bar: (part: number) => string): string {
    const now = performance.now();
    const { read, size } = this.reading.progress;
    const packets = phrases.speedText(Math.round(this.#packets.at(this.reading.packets, now)));
    const speed = this.#bytes.at(read, now);
    const done = phrases.readText(phrases.byteAmount(read), size === null ? null : phrases.byteAmount(size));
    const parts = [done, packets];
    if (size !== null && speed > 0)
      parts.push(phrases.leftText(Math.max(1, Math.ceil((size - read) / speed))));
    const text = parts.join('  ');
    const withBar = size === null || size === 0 ? text : `${bar(Math.min(1, read / size))}  ${text}`;
    return (withBar.length <= columns ? withBar : text).slice(0, columns);
  }

  hide(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#bar?.stop();
    this.io.stderr.write(CLEAR_BELOW);
  }

  end(): void {
    this.hide();
    this.#state = 'ended';
    this.io.signal.removeEventListener('abort', this.#end);
    process.off('exit', this.#end);
  }
}
