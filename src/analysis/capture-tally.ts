/** Counts of a capture as a whole, and of parts that are put together again (partial/). */
import type { CaptureTime, OtherCount } from './summary.js';

/** Facts of a part of a capture that its replayed packets do not show. */
export interface PartTotals {
  packets: number;
  /** What was neither TCP nor UDP nor an ICMP error. */
  others: OtherCount[];
  start: CaptureTime | null;
  end: CaptureTime | null;
  /** First packet, counted over all parts, that is earlier in time than one before it; 0 without one. */
  backwards: number;
}

/** Counts packets, their times, and what was neither TCP nor UDP. */
export class CaptureTally {
  packets = 0;
  /** Neither TCP nor UDP; a damaged part has lost what they were. */
  unnamed = 0;
  /** First packet that is earlier in time than one before it; 0 without one. */
  backwards = 0;
  private readonly counts = new Map<string, OtherCount>();
  private startSeconds = Number.POSITIVE_INFINITY;
  private startNanoseconds = 0;
  private endSeconds = Number.NEGATIVE_INFINITY;
  private endNanoseconds = 0;

  /** The next packet, by its frame number. */
  packet(number: number, seconds: number, nanoseconds: number): void {
    this.packets++;
    const isBack =
      seconds < this.endSeconds || (seconds === this.endSeconds && nanoseconds < this.endNanoseconds);
    if (isBack && this.backwards === 0) this.backwards = number;
    this.span(seconds, nanoseconds);
  }

  other(what: string, broken: boolean, packets = 1): void {
    const known = this.counts.get(what);
    if (known === undefined) this.counts.set(what, { what, packets, broken });
    else known.packets += packets;
  }

  /** Adds the counts of the part that follows. */
  add(part: PartTotals): void {
    this.packets += part.packets;
    for (const { what, packets, broken } of part.others) this.other(what, broken, packets);
    if (this.backwards === 0) this.backwards = part.backwards;
    if (part.start !== null) this.span(part.start.seconds, part.start.nanoseconds);
    if (part.end !== null) this.span(part.end.seconds, part.end.nanoseconds);
  }

  totals(): PartTotals {
    const { packets, backwards } = this;
    const none = packets === 0;
    return {
      packets,
      others: [...this.counts.values()],
      start: none ? null : { seconds: this.startSeconds, nanoseconds: this.startNanoseconds },
      end: none ? null : { seconds: this.endSeconds, nanoseconds: this.endNanoseconds },
      backwards,
    };
  }

  private span(seconds: number, nanoseconds: number): void {
    if (seconds > this.endSeconds || (seconds === this.endSeconds && nanoseconds > this.endNanoseconds)) {
      this.endSeconds = seconds;
      this.endNanoseconds = nanoseconds;
    }
    if (
      seconds < this.startSeconds ||
      (seconds === this.startSeconds && nanoseconds < this.startNanoseconds)
    ) {
      this.startSeconds = seconds;
      this.startNanoseconds = nanoseconds;
    }
  }
}
