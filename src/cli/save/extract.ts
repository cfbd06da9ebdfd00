/**
 * Connections and UDP flows extracted into a new capture. The first reading, by the analysis, notes which frames
 * are theirs; a second one writes those: segments with their copies, datagrams, the fragments that these came in, and
 * ICMP errors that quote them.
 */

import { Frame } from '../../capture/frame.js';
import type { FrameStream } from '../../capture/reader.js';
import { addressText } from '../../decode/address.js';
import { decodeNext } from '../../decode/aggregate.js';
import { decodeFrame } from '../../decode/decode-frame.js';
import { ICMP_ERROR, Packet, TCP, UDP } from '../../decode/packet.js';
import { PathTable } from '../../decode/path.js';
import { UserError } from '../../errors.js';
import { factsOf } from '../../files/facts.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { type CaptureWriter, createCaptureWriter, formatForName } from '../../files/writer.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import { writerOptions } from '../options/writer-options.js';
import type { Reporter } from '../report/reporter.js';
import { type Observer, stacked } from '../report/stacked.js';
import type { Progress } from '../terminal/progress.js';

const TCP_PROTOCOL = 6;
/** Reassembled IP datagrams whose content has not been reported yet. */
const MAX_WAITING = 4096;

/** Throws UserError where an input cannot be read twice. */
export function planCut(
  files: readonly string[],
  connections: readonly number[],
  flows: readonly number[],
): ConnectionExtract {
  checkReadableTwice(files, 'write');
  return new ConnectionExtract(new Set(connections), new Set(flows));
}

/** Throws UserError for a pipe; `what` needs to read it twice. */
export function checkReadableTwice(files: readonly string[], what: 'write' | 'where' | 'browse'): void {
  for (const path of files) {
    const facts = path === '-' ? null : factsOf(path);
    // a missing file is reported when it is opened
    if (path !== '-' && (facts === null || facts.isFile() || facts.isDirectory())) continue;
    const name = path === '-' ? 'standard input' : path;
    throw new UserError({ kind: 'of-file', path: name, why: { kind: 'read-twice', what } });
  }
}

/** The span of packets in which an ICMP error belongs to a connection, by its two ends. */
interface Span {
  first: number;
  last: number;
}

export class ConnectionExtract {
  private readonly frames = new FrameSet();
  private readonly spans = new Map<string, Span[]>();
  private readonly packet = new Packet(new PathTable(), nodeHost.inflateRaw);
  /** Frames of the fragments before it, by the frame that completed a segment or datagram. */
  private readonly parts = new Map<number, readonly number[]>();

  constructor(
    private readonly connections: ReadonlySet<number>,
    private readonly flows: ReadonlySet<number>,
  ) {}

  /** The reporter, which also notes which frames belong to the connections and flows. */
  watch(reporter: Reporter): Reporter {
    const { connections, flows } = this;
    const observer: Observer = {
      wants: (index) => connections.has(index),
      times: () => 'none',
      connection: (snapshot) => this.noteSpan(snapshot),
      segment: (row) => {
        if (connections.has(row.connection)) this.note(row.packet);
      },
      flowPacket: (flow, packet) => {
        if (flows.has(flow)) this.note(packet);
      },
    };
    return { ...reporter, sink: stacked(reporter.sink, observer) };
  }

  /** Reads a frame for the analysis, and remembers what it was reassembled from. */
  next(capture: FrameStream, frame: Frame): boolean {
    if (!capture.next(frame)) return false;
    const { packet } = this;
    decodeFrame(frame, packet);
    do {
      if ((packet.kind === TCP || packet.kind === UDP) && packet.fragment)
        this.noteParts(frame.number, packet.fragments.frames);
    } while (decodeNext(packet));
    return true;
  }

  private noteParts(number: number, frames: readonly number[]): void {
    if (this.parts.size >= MAX_WAITING) this.parts.delete(this.parts.keys().next().value ?? -1);
    this.parts.set(number, [...(this.parts.get(number) ?? []), ...frames]);
  }

  private note(number: number): void {
    this.frames.add(number);
    for (const part of this.parts.get(number) ?? []) this.frames.add(part);
  }

  private noteSpan({ ends, firstPacket, lastPacket }: ConnectionSnapshot): void {
    const key = flowKey(ends[0].address, ends[0].port, ends[1].address, ends[1].port);
    const spans = this.spans.get(key) ?? [];
    spans.push({ first: firstPacket, last: lastPacket });
    this.spans.set(key, spans);
  }

  /** Reads the files again and writes what belongs to the connections and flows. */
  async write(
    files: readonly string[],
    path: string,
    signal: AbortSignal,
    watch: (capture: FrameStream) => Progress,
  ): Promise<CaptureWriter> {
    const capture = await openCaptures(files);
    const progress = watch(capture);
    try {
      const writer = await createCaptureWriter(path, formatForName(path), writerOptions(capture));
      const frame = new Frame();
      try {
        while (!signal.aborted && (await capture.fill())) {
          while (capture.next(frame)) {
            if (this.belongs(frame)) await writer.write(frame);
          }
          await writer.flush();
          progress.look();
        }
      } finally {
        await writer.close(capture.drops);
      }
      return writer;
    } finally {
      progress.end();
      await capture.close();
    }
  }

  private belongs(frame: Frame): boolean {
    if (this.frames.has(frame.number)) return true;
    const { packet } = this;
    decodeFrame(frame, packet);
    do {
      if (this.quotes(packet, frame.number)) return true;
    } while (decodeNext(packet));
    return false;
  }

  /** An ICMP error for one of the connections. */
  private quotes(packet: Packet, number: number): boolean {
    if (packet.kind !== ICMP_ERROR || packet.quotedProtocol !== TCP_PROTOCOL) return false;
    const version = packet.ipVersion === 6 ? 6 : 4;
    const source = addressText(version, packet.source0, packet.source1, packet.source2, packet.source3);
    const target = addressText(version, packet.target0, packet.target1, packet.target2, packet.target3);
    const spans = this.spans.get(flowKey(source, packet.sourcePort, target, packet.targetPort));
    return spans?.some(({ first, last }) => number >= first && number <= last) === true;
  }
}

/** The same in both directions. */
function flowKey(address: string, port: number, otherAddress: string, otherPort: number): string {
  return [`${address} ${port}`, `${otherAddress} ${otherPort}`].sort().join(' ');
}

/** Frame numbers: one bit each, whatever their number. */
class FrameSet {
  private bits = new Uint8Array(1 << 16);

  add(number: number): void {
    const at = number >>> 3;
    if (at >= this.bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.bits.length * 2));
      larger.set(this.bits);
      this.bits = larger;
    }
    this.bits[at] = (this.bits[at] ?? 0) | (1 << (number & 7));
  }

  has(number: number): boolean {
    return ((this.bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
