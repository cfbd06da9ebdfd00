/**
 * Joins parts of a capture, with the same result as one run over the whole: the packets of their logs go through the
 * same analysis, in the order of the parts. What depends on the packets before a part (is it a copy? does the clock go
 * back?) is decided again where a part begins.
 */

import { stat } from 'node:fs/promises';
import type { Analysis } from '../analysis/analysis.js';
import type { DecodedPacket } from '../analysis/sink.js';
import type { CaptureFacts, CaptureTime } from '../analysis/summary.js';
import { compareTimes, Frame } from '../capture/frame.js';
import { addDrops } from '../capture/merge.js';
import type { CaptureWarning, Drops } from '../capture/reader.js';
import { decodeNext } from '../decode/aggregate.js';
import { decodeFrame } from '../decode/decode-frame.js';
import { Packet, TCP } from '../decode/packet.js';
import { PathTable } from '../decode/path.js';
import { readOptions, TcpOptions } from '../decode/tcp-options.js';
import { CaptureError } from '../errors.js';
import { nodeHost } from '../files/host.js';
import { DuplicateFilter, NO_COPY } from '../track/copies/duplicates.js';
import { NO_TIME } from '../track/memory/focus.js';
import { ByteReader, LogError } from './bytes.js';
import { KIND_FRAME, type LogEntry, NO_ENTRY } from './log-entry.js';
import { PacketLogReader } from './log-reader.js';
import type { PartFacts, PartHeader } from './part-file.js';
import { gapsIn, inOrder, type PlacedPart } from './part-order.js';
import { PartReader } from './part-reader.js';

/** Beyond this many, parts are opened one after the other: an open one costs a descriptor and buffers. */
const MAX_OPEN = 16;

interface Part extends PlacedPart {
  /** Null while it is closed. */
  reader: PartReader | null;
}

export class PartsMerger implements CaptureFacts {
  readonly files: PartFacts['files'] = [];
  readonly warnings: CaptureWarning[] = [];
  drops: Drops | null = null;
  /** Frames of the parts that are done, and bytes of their files. */
  private done = 0;
  private bytesDone = 0;
  private current: PartReader | null = null;
  private baseSeconds = Number.NaN;
  private end: CaptureTime | null = null;
  /** Latest time so far, that of a damaged part included. */
  private highest: CaptureTime | null = null;
  private readonly duplicates = new DuplicateFilter();
  private readonly decoded: DecodedPacket = {
    packet: new Packet(),
    options: new TcpOptions(),
    number: 0,
    seconds: 0,
    nanoseconds: 0,
    at: NO_TIME,
    copy: NO_COPY,
  };
  /** Fragments are put together over the edges of parts. */
  private readonly reassembler = new Packet(new PathTable(), nodeHost.inflateRaw);
  private readonly frame = new Frame();
  private readonly entry: LogEntry = { ...NO_ENTRY };
  /** Frames of the current part that had entries so far: a frame may have several. */
  private framesTaken = 0;
  /** The last packet of the current part that was read whole. */
  private readonly last = { number: 0, seconds: 0, nanoseconds: 0 };

  /** `size`: bytes of all parts, null where one is no regular file. */
  private constructor(
    private readonly parts: readonly Part[],
    private readonly size: number | null,
  ) {}

  /** Packets read so far. */
  get packets(): number {
    return this.done + this.last.number;
  }

  /** Bytes of the parts' files, compressed as they are. */
  get progress(): { read: number; size: number | null } {
    return { read: this.bytesDone + (this.current?.bytesRead ?? 0), size: this.size };
  }

  /** Opens the parts, given in any order, and finds their order. Throws CaptureError where a file is not a part. */
  static async open(paths: readonly string[]): Promise<PartsMerger> {
    const parts: Part[] = [];
    let size: number | null = 0;
    try {
      for (const path of paths) {
        const { reader, header } = await PartReader.open(path);
        const part: Part = { path, header, reader };
        parts.push(part);
        const file = await stat(path);
        size = size === null || !file.isFile() ? null : size + file.size;
        // a pipe can be read only once
        if (paths.length > MAX_OPEN && file.isFile()) await closed(part);
      }
      return new PartsMerger(inOrder(parts), size);
    } catch (error) {
      for (const part of parts) await closed(part);
      throw error;
    }
  }

  /** Has all packets analysed; `signal` ends it. `between` is called now and then. */
  async read(analysis: Analysis, signal?: AbortSignal, between?: () => Promise<void>): Promise<void> {
    this.decoded.packet.paths = this.reassembler.paths = analysis.paths;
    for (const gap of gapsIn(this.parts)) {
      this.warnings.push({
        code: 'part-missing',
        problem: { kind: 'parts-missing', ...gap },
        continued: null,
        file: null,
        packet: null,
        offset: null,
        damage: true,
      });
    }
    for (const part of this.parts) {
      this.noteOverlap(part);
      try {
        part.reader ??= (await PartReader.open(part.path)).reader;
        const { reader } = part;
        this.current = reader;
        const log = new PacketLogReader(analysis.paths);
        for (;;) {
          await between?.();
          if (signal?.aborted === true) {
            this.endEarly(analysis, part, false);
            return;
          }
          const block = await reader.block();
          if (block === null) break;
          this.replay(analysis, log, new ByteReader(block), part.header, reader);
        }
        const facts = await reader.facts();
        if (facts.packets < this.framesTaken || facts.frames < this.last.number)
          throw reader.damaged({ kind: 'more-packets' });
        this.endPart(analysis, facts);
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        this.endDamaged(analysis, part, error);
      } finally {
        this.bytesDone = this.progress.read;
        this.current = null;
        await closed(part);
      }
    }
  }

  /** Counts what was read of a part that is not read to its end. */
  private endEarly(analysis: Analysis, { path, header }: Part, damaged: boolean): void {
    const { number, seconds, nanoseconds } = this.last;
    const end = number === 0 ? null : { seconds, nanoseconds };
    const unnamed = number - this.framesTaken;
    analysis.addPart({ packets: number, others: [], start: header.first, end, backwards: 0 }, unnamed);
    this.noteHighest(end);
    this.files.push({ path, format: 'pcap', packets: number, bytes: 0, damaged });
    this.finished(number);
  }

  private noteHighest(end: CaptureTime | null): void {
    if (end !== null && (this.highest === null || compareTimes(end, this.highest) > 0)) this.highest = end;
  }

  /** What was whole of a damaged part stays; how much is missing is not known. */
  private endDamaged(analysis: Analysis, part: Part, error: CaptureError): void {
    const { path } = part;
    const { number } = this.last;
    this.endEarly(analysis, part, true);
    this.warnings.push({
      code: error.code,
      problem: { kind: 'error', error: error.values },
      continued: { kind: 'read-up-to', packet: number },
      file: path,
      packet: number + 1,
      offset: null,
      damage: true,
    });
  }

  private replay(
    analysis: Analysis,
    log: PacketLogReader,
    bytes: ByteReader,
    { first }: PartHeader,
    reader: PartReader,
  ): void {
    const { decoded, entry, frame } = this;
    if (Number.isNaN(this.baseSeconds)) {
      this.baseSeconds = first?.seconds ?? 0;
      analysis.setBase(this.baseSeconds);
    }
    while (!bytes.atEnd) {
      try {
        log.next(bytes, decoded.packet, decoded.options, frame, entry);
      } catch (error) {
        if (error instanceof LogError) throw reader.damaged(error.values);
        if (error instanceof RangeError || error instanceof SyntaxError)
          throw reader.damaged({ kind: 'words', text: error.message });
        throw error;
      }
      if (entry.number !== this.last.number) this.framesTaken++;
      this.last.number = entry.number;
      this.last.seconds = entry.seconds;
      this.last.nanoseconds = entry.nanoseconds;
      decoded.number = this.done + entry.number;
      decoded.seconds = entry.seconds;
      decoded.nanoseconds = entry.nanoseconds;
      decoded.copy = entry.copy;
      if (entry.kind === KIND_FRAME) this.takeFrame(analysis);
      else {
        const { mark } = entry;
        if (mark !== null) {
          const at = (entry.seconds - this.baseSeconds) * 1e9 + entry.nanoseconds;
          decoded.copy = this.duplicates.seenMarked(decoded.packet, mark, at);
        }
        analysis.replay(decoded);
      }
    }
  }

  private takeFrame(analysis: Analysis): void {
    const { reassembler, frame } = this;
    const decoded = { ...this.decoded, packet: reassembler };
    const { options } = decoded;
    frame.number = decoded.number;
    decoded.at = (frame.seconds - this.baseSeconds) * 1e9 + frame.nanoseconds;
    const { msdu } = this.entry;
    decodeFrame(frame, reassembler, msdu);
    do {
      options.bits = 0;
      if (reassembler.kind === TCP) {
        readOptions(reassembler, options);
        decoded.copy = this.duplicates.seen(decoded);
      }
      analysis.replay(decoded);
    } while (msdu < 0 && decodeNext(reassembler));
  }

  private noteOverlap({ path, header: { first, part } }: Part): void {
    const { end } = this;
    if (end === null || first === null || part !== null) return;
    if (compareTimes(first, end) >= 0) return;
    this.warnings.push({
      code: 'parts-overlap',
      problem: { kind: 'parts-overlap' },
      continued: null,
      file: path,
      packet: null,
      offset: null,
      damage: false,
    });
  }

  private endPart(analysis: Analysis, facts: PartFacts): void {
    const { packets, others, start, end, lows, markedAt } = facts;
    this.files.push(...facts.files);
    this.warnings.push(...facts.warnings);
    this.drops = addDrops(this.drops, facts.drops);
    const { highest } = this;
    const below = lows.find(
      ([, seconds, nanoseconds]) => highest !== null && compareTimes({ seconds, nanoseconds }, highest) < 0,
    );
    const first = Math.min(
      below?.[0] ?? Number.POSITIVE_INFINITY,
      facts.backwards || Number.POSITIVE_INFINITY,
    );
    const backwards = Number.isFinite(first) ? this.done + first : 0;
    analysis.addPart({ packets, others, start, end, backwards });
    this.finished(facts.frames);
    if (end !== null && (this.end === null || compareTimes(end, this.end) > 0)) this.end = end;
    this.noteHighest(end);
    const at = (markedAt.seconds - this.baseSeconds) * 1e9 + markedAt.nanoseconds;
    this.duplicates.recall(facts.marks, at);
  }

  /** Goes on to the next part; `frames`: those of this one. */
  private finished(frames: number): void {
    this.done += frames;
    this.framesTaken = 0;
    this.last.number = 0;
  }

  async close(): Promise<void> {
    for (const part of this.parts) await closed(part);
  }
}

async function closed(part: Part): Promise<void> {
  const { reader } = part;
  part.reader = null;
  await reader?.close();
}
