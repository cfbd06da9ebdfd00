/** Writes a part of a capture, to be joined to its neighbours by `PartReader` and `mergeParts`. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CaptureTally } from '../analysis/capture-tally.js';
import type { PacketRecorder } from '../analysis/sink.js';
import { type CaptureFacts, type CaptureTime, fileSummaries } from '../analysis/summary.js';
import { compareTimes, type Frame } from '../capture/frame.js';
import type { FrameStream } from '../capture/reader.js';
import { addressText } from '../decode/address.js';
import { OTHER, type Packet, TCP } from '../decode/packet.js';
import { TcpOptions } from '../decode/tcp-options.js';
import { NO_COPY } from '../track/copies/duplicates.js';
import { COPIES_WITHIN_NS } from '../track/copies/recent-segments.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import { stateName, UNSEEN } from '../track/rfc9293/transition.js';
import type { Tracker } from '../track/tracker.js';
import { ByteWriter } from './bytes.js';
import { type LogEntry, NO_ENTRY } from './log-entry.js';
import { PacketLogWriter } from './log-writer.js';
import { PART_FORMAT, PART_VERSION, type PartEdge, type PartFacts } from './part-file.js';

/** Times before all earlier ones that are noted; a capture in order has one. */
const MAX_LOWS = 10_000;
/** Connections at the edges that are described one by one. */
const MAX_EDGES = 100_000;
/** Bytes handed on at a time. */
const BLOCK = 1 << 16;

const NO_OPTIONS = new TcpOptions();

export class PartWriter implements PacketRecorder {
  private readonly bytes = new ByteWriter();
  private readonly log = new PacketLogWriter(this.bytes);
  private readonly gzip = createGzip({ level: 1 });
  private readonly file;
  private readonly done: Promise<void>;
  private failure: unknown = null;
  private readonly entry: LogEntry = { ...NO_ENTRY };
  private first: CaptureTime | null = null;
  private begun = false;
  /** Of the frame that came last. */
  private number = 0;
  private readonly tally = new CaptureTally();
  private readonly lowest: CaptureTime = { seconds: Number.POSITIVE_INFINITY, nanoseconds: 0 };
  private readonly lows: [number, number, number][] = [];
  private readonly lastSegment: CaptureTime = { seconds: 0, nanoseconds: 0 };
  private lastSegmentAt = 0;
  private duplicates: Tracker['duplicates'] | null = null;
  private readonly edges = { left: 0, right: 0 };
  private edgeLines: string[] = [];

  /** `part`: its place among the parts, or null. */
  constructor(
    path: string,
    private readonly part: number | null,
    flags: 'w' | 'wx' = 'w',
  ) {
    this.file = createWriteStream(path, { flags });
    this.gzip.pipe(this.file);
    this.done = finished(this.file);
    const fail = (error: unknown): void => {
      this.failure ??= error;
      this.gzip.destroy();
    };
    this.done.catch(fail);
    this.gzip.on('error', fail);
  }

  /** Resolves when the file is there; rejects with why it cannot be. */
  async opened(): Promise<void> {
    await once(this.file, 'open');
  }

  packet(packet: Packet, frame: Frame, tracker: Tracker): void {
    const { number } = frame;
    const begins = number !== this.number;
    this.number = number;
    if (begins) {
      this.tally.packet(number, frame.seconds, frame.nanoseconds);
      this.noteTime(frame, number);
    }
    const { entry } = this;
    if (packet.fragment) {
      // one entry for all packets of an aggregate that came in fragments
      if (begins || packet.msdu >= 0) this.log.frame(frame, number, packet.msdu);
      return;
    }
    if (packet.kind === OTHER) {
      this.tally.other(packet.stop, packet.broken);
      return;
    }
    entry.number = number;
    entry.seconds = frame.seconds;
    entry.nanoseconds = frame.nanoseconds;
    entry.copy = NO_COPY;
    entry.mark = null;
    if (packet.kind !== TCP) {
      this.log.packet(packet, NO_OPTIONS, entry);
      return;
    }
    const { arrival, duplicates } = tracker;
    this.duplicates = duplicates;
    entry.copy = tracker.copy;
    if (this.nearBeginning(frame)) entry.mark = duplicates.mark(packet);
    this.lastSegment.seconds = frame.seconds;
    this.lastSegment.nanoseconds = frame.nanoseconds;
    this.lastSegmentAt = arrival.at;
    this.log.packet(packet, arrival.options, entry);
  }

  private nearBeginning({ seconds, nanoseconds }: CaptureTime): boolean {
    const { first } = this;
    if (first === null) return true;
    return (seconds - first.seconds) * 1e9 + nanoseconds - first.nanoseconds <= COPIES_WITHIN_NS;
  }

  private noteTime(time: CaptureTime, number: number): void {
    const { seconds, nanoseconds } = time;
    this.first ??= { seconds, nanoseconds };
    const { lowest } = this;
    if (compareTimes(time, lowest) >= 0) return;
    lowest.seconds = seconds;
    lowest.nanoseconds = nanoseconds;
    if (this.lows.length < MAX_LOWS) this.lows.push([number, seconds, nanoseconds]);
  }

  edge(facts: LocatedFacts, side: 'left' | 'right'): void {
    this.edges[side]++;
    if (this.edgeLines.length >= MAX_EDGES) return;
    const { clientSide } = facts;
    const serverSide = clientSide === 0 ? 1 : 0;
    const end = (of: 0 | 1): PartEdge['client'] => {
      const [a = 0, b = 0, c = 0, d = 0] = facts.words.subarray(of * 4, of * 4 + 4);
      return { address: addressText(facts.version, a, b, c, d), port: facts.ports[of] };
    };
    const state = (of: 0 | 1): PartEdge['states']['client'] =>
      stateName(facts.ends[of].packets === 0 ? UNSEEN : facts.ends[of].state);
    const line: PartEdge = {
      edge: side,
      client: end(clientSide),
      server: end(serverSide),
      firstPacket: facts.firstPacket,
      states: { client: state(clientSide), server: state(serverSide) },
    };
    this.edgeLines.push(JSON.stringify(line));
  }

  /** Writes what there is; waits while the disk is slower. Throws what went wrong with the file. */
  async flush(): Promise<void> {
    if (!this.begun && this.first !== null) await this.begin();
    const block = this.bytes.take();
    if (block.length === 0) return;
    const head = new Uint8Array(4);
    new DataView(head.buffer).setUint32(0, block.length, true);
    await this.write(head);
    for (let at = 0; at < block.length; at += BLOCK) await this.write(block.subarray(at, at + BLOCK));
  }

  private async begin(): Promise<void> {
    this.begun = true;
    const header = { format: PART_FORMAT, version: PART_VERSION, part: this.part, first: this.first };
    await this.write(`${JSON.stringify(header)}\n`);
  }

  /** To be called when the analysis is finished: its connections at the edges are reported by then. */
  async close(capture: CaptureFacts & Pick<FrameStream, 'frames'>): Promise<void> {
    await this.flush();
    if (!this.begun) await this.begin();
    await this.write(new Uint8Array(4));
    for (let at = 0; at < this.edgeLines.length; at += 1000) {
      await this.write(`${this.edgeLines.slice(at, at + 1000).join('\n')}\n`);
    }
    const facts: PartFacts = {
      files: fileSummaries(capture.files),
      warnings: [...capture.warnings],
      drops: capture.drops,
      frames: capture.frames,
      ...this.tally.totals(),
      lows: this.lows,
      marks: this.duplicates?.rows(this.lastSegmentAt) ?? [],
      markedAt: this.lastSegment,
      connectionsAtEdges: this.edges,
    };
    await this.write(`${JSON.stringify(facts)}\n`);
    this.gzip.end();
    await this.done.catch(() => {});
    if (this.failure !== null) throw this.failure;
  }

  private async write(data: string | Uint8Array): Promise<void> {
    if (this.failure !== null) throw this.failure;
    if (this.gzip.write(data)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.gzip.off('drain', go).off('close', go);
        resolve();
      };
      this.gzip.on('drain', go).on('close', go);
    });
    if (this.failure !== null) throw this.failure;
  }
}
