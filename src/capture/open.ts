/**
 * Opens a capture from a source of bytes. The first bytes decide format and compression, never the name. Reading is two
 * calls in turn: `fill` (asynchronous, a chunk) and `next` (a frame, until false).
 */
import { CaptureError } from '../errors.js';
import { type Compression, compressionOf, decompress, type Inflate } from './decompress.js';
import type { Frame } from './frame.js';
import { FILE_HEADER, isPcapMagic, PcapReader } from './pcap.js';
import { SECTION_HEADER } from './pcapng-blocks.js';
import { SECTION_HEADER_LENGTH } from './pcapng-section.js';
import type {
  CaptureComment,
  CaptureWarning,
  Drops,
  FrameReader,
  FrameStream,
  InterfaceFacts,
  ReaderReports,
  ReaderWarning,
} from './reader.js';
import { type ByteSource, ByteWindow, type MeasuredSource } from './window.js';

export type { Compression } from './decompress.js';
export type { Drops } from './reader.js';

export interface ReadOptions {
  /** Ends the reading as the end of the file would. */
  signal?: AbortSignal;
  /** Collect the comments of the capture. */
  comments?: boolean;
  /** Bytes read at a time. */
  chunk?: number;
  /** The writer of a pcap is known to keep to its format: a packet is there once its bytes are. */
  knownWriter?: boolean;
  /** Inflates gzip, as the host can. */
  gunzip?: Inflate;
}

/** Warnings, and comments, kept of one file. */
const MAX_WARNINGS = 100;
const MAX_COMMENTS = 1000;

export class CaptureReader implements FrameStream {
  readonly warnings: CaptureWarning[] = [];
  readonly comments: CaptureComment[] = [];
  readonly files: readonly CaptureReader[] = [this];
  packets = 0;
  drops: Drops | null = null;
  /** Packets are missing from what was read. */
  damaged = false;
  private state: 'first' | 'reading' | 'ended' = 'first';

  private constructor(
    readonly path: string,
    readonly compression: Compression | null,
    private readonly source: MeasuredSource,
    private readonly window: ByteWindow,
    private readonly reader: FrameReader,
    private readonly signal: AbortSignal | undefined,
  ) {}

  get format(): 'pcap' | 'pcapng' {
    return this.reader.format;
  }

  get interfaces(): readonly InterfaceFacts[] {
    return this.reader.interfaces;
  }

  get interfaceCount(): number {
    return this.reader.interfaceCount;
  }

  get frames(): number {
    return this.reader.number;
  }

  /** Bytes read so far, after decompression. */
  get bytes(): number {
    return this.window.offset;
  }

  /** Bytes of the file read so far and the bytes that it has (null where that is not known), for progress. */
  get progress(): { read: number; size: number | null } {
    return { read: this.source.taken, size: this.source.size };
  }

  /** Brings frames into memory. False at the end of the capture; what was left over is then in `warnings`. */
  async fill(): Promise<boolean> {
    if (this.state === 'first') {
      this.state = 'reading';
      return true;
    }
    if (this.state === 'ended' || this.reader.stopped) return false;
    try {
      if (await this.window.more()) return true;
    } catch (error) {
      // everything up to here was whole and stays reported
      if (!(error instanceof CaptureError)) throw error;
      this.end(this.source.broken ?? error);
      return false;
    }
    if (this.reader.settle?.() === true) return true;
    // true where it found more to read behind damage; then this is the end once more after it. What is left over
    // where the reading was ended from outside is no damage: the rest had not come yet
    if (this.signal?.aborted !== true && this.reader.finish()) return true;
    this.end(this.source.broken ?? null);
    return false;
  }

  /** Nothing more can be read. `failure`: why that is no ordinary end. */
  private end(failure: CaptureError | null): void {
    this.state = 'ended';
    if (failure === null) return;
    const { code, values: error, offset } = failure;
    this.warn({
      code,
      problem: { kind: 'error', error },
      continued: { kind: 'ended', after: this.reader.number },
      offset,
      damage: true,
    });
  }

  /** Fills `frame` with the next frame in memory; false when `fill` is to be called. */
  next(frame: Frame): boolean {
    if (!this.reader.next(frame)) return false;
    this.packets++;
    return true;
  }

  private warn(warning: ReaderWarning): void {
    const { damage, continued = null } = warning;
    if (damage) this.damaged = true;
    if (this.warnings.length > MAX_WARNINGS) return;
    const packet = warning.packet ?? (damage ? this.reader.number + 1 : null);
    const placed = { ...warning, continued, packet, file: this.path };
    this.warnings.push(
      this.warnings.length < MAX_WARNINGS
        ? placed
        : {
            ...placed,
            code: 'more-warnings',
            problem: { kind: 'more-warnings', most: MAX_WARNINGS },
            continued: null,
          },
    );
  }

  async close(): Promise<void> {
    await this.window.close();
  }

  /**
   * Reads the capture from a source; `path` is its name in messages and in the JSON. Throws CaptureError where it
   * cannot be read at all.
   */
  static async from(source: MeasuredSource, path: string, options: ReadOptions): Promise<CaptureReader> {
    let bytes: ByteSource = source;
    let compression: Compression | null = null;
    try {
      let window = new ByteWindow(source, options.chunk);
      await have(window, 4);
      if (window.available === 0) throw new CaptureError(path, { kind: 'empty' }, 0);
      compression = compressionOf(window);
      if (compression !== null) {
        bytes = await decompress(window, path, compression, options.gunzip);
        window = new ByteWindow(bytes, options.chunk);
        await have(window, 4);
        if (window.available === 0) throw new CaptureError(path, { kind: 'empty-inside', compression }, 0);
      }
      const reports: ReaderReports = { warn: () => {} };
      const reader = await readerFor(window, reports, path, compression, options.knownWriter === true);
      const capture = new CaptureReader(path, compression, source, window, reader, options.signal);
      capture.listen(reports, options.comments === true);
      return capture;
    } catch (error) {
      await bytes.close().catch(() => {});
      throw source.broken ?? error;
    }
  }

  private listen(reports: ReaderReports, comments: boolean): void {
    reports.warn = (warning) => this.warn(warning);
    reports.drops = (kernel, networkInterface) => {
      this.drops = { kernel, interface: networkInterface };
    };
    if (!comments) return;
    reports.comment = (packet, text) => {
      if (this.comments.length < MAX_COMMENTS) this.comments.push({ file: this.path, packet, text });
    };
  }
}

async function readerFor(
  window: ByteWindow,
  reports: ReaderReports,
  path: string,
  compression: Compression | null,
  knownWriter: boolean,
): Promise<FrameReader> {
  if (window.available >= 4) {
    const magic = window.view.getUint32(window.position);
    if (isPcapMagic(magic)) {
      await needed(window, FILE_HEADER, 'pcap', path);
      return new PcapReader(window, reports, path, knownWriter);
    }
    if (magic === SECTION_HEADER) {
      await needed(window, SECTION_HEADER_LENGTH, 'pcapng', path);
      const { PcapngReader } = await import('./pcapng.js');
      return new PcapngReader(window, reports, path);
    }
  }
  await have(window, 16);
  const first = { ...described(window.peek(16)), known: knownAs(window.peek(8)) };
  throw new CaptureError(path, { kind: 'not-a-capture', compression, ...first }, 0);
}

/** Brings `length` bytes into the window, or all there are. */
async function have(window: ByteWindow, length: number): Promise<void> {
  while (window.available < length && (await window.more()));
}

async function needed(
  window: ByteWindow,
  wanted: number,
  header: 'pcap' | 'pcapng',
  path: string,
): Promise<void> {
  await have(window, wanted);
  const there = window.available;
  if (there < wanted) throw new CaptureError(path, { kind: 'cut-in-header', header, wanted, there }, there);
}

/** The first bytes of something that is not a capture, for the message: as text where it is text. */
function described(bytes: Uint8Array): { begins: string; written: 'text' | 'bytes' } {
  const printable = [...bytes].every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 9,
  );
  if (printable) return { begins: String.fromCharCode(...bytes), written: 'text' };
  return { begins: hexOf(bytes.subarray(0, 8)).join(' '), written: 'bytes' };
}

/** Files that are often taken for captures, by their first bytes in hexadecimal. */
const OTHERS = [
  ['fd377a585a', 'xz'],
  ['425a68', 'bzip2'],
  ['504b0304', 'zip'],
  ['736e6f6f70', 'snoop'],
  ['474d4255', 'netmon'],
] as const;

function knownAs(bytes: Uint8Array): (typeof OTHERS)[number][1] | 'no' {
  const hex = hexOf(bytes).join('');
  return OTHERS.find(([begins]) => hex.startsWith(begins))?.[1] ?? 'no';
}

function hexOf(bytes: Uint8Array): string[] {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
}
