/** A capture that is written to a file while it is read, and read no further than it should be. */

import type { FrameSource } from '../analyze.js';
import type { Frame } from '../capture/frame.js';
import type { FrameStream } from '../capture/reader.js';
import type { CaptureWriter } from '../capture/writer.js';

export class Tee implements FrameSource {
  /** Why writing ended early, once; reading goes on. */
  failure: Error | null = null;
  private pending: Promise<void> | null = null;

  constructor(
    private readonly inner: FrameStream,
    private writer: CaptureWriter | null,
    /** Frames let through at most. */
    private left = Number.POSITIVE_INFINITY,
    /** Called before waiting for more. */
    private readonly idle: () => Promise<void> = async () => {},
  ) {}

  next(frame: Frame): boolean {
    if (this.pending !== null || this.left === 0) return false;
    if (!this.inner.next(frame)) return false;
    this.left--;
    this.pending = this.writer?.write(frame) ?? null;
    return true;
  }

  async fill(): Promise<boolean> {
    if (this.pending !== null) {
      await this.settle(this.pending);
      this.pending = null;
      return true;
    }
    if (this.left === 0) return false;
    await this.idle();
    if (this.writer !== null) await this.settle(this.writer.flush());
    return this.inner.fill();
  }

  /** Closes the file; null where it had failed before. */
  async close(drops: FrameStream['drops']): Promise<void> {
    if (this.writer !== null) await this.settle(this.writer.close(drops));
  }

  private async settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.writer = null;
    }
  }
}
