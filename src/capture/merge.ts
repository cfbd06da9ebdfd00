/**
 * Several captures read as one, in time order. Each file keeps its own order, and of frames of the same time
 * the one of the earlier file comes first. A file is opened when its first frame's turn comes: a rotated set is
 * read one file after the other, frame by frame straight from the reader.
 */

import { CaptureError } from '../errors.js';
import { EarliestFirst } from './earliest-first.js';
import { compareTimes, Frame, type FrameTime } from './frame.js';
import type { CaptureReader } from './open.js';
import type { CaptureComment, CaptureFile, CaptureWarning, Drops, FrameStream } from './reader.js';

/** A file whose turn has not come. */
export interface Waiting {
  path: string;
  /** Opens it; may be called once. Rejects with CaptureError. */
  open(): Promise<CaptureReader>;
  /** It was opened before, as it can be read only once (standard input, a pipe). */
  reader: CaptureReader | null;
  /** Time of its first frame; of a capture without one, the beginning of all time. */
  seconds: number;
  nanoseconds: number;
  size: number | null;
}

/** A file that is being read, and its next frame where `held`. */
class Active {
  readonly head = new Frame();
  held = false;
  /** Number of the last frame that was given, within its file. */
  given = 0;

  constructor(
    readonly reader: CaptureReader,
    /** Place in the order of first frames. */
    readonly order: number,
  ) {}
}

/** Of two frames of the same time that of the earlier file comes first. */
function isEarlier(one: Active, other: Active): boolean {
  return (compareTimes(one.head, other.head) || one.order - other.order) < 0;
}

export class MergedReader implements FrameStream {
  packets = 0;
  frames = 0;
  private readonly opened: CaptureReader[] = [];
  private readonly lost: CaptureWarning[] = [];
  /** Those that are being read, by their next frames; the first one is `current` where there is one. */
  private readonly held = new EarliestFirst<Active>(isEarlier);
  /** The one whose next frame is not known. */
  private unread: Active | null = null;
  /** The one that the next frame comes from, as far as that is known. */
  private current: Active | null = null;
  /** Time up to which `current` may be read on without looking at the others. */
  private limitSeconds = 0;
  private limitNanoseconds = 0;
  private limitInclusive = true;
  private waitingFrom = 0;

  /** `waiting`: in the order of their first frames; `skipped`: what could not be read at all. */
  constructor(
    private readonly waiting: readonly Waiting[],
    skipped: readonly CaptureError[] = [],
  ) {
    for (const { path, values: error, code, offset } of skipped) {
      const problem = { kind: 'not-read', error } as const;
      this.lost.push({ code, problem, continued: null, file: path, packet: null, offset, damage: true });
    }
  }

  get files(): readonly CaptureFile[] {
    return this.opened;
  }

  get warnings(): readonly CaptureWarning[] {
    return this.opened.flatMap((reader) => reader.warnings).concat(this.lost);
  }

  get comments(): readonly CaptureComment[] {
    return this.opened.flatMap((reader) => reader.comments);
  }

  get drops(): Drops | null {
    return this.opened.reduce<Drops | null>((sum, { drops }) => addDrops(sum, drops), null);
  }

  get damaged(): boolean {
    return this.lost.length > 0 || this.opened.some((reader) => reader.damaged);
  }

  get progress(): { read: number; size: number | null } {
    let size: number | null = 0;
    for (const file of this.waiting) size = size === null || file.size === null ? null : size + file.size;
    return { read: this.opened.reduce((sum, reader) => sum + reader.progress.read, 0), size };
  }

  async fill(): Promise<boolean> {
    for (;;) {
      // every file that is being read must show its next frame before one of them can be chosen
      if (this.unread !== null) {
        const shown = await this.show(this.unread);
        if (shown) this.held.push(this.unread);
        this.unread = null;
      }
      if (this.choose()) return true;
      const next = this.waiting[this.waitingFrom];
      if (next === undefined) return false;
      await this.activate(next);
    }
  }

  /** Reads the next frame of a file; false at its end. */
  private async show(from: Active): Promise<boolean> {
    while (!from.reader.next(from.head)) {
      if (await from.reader.fill()) continue;
      this.frames += from.reader.frames - from.given;
      await from.reader.close();
      return false;
    }
    from.held = true;
    return true;
  }

  private async activate(next: Waiting): Promise<void> {
    const order = this.waitingFrom++;
    try {
      const reader = next.reader ?? (await next.open());
      this.opened.push(reader);
      this.unread = new Active(reader, order);
    } catch (error) {
      // it could be read when it was looked into
      if (!(error instanceof CaptureError)) throw error;
      const { code, values, offset } = error;
      const problem = { kind: 'error', error: values } as const;
      this.lost.push({ code, problem, continued: null, file: next.path, packet: null, offset, damage: true });
    }
  }

  /** Chooses the file to read from, and how far. False where a waiting file is to be opened first. */
  private choose(): boolean {
    const best = this.held.first;
    const next = this.waiting[this.waitingFrom];
    this.current = null;
    if (best === null) return false;
    if (next !== undefined && compareTimes(next, best.head) < 0) return false;
    this.limitSeconds = Number.POSITIVE_INFINITY;
    this.limitNanoseconds = 0;
    this.limitInclusive = true;
    if (next !== undefined) this.limit(next, true);
    const second = this.held.second;
    if (second !== null) this.limit(second.head, best.order < second.order);
    this.current = best;
    return true;
  }

  private limit(time: FrameTime, inclusive: boolean): void {
    const { limitSeconds, limitNanoseconds } = this;
    if (time.seconds > limitSeconds || (time.seconds === limitSeconds && time.nanoseconds > limitNanoseconds))
      return;
    if (time.seconds === limitSeconds && time.nanoseconds === limitNanoseconds) {
      this.limitInclusive = this.limitInclusive && inclusive;
      return;
    }
    this.limitSeconds = time.seconds;
    this.limitNanoseconds = time.nanoseconds;
    this.limitInclusive = inclusive;
  }

  next(frame: Frame): boolean {
    const from = this.current;
    if (from === null) return false;
    if (from.held) {
      frame.copyFrom(from.head);
      from.held = false;
    } else {
      if (!from.reader.next(frame)) {
        this.held.removeFirst();
        this.unread = from;
        this.current = null;
        return false;
      }
      if (this.beyondLimit(frame)) {
        from.head.copyFrom(frame);
        from.held = true;
        this.held.moveFirst();
        // the next frames of all others are in memory: the next one is known at once, unless a waiting file is
        if (!this.choose()) return false;
        return this.next(frame);
      }
    }
    this.packets++;
    this.frames += frame.number - from.given;
    from.given = frame.number;
    frame.number = this.frames;
    return true;
  }

  private beyondLimit(frame: Frame): boolean {
    if (frame.seconds !== this.limitSeconds) return frame.seconds > this.limitSeconds;
    if (frame.nanoseconds !== this.limitNanoseconds) return frame.nanoseconds > this.limitNanoseconds;
    return !this.limitInclusive;
  }

  async close(): Promise<void> {
    for (const reader of this.opened) await reader.close();
    for (const { reader } of this.waiting.slice(this.waitingFrom)) await reader?.close();
  }
}

export function addDrops(sum: Drops | null, drops: Drops | null): Drops | null {
  if (sum === null || drops === null) return sum ?? drops;
  return { kernel: add(sum.kernel, drops.kernel), interface: add(sum.interface, drops.interface) };
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a + b, Number.MAX_SAFE_INTEGER);
}
