/** Reads the file of a part (part-file.ts). */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CaptureError, type ErrorValues, errorCode } from '../errors.js';
import {
  isPartFacts,
  isPartHeader,
  PART_FORMAT,
  PART_VERSION,
  type PartFacts,
  type PartHeader,
} from './part-file.js';

/** Bytes at a time, compressed and not. */
const CHUNK = 1 << 18;
/** No block is longer; a length beyond it is damage. */
const LONGEST_BLOCK = 1 << 26;
/** The first line has four short members. */
const LONGEST_HEADER = 1 << 16;
/** The last line lists the files of the part. */
const LONGEST_LINE = 1 << 26;

export class PartReader {
  private readonly input: AsyncIterator<unknown>;
  private readonly file;
  private readonly stream;
  private rest: Uint8Array = new Uint8Array(0);

  private constructor(readonly path: string) {
    const gunzip = createGunzip({ chunkSize: CHUNK });
    this.file = createReadStream(path, { highWaterMark: CHUNK });
    this.stream = pipeline(this.file, gunzip, () => {});
    this.input = gunzip[Symbol.asyncIterator]();
  }

  /** Opens a part and reads its header. Throws CaptureError where it is not a part. */
  static async open(path: string): Promise<{ reader: PartReader; header: PartHeader }> {
    const reader = new PartReader(path);
    try {
      return {
        reader,
        header: headerOf(parsed(await reader.line(LONGEST_HEADER, () => noPart(path))), path),
      };
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /** Bytes of the file read so far. */
  get bytesRead(): number {
    return this.file.bytesRead;
  }

  /** The next block of the packet log, or null at its end. */
  async block(): Promise<Uint8Array | null> {
    const head = await this.take(4);
    const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true);
    if (length > LONGEST_BLOCK)
      throw this.damaged({ kind: 'block-bytes', bytes: length, most: LONGEST_BLOCK });
    return length === 0 ? null : this.take(length);
  }

  /** What follows the log: the last line, those of single connections left out. */
  async facts(): Promise<PartFacts> {
    for (;;) {
      const line = await this.line();
      if (line.startsWith('{"edge":')) continue;
      const facts = parsed(line);
      if (!isPartFacts(facts)) throw this.damaged({ kind: 'last-line' });
      await this.end();
      return facts;
    }
  }

  /** Throws where the file goes on, or its compression does not end properly. */
  private async end(): Promise<void> {
    const following = this.rest.length > 0 || (await this.next()) !== null;
    if (following) throw this.damaged({ kind: 'after-last-line' });
  }

  damaged(why: ErrorValues): CaptureError {
    return new CaptureError(this.path, { kind: 'part-damaged', why });
  }

  private async line(
    longest = LONGEST_LINE,
    tooLong = () => this.damaged({ kind: 'endless-line' }),
  ): Promise<string> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const end = this.rest.indexOf(10);
      if (end >= 0) return new TextDecoder().decode(Buffer.concat([...pieces, await this.take(end + 1)]));
      length += this.rest.length;
      if (length > longest) throw tooLong();
      pieces.push(this.rest);
      this.rest = await this.piece();
    }
  }

  private async take(length: number): Promise<Uint8Array> {
    while (this.rest.length < length) await this.more(length);
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** Reads more bytes: at least `wanted`, if the file has so many. */
  private async more(wanted: number): Promise<void> {
    const pieces = [this.rest];
    let have = this.rest.length;
    do {
      const piece = await this.piece();
      pieces.push(piece);
      have += piece.length;
    } while (have < wanted);
    this.rest = Buffer.concat(pieces);
  }

  private async piece(): Promise<Uint8Array> {
    const piece = await this.next();
    if (piece === null) throw new CaptureError(this.path, { kind: 'part-cut-short' });
    return piece;
  }

  /** Further bytes, null at the end. */
  private async next(): Promise<Uint8Array | null> {
    try {
      const { value } = await this.input.next();
      return value instanceof Uint8Array ? value : null;
    } catch (error) {
      throw this.failure(error);
    }
  }

  private failure(error: unknown): CaptureError {
    const code = errorCode(error);
    const { path } = this;
    if (code === 'ENOENT' || code === 'ENOTDIR') return new CaptureError(path, { kind: 'no-such-file' });
    if (code === 'EISDIR') return new CaptureError(path, { kind: 'part-folder' });
    if (code === 'EACCES' || code === 'EPERM') return new CaptureError(path, { kind: 'no-permission' });
    if (code === 'Z_BUF_ERROR') return new CaptureError(path, { kind: 'part-cut-short' });
    if (code.startsWith('Z_')) {
      const isGzip = error instanceof Error && error.message !== 'incorrect header check';
      return isGzip ? this.damaged({ kind: 'part-compression' }) : noPart(path);
    }
    return new CaptureError(path, { kind: 'not-read', system: code || String(error) });
  }

  async close(): Promise<void> {
    this.stream.destroy();
    await this.input.return?.();
  }
}

function noPart(path: string): CaptureError {
  return new CaptureError(path, { kind: 'not-a-part' }, 0);
}

/** Throws CaptureError where it is not a part that can be read. */
function headerOf(value: unknown, path: string): PartHeader {
  const { format, version, part, first } = (value as Partial<PartHeader> | null) ?? {};
  if (format !== PART_FORMAT) {
    throw noPart(path);
  }
  if (typeof version !== 'number') throw noPart(path);
  if (version !== PART_VERSION)
    throw new CaptureError(path, { kind: 'part-version', version, known: PART_VERSION });
  const header = { format, version, part: part ?? null, first: first ?? null };
  if (isPartHeader(header)) return header;
  throw new CaptureError(path, { kind: 'part-header' });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
