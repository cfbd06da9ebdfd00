/**
 * Where capture writers put their bytes: a buffer that goes to a file or a stream when it is full, always at
 * the end of a record: a process that is killed leaves whole packets, and at most one cut short if it was
 * killed in the middle of a write. On a disk that is full, all records stay that fitted whole.
 */
import { type ErrorValues, errorCode, UserError } from '../errors.js';

/** Bytes gathered before they are written. */
const BATCH = 1 << 18;
/** No record is shorter: the header of one in pcap. */
const SHORTEST_RECORD = 16;

export class RecordSink {
  view: DataView;
  /** Where the next byte goes. */
  used = 0;
  private bytes: Uint8Array<ArrayBuffer>;
  private spare: Uint8Array<ArrayBuffer>;
  /** Where the records in the buffer end. */
  private ends = new Uint32Array(BATCH / SHORTEST_RECORD);
  private spareEnds = new Uint32Array(BATCH / SHORTEST_RECORD);
  private records = 0;
  /** What was copied from last, and its bytes: most frames lie in the same chunk as the one before. */
  private source: DataView | null = null;
  private sourceBytes: Uint8Array = new Uint8Array(0);
  private writing: Promise<void> | null = null;
  private failure: unknown = null;
  private closed = false;

  constructor(
    private readonly name: string,
    private readonly put: (bytes: Uint8Array, ends: Uint32Array) => Promise<void>,
    private readonly end: () => Promise<void>,
  ) {
    this.bytes = new Uint8Array(BATCH);
    this.spare = new Uint8Array(BATCH);
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
      this.sourceBytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    }
    this.bytes.set(this.sourceBytes.subarray(offset, offset + length), this.used);
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
    this.bytes = new Uint8Array(length);
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
    const why = { kind: 'not-written-on', why: writeFailure(this.failure) } as const;
    throw new UserError({ kind: 'of-file', path: this.name, why }, null, { cause: this.failure });
  }
}

function writeFailure(error: unknown): ErrorValues {
  const code = errorCode(error);
  if (code === 'ENOSPC') return { kind: 'no-space' };
  if (code === 'EPIPE') return { kind: 'reader-gone' };
  return { kind: 'words', text: code || String(error) };
}
