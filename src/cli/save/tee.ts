/** A capture that is written to a file while it is read, up to a limit of frames. */

import type { FrameSource } from '../../analysis/sink.js';
import type { Frame } from '../../capture/frame.js';
import type { FrameStream } from '../../capture/reader.js';
import type { CaptureWriter } from '../../files/writer.js';

export class Tee implements FrameSource {
  /** Why writing ended early, once; reading goes on. */
  failure: Error | null = null;
  private pending: Promise<void> | null = null;

  constructor(
    private readonly inner: Pick<FrameStream, 'fill' | 'next'>,
    private writer: CaptureWriter | null,
    /** Frames let through at most. */
    private left = Number.POSITIVE_INFINITY,
    /** Called before waiting for more. */
    private readonly idle: () => Promise<void> = async () => {},
    /** Called once, where writing ended early. */
    private readonly failed: (failure: Error) => void = () => {},
  ) {}

  next(frame: Frame): boolean {
    if (this.pending !== null || this.left === 0) return false;
    if (!this.inner.next(frame)) return false;
    this.left--;
    if (this.writer === null) return true;
    try {
      this.pending = this.writer.write(frame) ?? null;
    } catch (error) {
      this.fail(error);
    }
    return true;
  }

  async fill(): Promise<boolean> {
    if (this.pending !== null) {
      await this.settle(this.pending);
      this.pending = null;
      return true;
    }
    // what is shown is in the file already, should this process be killed
    if (this.writer !== null) await this.settle(this.writer.flush());
    await this.idle();
    return this.left === 0 ? false : this.inner.fill();
  }

  /** Ends the file. */
  async close(drops: FrameStream['drops']): Promise<void> {
    if (this.pending !== null) await this.settle(this.pending);
    if (this.writer !== null) await this.settle(this.writer.close(drops));
  }

  private async settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const { writer } = this;
    if (writer === null) return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.writer = null;
    // writing failed: the file is closed as it is
    writer.close().catch(() => {});
    this.failed(this.failure);
  }
}
