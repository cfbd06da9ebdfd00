/**
 * A window on the bytes of a capture: the part that is in memory now, refilled from a source while the
 * previous part is being worked on. Two buffers take turns (one is enough for a source that is read directly); what
 * the parser left over is copied in front of the bytes that follow it, so that a record never straddles two buffers.
 */
import type { CaptureError } from '../errors.js';

/** Where bytes come from. `read` fills from the start of `into` and resolves to the count, 0 at the end. */
export interface ByteSource {
  /** No other thread reads: reading ahead gains nothing. */
  readonly direct?: boolean;
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** A source that reports how far it is, for progress. */
export interface MeasuredSource extends ByteSource {
  /** Bytes read from the file, before decompression. */
  readonly taken: number;
  /** Bytes that there are, null where that cannot be known. */
  readonly size: number | null;
  /** Once `read` has given 0: why more cannot come from a file that is followed; else null. */
  readonly broken?: CaptureError | null;
}

/** Bytes read at a time: large enough that the cost of a read vanishes, small enough to stay in cache. */
const CHUNK = 1 << 20;
/** The same without a thread that each read has to be handed to: a fraction of the second-level cache. */
const DIRECT_CHUNK = 1 << 18;
/** Room in front of a chunk for the left-over of the chunk before; grows for larger records. */
const ROOM = 1 << 19;
/** Parsed bytes that are kept at most. Fewer, and what is found in a damaged file would depend on where chunks end. */
const KEPT = 1 << 18;

export class ByteWindow {
  view: DataView;
  /** First byte that is still there, before `position` where some were parsed already. */
  first = 0;
  /** Next byte to parse… */
  position = 0;
  /** …and the first that is not there yet. */
  end = 0;
  /** Offset in the (decompressed) stream of the view's first byte. */
  base = 0;
  /** Offset in the stream from which parsed bytes are kept, KEPT of them at most; -1 where none are. */
  keepFrom = -1;
  private bytes: Uint8Array;
  private spare: Uint8Array;
  private room: number;
  private pending: Promise<number> | null = null;
  private finished = false;

  constructor(
    private readonly source: ByteSource,
    private readonly chunk = source.direct === true ? DIRECT_CHUNK : CHUNK,
  ) {
    this.room = Math.min(ROOM, chunk);
    this.bytes = new Uint8Array(this.room + chunk);
    this.spare = this.second();
    this.view = new DataView(this.bytes.buffer);
  }

  /** Offset in the stream of the next byte to parse. */
  get offset(): number {
    return this.base + this.position;
  }

  get available(): number {
    return this.end - this.position;
  }

  /** Bytes of the window from the next one on; valid until `more`. */
  peek(length: number): Uint8Array {
    return this.bytes.subarray(this.position, Math.min(this.end, this.position + length));
  }

  /** Brings in further bytes and keeps the unparsed ones. Resolves to false at the end of the source. */
  async more(): Promise<boolean> {
    if (this.finished) return false;
    const kept = this.kept;
    const rest = this.end - kept;
    if (rest > this.room) await this.makeRoom(kept);
    if (this.finished) return false;
    return this.source.direct === true ? this.moreInPlace() : this.moreAhead();
  }

  /** Where what stays in memory begins: at `position`, or at `keepFrom` as far as that is not too far back. */
  get kept(): number {
    const { position, first, keepFrom } = this;
    return keepFrom < 0
      ? position
      : Math.min(position, Math.max(first, keepFrom - this.base, position - KEPT));
  }

  private async moreInPlace(): Promise<boolean> {
    const { kept } = this;
    const rest = this.end - kept;
    // a large record is collected where it is, or from the front on; else the chunk is always at the same place
    if (rest <= ROOM || this.bytes.length - this.end < this.chunk) {
      const start = rest <= ROOM ? this.room - rest : 0;
      this.bytes.copyWithin(start, kept, this.end);
      this.movedTo(start, kept);
    }
    const count = await this.source.read(this.bytes.subarray(this.end, this.end + this.chunk));
    // closed meanwhile
    if (this.finished) return false;
    this.end += count;
    this.finished = count === 0;
    return !this.finished;
  }

  /** What began at `kept` begins at `start` now. */
  private movedTo(start: number, kept: number): void {
    this.base += kept - start;
    this.first = start;
    this.position += start - kept;
    this.end += start - kept;
  }

  private async moreAhead(): Promise<boolean> {
    const { kept } = this;
    const rest = this.end - kept;
    this.pending ??= this.source.read(this.spare.subarray(this.room));
    let count = await this.pending;
    if (count === 0 || this.finished) {
      this.finished = true;
      return false;
    }
    // the left-over of a large record is copied for each chunk: a pipe's small pieces are gathered first
    while (rest > ROOM && count < this.chunk) {
      const further = await this.source.read(this.spare.subarray(this.room + count));
      if (further === 0) break;
      count += further;
    }
    // closed meanwhile
    if (this.finished) return false;
    const before = this.bytes;
    const start = this.room - rest;
    this.spare.set(before.subarray(kept, this.end), start);
    this.bytes = this.spare;
    this.spare = before;
    this.view = new DataView(this.bytes.buffer);
    this.movedTo(start, kept);
    this.end = this.room + count;
    // read ahead while the caller parses
    this.pending = this.source.read(this.spare.subarray(this.room));
    this.pending.catch(() => {});
    return true;
  }

  /** A record larger than the room in front of a chunk: larger buffers, and the read-ahead moved over. */
  private async makeRoom(kept: number): Promise<void> {
    const rest = this.end - kept;
    const ahead = this.pending === null ? 0 : await this.pending;
    if (this.finished) return;
    const held = this.spare.subarray(this.room, this.room + ahead);
    const room = Math.max(this.room * 2, rest);
    const spare = this.second(room);
    if (ahead > 0) spare.set(held, room);
    const bytes = new Uint8Array(room + this.chunk);
    const start = room + this.chunk - rest;
    bytes.set(this.bytes.subarray(kept, this.end), start);
    this.movedTo(start, kept);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.spare = spare;
    this.room = room;
    if (this.pending !== null) this.pending = Promise.resolve(ahead);
  }

  /** The other buffer, where two take turns. */
  private second(room = this.room): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.source.direct === true ? 0 : room + this.chunk);
  }

  /** Also frees the memory: in a capture of many files all readers are kept, for their warnings and counts. */
  async close(): Promise<void> {
    // a reader that goes on finds the end: no bytes are available
    this.finished = true;
    this.base += this.position;
    this.first = this.position = this.end = 0;
    this.bytes = this.spare = new Uint8Array(0);
    this.view = new DataView(this.bytes.buffer);
    await this.source.close();
    await this.pending?.catch(() => 0);
    this.pending = null;
  }
}
