/**
 * A file that is followed while it grows: whether it is still the one that was opened, and has only grown. What was
 * read is compared with the present content, since a file that is cut and written again may be longer than before by the
 * time it is looked at.
 */
import { type BigIntStats, fstat, read, stat } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorCode, type ReadingError } from '../errors.js';

/** How often the file is looked at for more bytes, in milliseconds. */
const INTERVAL = 200;

/** Bytes compared at either end of what was read: the time of the first packet is in the first ones. */
const COMPARED = 64;

/** Reads on where the last read ended; resolves to the count, 0 at the end. */
export type ReadOn = (into: Uint8Array) => Promise<number>;

export class FollowedFile {
  /** What happened to the file, to follow its name: nothing more is read then. */
  change: ReadingError | null = null;
  #closed = false;
  /** First bytes of the file, and the last ones that were read. */
  #first = new Uint8Array(0);
  #last = new Uint8Array(0);
  #taken = 0;

  /** `path`: null where it has no name of its own (standard input). `regular`: false for a device, which only grows. */
  constructor(
    private readonly file: number,
    private readonly path: string | null,
    private readonly regular: boolean,
    private readonly signal?: AbortSignal,
  ) {}

  /** Reads what has been added, and waits for it; 0 once the reading was ended, or the file is another. */
  async read(into: Uint8Array, readOn: ReadOn): Promise<number> {
    const { regular, signal } = this;
    while (!this.#closed) {
      const count = await readOn(into);
      if (count > 0) return !regular || (await this.#took(into.subarray(0, count))) ? count : 0;
      // what was added before the change was seen has been read by now
      if (signal?.aborted === true || this.change !== null) return 0;
      if (regular) this.change = await this.#look();
      if (this.change !== null) continue;
      await wait(INTERVAL, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    }
    return 0;
  }

  close(): void {
    this.#closed = true;
  }

  /** Notes the bytes that were read; false where the bytes before them are gone: then they are of another capture. */
  async #took(bytes: Uint8Array): Promise<boolean> {
    if (!(await this.#standsStill())) {
      this.change = await this.#changed();
      return false;
    }
    const missing = COMPARED - this.#first.length;
    if (missing > 0) this.#first = joined(this.#first, bytes.subarray(0, missing));
    this.#last = joined(this.#last, bytes.subarray(-COMPARED)).slice(-COMPARED);
    this.#taken += bytes.length;
    return true;
  }

  /** What happened to the file; null where it is as it was, or longer. */
  async #look(): Promise<ReadingError | null> {
    if (!(await this.#standsStill())) return this.#changed();
    const facts = await promisify(fstat)(this.file, { bigint: true });
    if (this.path === null) return facts.nlink === 0n ? { kind: 'deleted-or-replaced' } : null;
    let named: BigIntStats;
    try {
      named = await promisify(stat)(this.path, { bigint: true });
    } catch (error) {
      // no right to look any longer says nothing about the file
      const code = errorCode(error);
      return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'deleted' } : null;
    }
    const same = named.ino === facts.ino && named.dev === facts.dev;
    return same ? null : { kind: 'replaced' };
  }

  /** What happened to a file that no longer has the bytes that were read. The size is read after that, so it explains it. */
  async #changed(): Promise<ReadingError> {
    const { size } = await promisify(fstat)(this.file, { bigint: true });
    return size < this.#taken ? { kind: 'cut-to', bytes: Number(size) } : { kind: 'written-over' };
  }

  async #standsStill(): Promise<boolean> {
    return (
      (await this.#holds(this.#first, 0)) && (await this.#holds(this.#last, this.#taken - this.#last.length))
    );
  }

  async #holds(bytes: Uint8Array, at: number): Promise<boolean> {
    if (bytes.length === 0) return true;
    const there = new Uint8Array(bytes.length);
    const { bytesRead } = await promisify(read)(this.file, there, 0, there.length, at);
    return bytesRead === bytes.length && Buffer.compare(bytes, there) === 0;
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}
