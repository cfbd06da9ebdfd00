/**
 * Watches connections: a line for the outcome of each or, with `--events`, for each step; on a terminal a status line
 * below them. Also looks up their processes (`--process`) and the kernel's states (`--kernel`).
 */

import type { Analysis } from '../../analysis/analysis.js';
import { phrases } from '../../explain/phrases.js';
import { paint, plain } from '../../render/text/style.js';
import type { SegmentRow, Step } from '../../track/results/sink.js';
import { lostPackets } from '../../verdict/losses.js';
import { judgeConnection } from '../../verdict/report.js';
import type { Filter } from '../../where/filter.js';
import type { Only } from '../options/only.js';
import { isForPeople, type OutputFlags } from '../options/options.js';
import type { Reporter } from '../report/reporter.js';
import { type Observer, stacked } from '../report/stacked.js';
import type { CliIo } from '../terminal/io.js';
import { OutcomePrinter } from './outcome-printer.js';
import { Pace } from './pace.js';
import { isOverBy, type Printer } from './printer.js';
import { Screen } from './screen.js';
import { WatchedSockets } from './sockets.js';
import { StepPrinter } from './step-printer.js';
import { wantedBy } from './wanted.js';

export interface WatchFlags extends OutputFlags {
  only?: Only[];
  ladder?: boolean;
  process?: boolean;
  kernel?: boolean;
}

export interface WatchSettings {
  /** Lines go to standard output, for programs. */
  piped: boolean;
  /** Which connections are printed; null for all. */
  filter: Filter | null;
}

/** Arrows, processes and the kernel's states belong to steps. */
function printsSteps({ events, ladder, process, kernel }: WatchFlags): boolean {
  return [events, ladder, process, kernel].includes(true);
}

export class Watcher {
  readonly #screen: Screen;
  readonly #pace: Pace;
  readonly #sockets: WatchedSockets | null;
  readonly #printer: Printer;
  /** Only text formats show lines; a program that reads another format gets none. */
  readonly #speaks: boolean;
  readonly #asksRoundTrips: boolean;
  #analysis: Analysis | null = null;
  #over = 0;
  #failed = 0;

  constructor(
    private readonly flags: WatchFlags,
    io: CliIo,
    { piped, filter }: WatchSettings,
  ) {
    this.#speaks = isForPeople(flags.format);
    this.#asksRoundTrips = filter?.asksRoundTrips === true;
    this.#screen = new Screen(flags, io, piped, () => this.#statusText());
    this.#pace = new Pace(this.#screen.isTerminal && this.#speaks);
    const wants = { process: flags.process === true, kernel: flags.kernel === true && this.#speaks };
    this.#sockets = wants.process || wants.kernel ? new WatchedSockets(wants) : null;
    const printing = { screen: this.#screen, pace: this.#pace, wanted: wantedBy(flags.only, filter) };
    const time = flags.time ?? 'utc';
    const whole = piped && flags.width === undefined;
    const ladder = flags.ladder === true;
    this.#printer =
      printsSteps(flags) || !this.#speaks
        ? new StepPrinter(
            printing,
            this.#sockets,
            { ...wants, ladder, speaks: this.#speaks },
            { time: ladder ? null : time, whole },
          )
        : new OutcomePrinter(printing, { time, whole });
  }

  /** Further members of a connection in JSON. */
  readonly more = (index: number): object =>
    this.#sockets !== null && this.flags.process === true ? { process: this.#sockets.owners(index) } : {};

  /** The reporter, watched. */
  watch(reporter: Reporter): Reporter {
    if (!this.#speaks && this.#sockets === null) return reporter;
    return {
      ...reporter,
      sink: stacked(reporter.sink, this.#sink()),
      attach: (analysis) => {
        this.#analysis = analysis;
        reporter.attach?.(analysis);
      },
      flush: async () => {
        await this.#printer.flush(false);
        this.#sayLeftOut(false);
        await reporter.flush();
      },
      finish: async (summary) => {
        await this.#printer.flush(true);
        this.end();
        await reporter.finish(summary);
      },
    };
  }

  #sink(): Observer {
    const printer = this.#printer;
    const rows = this.#speaks && (this.flags.ladder === true || this.flags.kernel === true);
    return {
      ...(rows ? { segment: (row: SegmentRow) => printer.segment(row) } : {}),
      times: () => (this.#asksRoundTrips ? 'all' : this.#speaks ? 'responses' : 'none'),
      picks: (facts) => printer.misses(facts),
      connection: (snapshot) => printer.missed(judgeConnection(snapshot)),
      over: (index) => {
        this.#sockets?.forget(index);
        printer.forget(index);
      },
      step: (step: Step, snapshot) => {
        if (isOverBy(step)) this.#over++;
        if (step === 'failed') this.#failed++;
        printer.step(step, () => judgeConnection(snapshot()));
        this.#sayLeftOut(false);
      },
    };
  }

  /** Says something, above the status line. */
  say(line: string): void {
    this.#screen.say(line);
  }

  /** Clears the status line, for good. */
  end(): void {
    this.#sayLeftOut(true);
    void this.#printer.flush(true);
    this.#screen.end();
  }

  #sayLeftOut(last: boolean): void {
    const { style } = this.#screen;
    for (const text of this.#pace.leftOut(last)) this.#screen.show(paint(style, 'dim', plain(text, style)));
  }

  #statusText(): string {
    const analysis = this.#analysis;
    if (analysis === null) return phrases.CAPTURING;
    const { open, packets, drops } = analysis;
    const lost = drops === null ? null : lostPackets(drops);
    const text = phrases.watchStatus({ open, over: this.#over, failed: this.#failed, packets, lost });
    return plain(text, this.#screen.style);
  }
}

/** For `analyze --follow`: each step. */
export function watching(reporter: Reporter, flags: WatchFlags, io: CliIo, filter: Filter | null): Reporter {
  return new Watcher({ ...flags, events: true }, io, { piped: false, filter }).watch(reporter);
}
