/**
 * Watching connections come and go, on standard error: a line for each step, with `--ladder` an arrow for each
 * segment, and on a terminal a status line below them. Also looks up whose they are (`--process`) and what the
 * kernel says (`--kernel`).
 */
import type { Analysis } from '../../analyze.js';
import { lostPackets } from '../../explain/en/caveats.js';
import { count, grouped } from '../../explain/en/quantities.js';
import { type RowContext, segmentLine } from '../../render/segment-line.js';
import { renderSegment } from '../../render/text/ladder.js';
import { paint, plain, type TextStyle } from '../../render/text/style.js';
import type { SegmentRow, Step } from '../../track/results/sink.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { isForPeople, type OutputFlags, textStyle } from '../options/options.js';
import type { Reporter } from '../report/reporter.js';
import type { CliIo } from '../terminal/io.js';
import { StatusLine, terminalColumns } from '../terminal/status-line.js';
import { WatchedSockets } from './sockets.js';
import { stepLine } from './step-text.js';

export interface WatchFlags extends OutputFlags {
  ladder?: boolean;
  process?: boolean;
  kernel?: boolean;
}

/** On a terminal, no more lines than these a second: more cannot be read, and would slow the capture down. */
const MAX_LINES = 200;
/** Between two looks, and how often a state that differs is looked at again: the kernel is ahead of what was read. */
const LOOK_AGAIN_MS = 50;
const LOOKS = 3;
/** Width of what stands before an arrow: the connection's number. */
const NUMBER_WIDTH = 5;

interface Line {
  step: Step;
  report: ConnectionReport;
  looks: number;
}

/** What the arrows of a connection need of the segment before. */
interface Lifelines {
  context: RowContext;
  before: number | null;
  states: [string, string];
  /** Payload bytes of client and server. */
  sent: [number, number];
}

export class Watcher {
  readonly #style: TextStyle;
  readonly #status: StatusLine | null;
  readonly #sockets: WatchedSockets | null;
  /** Text formats are watched; a program that reads the others is left alone. */
  readonly #speaks: boolean;
  readonly #lifelines = new Map<number, Lifelines>();
  /** The last segment: its arrow waits for the step that it may be. */
  #row: SegmentRow | null = null;
  /** What waits for the kernel's answer, and the arrows between. */
  #lines: (Line | string)[] = [];
  #looking: Promise<void> | null = null;
  #again: NodeJS.Timeout | null = null;
  #analysis: Analysis | null = null;
  #over = 0;
  #failed = 0;
  #second = 0;
  #linesInSecond = 0;
  #unsaid = 0;

  constructor(
    private readonly flags: WatchFlags,
    private readonly io: CliIo,
  ) {
    const columns = terminalColumns(io.stderr);
    const { output: _, ...look } = flags;
    this.#style = textStyle(look, { ...io, terminal: columns !== null, columns });
    this.#speaks = isForPeople(flags.format);
    this.#status =
      columns !== null && this.#speaks ? new StatusLine(io.stderr, () => this.#statusText()) : null;
    const wants = { process: flags.process === true, kernel: flags.kernel === true && this.#speaks };
    this.#sockets = wants.process || wants.kernel ? new WatchedSockets(wants) : null;
  }

  /** Further members of a connection in JSON. */
  readonly more = (index: number): object =>
    this.#sockets !== null && this.flags.process === true ? { process: this.#sockets.owners(index) } : {};

  /** The reporter, watched. */
  watch(reporter: Reporter): Reporter {
    if (!this.#speaks && this.#sockets === null) return reporter;
    const { sink } = reporter;
    const rows = this.#speaks && (this.flags.ladder === true || this.flags.kernel === true);
    return {
      ...reporter,
      sink: {
        ...sink,
        ...(rows
          ? {
              segment: (row: SegmentRow) => {
                this.#segment(row);
                sink.segment?.(row);
              },
            }
          : {}),
        // told of all, to forget them
        wants: () => true,
        connection: (snapshot) => {
          if (sink.wants?.(snapshot.index) !== false) sink.connection(snapshot);
          this.#sockets?.forget(snapshot.index);
          this.#lifelines.delete(snapshot.index);
        },
        step: (step, snapshot) => {
          sink.step?.(step, snapshot);
          this.#step(step, () => judgeConnection(snapshot()));
        },
      },
      attach: (analysis) => {
        this.#analysis = analysis;
        reporter.attach(analysis);
      },
      flush: async () => {
        this.#drawRow();
        await this.#look(false);
        await reporter.flush();
      },
      finish: async (summary) => {
        this.#drawRow();
        await this.#look(true);
        this.end();
        await reporter.finish(summary);
      },
    };
  }

  /** Says something, above the status line. */
  say(line: string): void {
    if (this.#status === null) this.io.stderr.write(`${line}\n`);
    else this.#status.above(`${line}\n`);
  }

  /** Clears the status line, for good. */
  end(): void {
    if (this.#unsaid > 0) this.#reportSuppressed();
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = null;
    this.#status?.end();
  }

  #segment(row: SegmentRow): void {
    this.#sockets?.note(row);
    if (this.flags.ladder !== true) return;
    this.#drawRow();
    this.#row = row;
  }

  #step(step: Step, judge: () => ConnectionReport): void {
    if (step === 'closed' || step === 'failed') this.#over++;
    if (step === 'failed') this.#failed++;
    // the arrow of a SYN comes below the line that names its connection, any other above
    if (step !== 'opening') this.#drawRow();
    if (this.#sockets === null && !this.#hasRoom()) return;
    const report = judge();
    this.#sockets?.begin(report);
    if (!this.#speaks) this.#lines.push({ step, report, looks: LOOKS });
    else if (this.#sockets === null) this.#print(step, report);
    else if (this.#lines.length < MAX_LINES || this.#status === null)
      this.#lines.push({ step, report, looks: 0 });
    else this.#unsaid++;
  }

  /** On a terminal: whether one more line may be written in this second. */
  #hasRoom(): boolean {
    if (!this.#speaks) return false;
    if (this.#status === null) return true;
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#linesInSecond = 0;
      if (this.#unsaid > 0) this.#reportSuppressed();
    }
    if (++this.#linesInSecond <= MAX_LINES) return true;
    this.#unsaid++;
    return false;
  }

  #reportSuppressed(): void {
    const text = `… ${grouped(this.#unsaid)} more lines left out: too many to read`;
    this.#unsaid = 0;
    this.say(paint(this.#style, 'dim', plain(text, this.#style)));
  }

  /** Looks at the kernel's tables for the lines that wait, and prints those that are settled. */
  async #look(last: boolean): Promise<void> {
    const sockets = this.#sockets;
    if (sockets === null) return;
    if (this.#looking !== null) await this.#looking;
    while (this.#lines.length > 0) {
      this.#looking = this.#lookOnce(sockets, last);
      await this.#looking;
      this.#looking = null;
      if (!last) break;
    }
    if (this.#lines.length === 0 || this.#again !== null) return;
    this.#again = setTimeout(() => {
      this.#again = null;
      void this.#look(false);
    }, LOOK_AGAIN_MS);
    this.#again.unref();
  }

  async #lookOnce(sockets: WatchedSockets, last: boolean): Promise<void> {
    const lines = [...this.#lines];
    await sockets.look();
    // what the kernel says holds for the newest step of a connection only
    const newest = new Map<number, Line>();
    for (const line of lines) if (typeof line !== 'string') newest.set(line.report.index, line);
    let settled = 0;
    for (const line of lines) {
      if (typeof line === 'string') {
        settled++;
        this.say(line);
        continue;
      }
      const view = newest.get(line.report.index) === line ? sockets.compare(line.report) : null;
      const differs = view !== null && (view.client?.agrees === false || view.server?.agrees === false);
      // each line in its turn, so one that may still come to agree holds up those behind it
      if (differs && !last && this.flags.kernel === true && ++line.looks < LOOKS) break;
      settled++;
      if (this.#speaks && this.#hasRoom()) this.#print(line.step, line.report, view);
    }
    this.#lines.splice(0, settled);
  }

  #print(
    step: Step,
    report: ConnectionReport,
    view: ReturnType<WatchedSockets['compare']> | null = null,
  ): void {
    const owners = this.flags.process === true ? this.#sockets?.owners(report.index) : undefined;
    this.say(stepLine(step, report, owners ?? null, this.flags.kernel === true ? view : null, this.#style));
  }

  /** The arrow of the last segment, now that it is known whether a line goes above it. */
  #drawRow(): void {
    const row = this.#row;
    this.#row = null;
    if (row === null || !this.#hasRoom()) return;
    const style = this.#style;
    const lifelines = this.#lifelines.get(row.connection) ?? newLifelines(row);
    this.#lifelines.set(row.connection, lifelines);
    lifelines.sent[row.side === row.clientSide ? 0 : 1] += row.length;
    const line = segmentLine(row, lifelines.context, lifelines.before, lifelines.states, style.absolute);
    lifelines.before = row.at;
    lifelines.states = [line.client, line.server];
    const number = paint(style, 'dim', `#${row.connection}`.padEnd(NUMBER_WIDTH));
    const [arrow = '', ...notes] = renderSegment(line, style.width - NUMBER_WIDTH, style);
    const text = [`${number}${arrow}`, ...notes.map((note) => ' '.repeat(NUMBER_WIDTH) + note)].join('\n');
    if (this.#lines.length > 0) this.#lines.push(text);
    else this.say(text);
  }

  #statusText(): string {
    const analysis = this.#analysis;
    if (analysis === null) return 'capturing…';
    const failed = this.#failed === 0 ? '' : ` (${grouped(this.#failed)} failed)`;
    const lost = analysis.drops === null ? 'losses unknown' : `${grouped(lostPackets(analysis.drops))} lost`;
    const text = `${grouped(analysis.open)} open · ${grouped(this.#over)} over${failed} · ${count(analysis.packets, 'packet')} · ${lost}`;
    return plain(text, this.#style);
  }
}

/** For `analyze --follow`. */
export function watching(reporter: Reporter, flags: WatchFlags, io: CliIo): Reporter {
  return new Watcher(flags, io).watch(reporter);
}

function newLifelines({ clientSide, at }: SegmentRow): Lifelines {
  const sent: [number, number] = [0, 0];
  const context = { clientSide, startedAt: at, serverSeen: true, listened: true, sent };
  return { context, before: null, states: ['', ''], sent };
}
