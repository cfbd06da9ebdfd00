/** Limits the lines a second on a terminal: nobody can read more, and they would slow the capture down. */
import { phrases } from '../../explain/phrases.js';

/** Beyond this many outcomes a second, those without problems are only counted. */
const READABLE = 20;
/** The same limit for steps, arrows and failures. */
const MOST = 200;

/** `fine`: the outcome of a connection without problems, which may be counted instead of shown. */
export type LineKind = 'fine' | 'other';

export class Pace {
  private second = 0;
  private lines = 0;
  private fine = 0;
  private others = 0;

  /** `now`: milliseconds. */
  constructor(
    private readonly limited: boolean,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether there is room for one more line in this second; one without is counted. */
  admits(kind: LineKind): boolean {
    if (!this.limited) return true;
    const second = Math.floor(this.now() / 1000);
    if (second !== this.second) this.lines = 0;
    this.second = second;
    if (this.lines < (kind === 'fine' ? READABLE : MOST)) {
      this.lines++;
      return true;
    }
    if (kind === 'fine') this.fine++;
    else this.others++;
    return false;
  }

  /** Counts a line that could not be shown for another reason. */
  leaveOut(): void {
    this.others++;
  }

  /** What was left out, once the second is over; `last`: at once. */
  leftOut(last = false): string[] {
    if (!last && Math.floor(this.now() / 1000) === this.second) return [];
    const { fine, others } = this;
    this.fine = 0;
    this.others = 0;
    const lines: string[] = [];
    if (fine > 0) lines.push(phrases.leftOutFine(fine));
    if (others > 0) lines.push(phrases.leftOutLines(others));
    return lines;
  }
}
