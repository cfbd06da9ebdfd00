/**
 * A window on the bytes of a capture: the part that is in memory now, refilled from a source while the
 * previous part is being worked on. Two buffers take turns; what the parser left over is copied in front of
 * the bytes that follow it, so that a record never straddles two buffers.
 */

/** Where bytes come from. `read` fills from the start of `into` and resolves to the count, 0 at the end. */
export interface ByteSource {
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Bytes read at a time: large enough that the cost of a read vanishes, small enough to stay in cache. */
export const CHUNK = 1 << 20;
/** Room in front of a chunk for the left-over of the chunk before; grows for larger records. */
const ROOM = 1 << 19;

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
  private bytes: Uint8Array;
  private spare: Uint8Array;
  private room: number;
  private pending: Promise<number> | null = null;
  private finished = false;

  constructor(
    private readonly source: ByteSource,
    private readonly chunk = CHUNK,
  ) {
    this.room = Math.min(ROOM, chunk);
    this.bytes = new Uint8Array(this.room + chunk);
    this.spare = new Uint8Array(this.room + chunk);
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
    const rest = this.end - this.position;
    if (rest > this.room) await this.makeRoom(rest);
    this.pending ??= this.source.read(this.spare.subarray(this.room));
    let count = await this.pending;
    if (count === 0) {
      this.finished = true;
      return false;
    }
    // the left-over of a large record is copied for each chunk: a pipe's small pieces are gathered first
    while (rest > ROOM && count < this.chunk) {
      const further = await this.source.read(this.spare.subarray(this.room + count));
      if (further === 0) break;
      count += further;
    }
    const before = this.bytes;
    const start = this.room - rest;
    this.spare.set(before.subarray(this.position, this.end), start);
    this.base = this.base + this.position - start;
    this.bytes = this.spare;
    this.spare = before;
    this.view = new DataView(this.bytes.buffer);
    this.first = this.position = start;
    this.end = this.room + count;
    // read ahead while the caller parses
    this.pending = this.source.read(this.spare.subarray(this.room));
    this.pending.catch(() => {});
    return true;
  }

  /** A record larger than the room in front of a chunk: larger buffers, and the read-ahead moved over. */
  private async makeRoom(rest: number): Promise<void> {
    const ahead = this.pending === null ? 0 : await this.pending;
    const held = this.spare.subarray(this.room, this.room + ahead);
    const room = Math.max(this.room * 2, rest);
    const spare = new Uint8Array(room + this.chunk);
    spare.set(held, room);
    const bytes = new Uint8Array(room + this.chunk);
    const start = room + this.chunk - rest;
    bytes.set(this.bytes.subarray(this.position, this.end), start);
    this.base = this.base + this.position - start;
    this.first = this.position = start;
    this.end = start + rest;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.spare = spare;
    this.room = room;
    if (this.pending !== null) this.pending = Promise.resolve(ahead);
  }

  /** Gives the memory back too: of a capture in many files all readers are kept, for what they tell. */
  async close(): Promise<void> {
    await this.source.close();
    await this.pending?.catch(() => 0);
    this.finished = true;
    this.pending = null;
    this.bytes = this.spare = new Uint8Array(0);
    this.view = new DataView(this.bytes.buffer);
  }
}
