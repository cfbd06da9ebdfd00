/**
 * Where capture writers put their bytes: a buffer that goes to a file or a stream when it is full, always at
 * the end of a record: a process that is killed leaves whole packets, and at most one cut short if it was
 * killed in the middle of a write. On a disk that is full, all records stay that fitted whole.
 */
import { close, ftruncate, open, write } from 'node:fs';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { errorCode, UserError } from '../errors.js';

/** Bytes gathered before they are written. */
const BATCH = 1 << 18;
/** No record is shorter: the header of one in pcap. */
const SHORTEST_RECORD = 16;

export class RecordSink {
  view: DataView;
  /** Where the next byte goes. */
  used = 0;
  private bytes: Buffer;
  private spare: Buffer;
  /** Where the records in the buffer end. */
  private ends = new Uint32Array(BATCH / SHORTEST_RECORD);
  private spareEnds = new Uint32Array(BATCH / SHORTEST_RECORD);
  private records = 0;
  /** What was copied from last, and its bytes: most frames lie in the same chunk as the one before. */
  private source: DataView | null = null;
  private sourceBytes: Buffer = Buffer.alloc(0);
  private writing: Promise<void> | null = null;
  private failure: unknown = null;
  private closed = false;

  constructor(
    private readonly name: string,
    private readonly put: (bytes: Buffer, ends: Uint32Array) => Promise<void>,
    private readonly end: () => Promise<void>,
  ) {
    this.bytes = Buffer.alloc(BATCH);
    this.spare = Buffer.alloc(BATCH);
    this.view = new DataView(this.bytes.buffer);
  }

  /** True where a record of that length can be put in now. */
  fits(length: number): boolean {
    return this.used + length <= this.bytes.length && this.failure === null;
  }

  /** Copies bytes behind what is there. */
  copy(source: DataView, offset: number, length: number): void {
    if (source !== this.source) {
      this.source = source;
      this.sourceBytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    }
    this.sourceBytes.copy(this.bytes, this.used, offset, offset + length);
    this.used += length;
  }

  /** Zeros up to the next multiple of 4, counted from the buffer's start. */
  pad(): void {
    while ((this.used & 3) !== 0) this.bytes[this.used++] = 0;
  }

  /** Called at the end of each record: up to there a file is whole. */
  endRecord(): void {
    this.ends[this.records++] = this.used;
  }

  /** Makes room for a record. Rejects with a UserError where the bytes before could not be written. */
  async room(length: number): Promise<void> {
    await this.flush(false);
    if (length <= this.bytes.length) return;
    this.bytes = Buffer.alloc(length);
    this.view = new DataView(this.bytes.buffer);
    this.ends = new Uint32Array(Math.ceil(length / SHORTEST_RECORD));
  }

  /** Writes what has been gathered; `wait`: until it is written. */
  async flush(wait = true): Promise<void> {
    if (this.writing !== null) await this.writing;
    this.throwFailure();
    if (this.used > 0) {
      const full = this.bytes.subarray(0, this.used);
      // the buffers take turns: one is filled while the other is written
      this.writing = this.put(full, this.ends.subarray(0, this.records)).catch((error: unknown) => {
        this.failure = error;
      });
      const nextEnds = this.spareEnds;
      this.spareEnds = this.ends;
      this.ends = nextEnds;
      this.records = 0;
      const next = this.spare;
      this.spare = this.bytes;
      this.bytes = next;
      this.view = new DataView(next.buffer, next.byteOffset, next.length);
      this.used = 0;
    }
    if (!wait) return;
    await this.writing;
    this.throwFailure();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      await this.flush();
    } finally {
      await this.end();
    }
  }

  private throwFailure(): void {
    if (this.failure === null) return;
    const code = errorCode(this.failure);
    const reason = code === 'ENOSPC' ? 'no space left' : code === 'EPIPE' ? 'its reader has gone' : code;
    throw new UserError(
      `${this.name}: the capture could not be written on (${reason || String(this.failure)})`,
      null,
      { cause: this.failure },
    );
  }
}

/** A new file, or one that is written over. */
export async function fileSink(path: string): Promise<RecordSink> {
  const file = await promisify(open)(path, 'w').catch((error: unknown) => {
    throw new UserError(`${path}: could not be opened for writing (${errorCode(error)})`, null, {
      cause: error,
    });
  });
  const writeSome = promisify(write);
  /** End of the last batch that was written whole. */
  let whole = 0;
  const put = async (bytes: Buffer, ends: Uint32Array): Promise<void> => {
    let at = 0;
    try {
      while (at < bytes.length) {
        at += (await writeSome(file, bytes, at, bytes.length - at, null)).bytesWritten;
      }
      whole += bytes.length;
    } catch (error) {
      // half a packet at the end would make the file a damaged one; a pipe cannot be cut, and need not be
      const fitted = ends.findLast((end) => end <= at) ?? 0;
      await promisify(ftruncate)(file, whole + fitted).catch(() => {});
      throw error;
    }
  };
  return new RecordSink(path, put, () => promisify(close)(file));
}

/** A stream, which is not ended: whoever made it ends it. */
export function streamSink(stream: Writable, name: string): RecordSink {
  const put = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  // a stream that fails also emits it; the write's own callback tells it here
  const ignore = () => {};
  stream.on('error', ignore);
  return new RecordSink(name, put, async () => {
    stream.off('error', ignore);
  });
}
