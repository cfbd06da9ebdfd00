/** A line for each step of a connection, and with `--ladder` an arrow for each segment (`--events`). */
import type { SegmentRow, Step } from '../../track/results/sink.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { Arrows } from './arrows.js';
import { isOverBy, type Printer, type Printing } from './printer.js';
import type { WatchedSockets } from './sockets.js';
import { StepLines, type StepLook } from './step-text.js';

export interface StepWants {
  ladder: boolean;
  process: boolean;
  kernel: boolean;
  /** False: the results go to a program, and no messages are shown. */
  speaks: boolean;
}

/** Lines that wait for the kernel's answer. */
const MAX_WAITING = 200;
/** Between two looks, and how often a state that differs is looked at again: the kernel is ahead of what was read. */
const LOOK_AGAIN_MS = 50;
const LOOKS = 3;

interface Line {
  step: Step;
  report: ConnectionReport;
  looks: number;
}

export class StepPrinter implements Printer {
  readonly #arrows: Arrows;
  readonly #texts: StepLines;
  /** The last segment: its arrow waits for the step that it may be. */
  #row: SegmentRow | null = null;
  /** Connections that are printed, where not all are. */
  readonly #shown = new Set<number>();
  /** What waits for the kernel's answer, and the arrows between. */
  #lines: (Line | string)[] = [];
  #looking: Promise<void> | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(
    private readonly printing: Printing,
    private readonly sockets: WatchedSockets | null,
    private readonly wants: StepWants,
    look: Pick<StepLook, 'time' | 'whole'>,
  ) {
    const { style, isTerminal } = printing.screen;
    this.#arrows = new Arrows(style);
    this.#texts = new StepLines({ ...look, style, wraps: isTerminal });
  }

  segment(row: SegmentRow): void {
    this.sockets?.note(row);
    if (!this.wants.ladder) return;
    this.#drawRow();
    this.#row = row;
  }

  step(step: Step, judge: () => ConnectionReport): void {
    const { sockets, wants, printing } = this;
    const { wanted, pace, screen } = printing;
    // the arrow of a SYN comes below the line that names its connection, any other above
    if (step !== 'opening') this.#drawRow();
    if (sockets === null && wanted === null && !pace.admits('other')) return;
    const report = judge();
    sockets?.begin(report);
    if (wanted !== null && wants.speaks) {
      if (!wanted(report, isOverBy(step))) return;
      this.#shown.add(report.index);
      if (sockets === null && !pace.admits('other')) return;
    }
    if (!wants.speaks) this.#lines.push({ step, report, looks: LOOKS });
    else if (sockets === null) screen.show(this.#text(step, report, null));
    else if (this.#lines.length < MAX_WAITING || !screen.isTerminal)
      this.#lines.push({ step, report, looks: 0 });
    else pace.leaveOut();
  }

  misses(): boolean {
    return false;
  }

  missed(): void {}

  forget(index: number): void {
    this.#arrows.forget(index);
    this.#shown.delete(index);
  }

  async flush(last: boolean): Promise<void> {
    this.#drawRow();
    await this.#look(last);
    if (!last || this.#again === null) return;
    clearTimeout(this.#again);
    this.#again = null;
  }

  /** Looks at the kernel's tables for the lines that wait, and prints those that are settled. */
  async #look(last: boolean): Promise<void> {
    const { sockets } = this;
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
    const { screen, pace } = this.printing;
    const { speaks, kernel } = this.wants;
    const lines = [...this.#lines];
    await sockets.look();
    // the kernel's state applies only to the newest step of a connection
    const newest = new Map<number, Line>();
    for (const line of lines) if (typeof line !== 'string') newest.set(line.report.index, line);
    let settled = 0;
    for (const line of lines) {
      if (typeof line === 'string') {
        settled++;
        screen.show(line);
        continue;
      }
      const view = newest.get(line.report.index) === line ? sockets.compare(line.report) : null;
      const differs = view !== null && (view.client?.agrees === false || view.server?.agrees === false);
      // lines are printed in order: one whose state may still agree delays those after it
      if (differs && !last && kernel && ++line.looks < LOOKS) break;
      settled++;
      if (speaks && pace.admits('other')) screen.show(this.#text(line.step, line.report, view));
    }
    this.#lines.splice(0, settled);
  }

  #text(step: Step, report: ConnectionReport, view: ReturnType<WatchedSockets['compare']> | null): string {
    const owners = this.wants.process ? this.sockets?.owners(report.index) : undefined;
    return this.#texts.line(step, report, owners ?? null, this.wants.kernel ? view : null);
  }

  /** The arrow of the last segment, now that it is known whether a line goes above it. */
  #drawRow(): void {
    const row = this.#row;
    const { screen, pace, wanted } = this.printing;
    this.#row = null;
    if (row === null || !this.wants.speaks) return;
    if (wanted !== null && !this.#shown.has(row.connection)) return;
    if (!pace.admits('other')) return;
    const text = this.#arrows.draw(row);
    if (this.#lines.length > 0) this.#lines.push(text);
    else screen.show(text);
  }
}
