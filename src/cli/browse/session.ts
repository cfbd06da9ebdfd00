/** A session at the terminal: passes events to the model (src/browse), and does what the model asks for. */

import type { CaptureSummary } from '../../analysis/summary.js';
import type { BrowseRow } from '../../browse/row.js';
import { MAX_ROWS, RowSet } from '../../browse/row-set.js';
import { type Effect, initialState, type State } from '../../browse/state.js';
import { type Event, update } from '../../browse/update.js';
import { view } from '../../browse/view.js';
import type { FrameStream } from '../../capture/reader.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { openCaptures } from '../../files/open-captures.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { LiveConnections } from './live-connections.js';
import {
  type Loaded,
  loadLadder,
  loadRows,
  type Reached,
  type ReadingSettings,
  type Watching,
} from './reading.js';
import { type FullScreen, openFullScreen } from './terminal.js';

export interface SessionPlan {
  readonly files: readonly string[];
  readonly initial: Omit<Parameters<typeof initialState>[0], 'size'>;
  readonly settings: ReadingSettings;
  readonly mouse: boolean;
  readonly signal: AbortSignal;
  /** A capture that is still running: its packets so far are in the file. */
  readonly live?: boolean;
}

/** Screens a second, at most. */
const DRAW_MS = 33;
const ROWS_MS = 200;

export class Session {
  #state: State;
  #screen: FullScreen | null = null;
  #drawing: NodeJS.Timeout | null = null;
  /** Of the whole capture; of a filter or a ladder. */
  readonly #first = new AbortController();
  #second = new AbortController();
  #finish: () => void = () => {};
  #reading: Promise<void> = Promise.resolve();
  /** Rows of the whole capture, kept while a filter is shown. */
  #whole: { rows: RowSet; loaded: Loaded } | null = null;
  /** Of the whole capture, once it was read; and why reading stopped early. */
  summary: CaptureSummary | null = null;
  failure: UserError | null = null;
  readonly #live = new LiveConnections();

  constructor(private readonly plan: SessionPlan) {
    this.#state = initialState({ ...plan.initial, size: { width: 80, height: 24 } });
  }

  /**
   * Runs until the user quits. `capture`: already open, so that an unreadable one is refused before the screen changes; null
   * where connections come live.
   */
  async run(capture: FrameStream | null): Promise<void> {
    const { signal } = this.plan;
    const left = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    const end = (): void => this.#finish();
    signal.addEventListener('abort', end, { once: true });
    this.#screen = await openFullScreen(
      {
        key: (key) => this.#on({ what: 'key', key }),
        click: (line) => this.#on({ what: 'click', line }),
        wheel: (down) => this.#on({ what: 'wheel', down }),
        resize: (width, height) => this.#on({ what: 'resize', size: { width, height } }),
      },
      this.plan.mouse,
    );
    try {
      const { width, height } = this.#screen;
      this.#on({ what: 'resize', size: { width, height } });
      if (signal.aborted) end();
      if (capture === null) this.#on({ what: 'reading', reading: null });
      else this.#reading = this.#loadFirst(capture);
      await left;
    } finally {
      this.#second.abort();
      this.#first.abort();
      signal.removeEventListener('abort', end);
      if (this.#drawing !== null) clearTimeout(this.#drawing);
      this.#screen.close();
    }
    await this.#reading;
  }

  #on(event: Event): void {
    const { state, effects } = update(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#drawing ??= setTimeout(() => {
      this.#drawing = null;
      this.#screen?.draw(view(this.#state));
    }, DRAW_MS);
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'load':
        void this.#filter(effect.where, effect.again === true);
        break;
      case 'ladder':
        void this.#ladder(effect.index);
        break;
      case 'cancel':
        this.#second.abort();
        break;
      case 'copy':
        this.#copy(effect.text);
        break;
      case 'suspend':
        this.#screen?.suspend();
        break;
      case 'quit':
        this.#finish();
        break;
    }
  }

  #copy(text: string): void {
    const isKept = this.plan.live !== true;
    if (isKept) this.#screen?.copy(text);
    this.say(isKept ? escapeText(text) : phrases.COMMAND_ON_FILE, 'notice');
  }

  /** Ends it, as if the user had quit. */
  end(): void {
    this.#finish();
  }

  /** A connection of a live capture, as it is now. */
  seen(report: ConnectionReport): void {
    this.#live.seen(report);
  }

  /** Shows what came since: called a few times a second. `status`: the state of the capture, in words. */
  deliver(connections: number, status: string): void {
    this.#on({ what: 'live', text: status });
    // those that a filter is read for come after it
    if (this.#state.reading?.what === 'filter') return;
    const { rows, removed } = this.#live.changes(this.#state.where);
    if (rows.length + removed.length > 0) this.#on({ what: 'rows', rows, removed });
    this.#on({ what: 'counts', matching: this.#state.list.rows.size, all: connections, udpFlows: 0 });
  }

  /** Says something above the status line. */
  say(text: string, tone: 'notice' | 'bad'): void {
    this.#on({ what: 'message', message: { text, tone } });
  }

  /** The whole capture: rows come as their connections end. */
  async #loadFirst(capture: FrameStream): Promise<void> {
    const { where } = this.plan.initial;
    let rows: BrowseRow[] = [];
    let next = performance.now() + ROWS_MS;
    const deliver = (): void => {
      const before = performance.now();
      if (rows.length > 0) this.#on({ what: 'rows', rows });
      rows = [];
      // sorting many rows takes time: at most a fifth of all time
      const after = performance.now();
      next = after + Math.max(ROWS_MS, 4 * (after - before));
    };
    const { signal } = this.#first;
    const progress = ({ share, packets, connections }: Reached): void => {
      this.#on({ what: 'reading', reading: { what: 'capture', share, packets } });
      this.#on({ what: 'counts', matching: this.#state.list.rows.size, all: connections, udpFlows: 0 });
      if (performance.now() > next) deliver();
    };
    const held = this.#state.list.rows;
    const list = {
      get isFull() {
        return held.size + rows.length >= MAX_ROWS;
      },
      add: (row: BrowseRow) => void rows.push(row),
      leave: () => held.leave(),
    };
    try {
      const loaded = await loadRows(capture, where, list, this.plan.settings, { signal, progress });
      if (loaded === null) return;
      deliver();
      this.summary = loaded.summary;
      this.#count(loaded);
      this.#on({ what: 'time-from', from: loaded.summary.start });
      if (where === '') this.#whole = { rows: this.#state.list.rows, loaded };
      const [warning] = loaded.summary.warnings;
      if (warning !== undefined) this.say(escapeText(phrases.warningSentence(warning)), 'notice');
    } catch (error) {
      this.failure = this.#failed(error);
    } finally {
      this.#on({ what: 'reading', reading: null });
    }
  }

  #count({ summary, matching }: Loaded): void {
    const { connections, udpFlows } = summary;
    this.#on({ what: 'counts', matching, all: connections, udpFlows });
  }

  /** Those that match, in place of the list: another pass over the capture, after the first. */
  async #filter(where: string, again: boolean): Promise<void> {
    if (where === '' && this.#whole !== null && !again) {
      this.#second.abort();
      this.#on({ what: 'filtered', where, rows: this.#whole.rows });
      this.#count(this.#whole.loaded);
      return;
    }
    await this.#read('filter', async (watching) => {
      const rows = new RowSet();
      const { files, settings } = this.plan;
      const capture = await openCaptures(files, { signal: watching.signal });
      const loaded = await loadRows(capture, where, rows, settings, watching);
      if (loaded === null || watching.signal.aborted) return;
      this.#on({ what: 'filtered', where, rows });
      this.#count(loaded);
      if (where === '' && this.plan.live !== true) this.#whole = { rows, loaded };
    });
  }

  async #ladder(index: number): Promise<void> {
    await this.#read('ladder', async (watching) => {
      const { files, settings } = this.plan;
      const loaded = await loadLadder(files, index, settings, watching);
      if (watching.signal.aborted) return;
      const report = loaded?.report ?? null;
      if (report === null) this.say(phrases.connectionGone(index), 'bad');
      else this.#on({ what: 'ladder', report });
    });
  }

  /** One reading at a time: a new one ends the one before. */
  async #read(what: 'filter' | 'ladder', read: (watching: Watching) => Promise<void>): Promise<void> {
    this.#second.abort();
    this.#second = new AbortController();
    const { signal } = this.#second;
    await this.#reading;
    if (signal.aborted) return;
    const progress = ({ share, packets }: Omit<Reached, 'connections'>): void => {
      if (!signal.aborted) this.#on({ what: 'reading', reading: { what, share, packets } });
    };
    progress({ share: null, packets: 0 });
    try {
      await read({ signal, progress });
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      if (!signal.aborted) this.#on({ what: 'reading', reading: null });
    }
  }

  /** Shows an error of reading; throws what is a bug in synfin. */
  #failed(error: unknown): UserError {
    if (!(error instanceof UserError)) throw error;
    this.say(escapeText(phrases.thrownText(error).message), 'bad');
    return error;
  }
}
