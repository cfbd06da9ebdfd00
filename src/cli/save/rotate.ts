/**
 * `--write` with `--rotate` and `--keep`: a capture in several files, a new one at a size or after a time, of which
 * the newest are kept.
 */
import { unlink } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Frame } from '../../capture/frame.js';
import type { Drops } from '../../capture/reader.js';
import { UserError } from '../../errors.js';
import {
  type CaptureFormat,
  type CaptureWriter,
  createCaptureWriter,
  formatForName,
  type WriterOptions,
} from '../../files/writer.js';
import type { OutputFlags } from '../options/options.js';
import type { RotateLimits } from '../options/rotate-limits.js';
import { checkApart } from '../options/table-files.js';

export interface WriteFlags {
  write?: string;
  rotate?: RotateLimits;
  keep?: number;
}

/** @throws UserError where the options do not go together. */
export function checkWriteFlags(flags: WriteFlags & OutputFlags): void {
  const { write, rotate, keep } = flags;
  if (write === undefined) {
    if (rotate !== undefined) throw new UserError({ kind: 'rotate-without-write' });
    if (keep !== undefined) throw new UserError({ kind: 'keep-without-write' });
    return;
  }
  if (keep !== undefined && rotate === undefined)
    throw new UserError({ kind: 'goes-with', option: '--keep', other: '--rotate' });
  if (write === '-') throw new UserError({ kind: 'name-needed', option: '--write' });
  checkApart(write, flags);
}

/**
 * The writer that the options ask for; null without `--write`.
 *
 * @param lost what was lost since the capture began, as far as known.
 * @throws UserError where the file cannot be opened.
 */
export async function writerFor(
  { write, rotate, keep }: WriteFlags,
  options: WriterOptions,
  lost: () => Drops | null,
): Promise<CaptureWriter | null> {
  if (write === undefined) return null;
  const format = formatForName(write);
  if (rotate === undefined) return createCaptureWriter(write, format, options);
  return RotatingWriter.open(write, format, options, rotate, keep ?? Number.POSITIVE_INFINITY, lost);
}

/** `trace.pcap` becomes `trace-00001.pcap`. */
export function numberedName(path: string, number: number): string {
  const extension = extname(path);
  const stem = extension === '' ? path : path.slice(0, -extension.length);
  return `${stem}-${String(number).padStart(5, '0')}${extension}`;
}

/** What a file has besides its records at most: headers, names, statistics at the end. */
const FILE_OVERHEAD = 512;

export class RotatingWriter implements CaptureWriter {
  packets = 0;
  #clipped = 0;
  #cut = 0;
  /** Bytes of the present file, and the second of its first packet. */
  #bytes = FILE_OVERHEAD;
  #begin: number | null = null;
  #number = 1;
  #reported: Drops = { kernel: 0, interface: 0 };
  #files: string[] = [];

  private constructor(
    private readonly path: string,
    private readonly format: CaptureFormat,
    private readonly options: WriterOptions,
    private readonly limits: RotateLimits,
    private readonly keep: number,
    private readonly lost: () => Drops | null,
    private writer: CaptureWriter,
  ) {
    this.#files.push(numberedName(path, 1));
  }

  static async open(
    path: string,
    format: CaptureFormat,
    options: WriterOptions,
    limits: RotateLimits,
    keep: number,
    lost: () => Drops | null,
  ): Promise<RotatingWriter> {
    const first = await createCaptureWriter(numberedName(path, 1), format, options);
    return new RotatingWriter(path, format, options, limits, keep, lost, first);
  }

  get clipped(): number {
    return this.#clipped + this.writer.clipped;
  }

  get cut(): number {
    return this.#cut + this.writer.cut;
  }

  write(frame: Frame): void | Promise<void> {
    if (this.#isDue(frame)) return this.#rotate().then(() => this.#put(frame));
    return this.#put(frame);
  }

  flush(): Promise<void> {
    return this.writer.flush();
  }

  close(drops: Drops | null = null): Promise<void> {
    return this.writer.close(this.#sinceLastFile(drops));
  }

  #put(frame: Frame): void | Promise<void> {
    this.packets++;
    this.#begin ??= frame.seconds;
    this.#bytes += this.#sizeOf(frame);
    return this.writer.write(frame);
  }

  /** A file has at least one packet. */
  #isDue(frame: Frame): boolean {
    if (this.#begin === null) return false;
    const { bytes, seconds } = this.limits;
    return (
      (bytes !== null && this.#bytes + this.#sizeOf(frame) > bytes) ||
      (seconds !== null && frame.seconds - this.#begin >= seconds)
    );
  }

  #sizeOf(frame: Frame): number {
    if (this.format === 'pcap') return 16 + frame.capturedLength;
    return 32 + (frame.direction === 0 ? 0 : 12) + ((frame.capturedLength + 3) & ~3);
  }

  async #rotate(): Promise<void> {
    const { writer } = this;
    await writer.close(this.#sinceLastFile(this.lost()));
    this.#clipped += writer.clipped;
    this.#cut += writer.cut;
    const name = numberedName(this.path, ++this.#number);
    // the oldest is deleted first: there may be no room for one more
    while (this.#files.length >= this.keep) await unlink(this.#files.shift() ?? '').catch(() => {});
    this.writer = await createCaptureWriter(name, this.format, this.options);
    this.#files.push(name);
    this.#bytes = FILE_OVERHEAD;
    this.#begin = null;
  }

  /** Each file records what was lost while it was written, so the files together record all losses. */
  #sinceLastFile(drops: Drops | null): Drops | null {
    if (drops === null) return null;
    const since = {
      kernel: drops.kernel === null ? null : drops.kernel - (this.#reported.kernel ?? 0),
      interface: drops.interface === null ? null : drops.interface - (this.#reported.interface ?? 0),
    };
    this.#reported = { kernel: drops.kernel ?? 0, interface: drops.interface ?? 0 };
    return since;
  }
}
