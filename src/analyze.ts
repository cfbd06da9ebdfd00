/**
 * The pipeline: frames in, packets decoded, connections followed, verdicts out. The same for a file, a pipe and
 * a live interface.
 */

import { Frame, nanosecondsSince } from './capture/frame.js';
import type { Drops, FrameStream } from './capture/reader.js';
import { decodeNext } from './decode/aggregate.js';
import { decodeFrame } from './decode/decode-frame.js';
import { PROTOCOL_TCP } from './decode/ip.js';
import { ICMP_ERROR, type InflateRaw, Packet, TCP, UDP } from './decode/packet.js';
import { PathTable } from './decode/path.js';
import {
  type CaptureFacts,
  type CaptureSummary,
  CaptureTally,
  clockWarnings,
  fileSummaries,
  interruptionWarning,
  type LiveFacts,
  type PartTotals,
} from './summary.js';
import { ENDED } from './track/memory/connection.js';
import { type Arrival, NO_TIME } from './track/memory/focus.js';
import type { SegmentRow, Step, Times, TrackerOptions } from './track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from './track/results/snapshot.js';
import { settled } from './track/rfc9293/lifecycle.js';
import { Tracker } from './track/tracker.js';
import type { UdpFlowSnapshot } from './track/udp/flow.js';
import { UdpFlows } from './track/udp/flows.js';
import type { OpeningKind } from './verdict/catalogue.js';
import type { Pattern } from './verdict/patterns.js';
import { KindTally } from './verdict/tally.js';

export interface AnalysisSink {
  connection(snapshot: ConnectionSnapshot): void;
  /** Which connections, by index, `connection` is to be called for; all where it is missing. */
  wants?(index: number): boolean;
  /** Which times of a connection are kept; where it is missing, all of those that are wanted. */
  times?(index: number): Times;
  /**
   * Whether `connection` is to be called for a connection with these facts: asked before it is put into plain values. The
   * facts are valid until `connection` returns.
   */
  picks?(facts: LocatedFacts): boolean;
  /** Each connection when it is over, wanted or not, after `connection`. */
  over?(index: number): void;
  udpFlow?(snapshot: UdpFlowSnapshot): void;
  /** Each packet of a UDP flow, by index: its datagrams, and ICMP errors that quote them. */
  flowPacket?(flow: number, packet: number): void;
  /** Which UDP flows, by index, `udpFlow` is to be called for; all where it is missing. */
  wantsUdpFlow?(index: number): boolean;
  /** Each TCP segment. In capture order, but for those that `Analysis.heldPacket` still holds back. */
  segment?(row: SegmentRow): void;
  step?(step: Step, snapshot: () => ConnectionSnapshot): void;
  /** Called after each packet: all that it decided has been reported. */
  treated?(): void;
}

/** What runs the analysis: Node.js (files/host.ts) or a browser. */
export interface Host {
  /** Lets it do other work, while much is being reported. */
  pause?(): Promise<void>;
  inflateRaw?: InflateRaw;
}

export interface AnalysisOptions {
  /** Connections kept at a time; the oldest that never opened goes first. */
  maxConnections?: number;
  host?: Host;
  /** False where nobody asks for Zeek's history and conn_state: reports then have none. */
  zeek?: boolean;
  /** Packet rows do not wait for later packets that may prove a guess wrong (live). */
  rowsAtOnce?: boolean;
  /** Keep the segments of these connections for a ladder… */
  ladderOf?: TrackerOptions['ladderOf'];
  /** …or of this many first ones. */
  ladders?: number;
  /** Keep the datagrams of this many first UDP flows; without it, of as many as `ladders`. */
  datagramsOf?: number;
  /** Ends the reading; what is known so far is reported. */
  signal?: AbortSignal;
  /** Takes down each packet once it was treated. */
  recorder?: PacketRecorder;
  /** Called once for each chunk read. */
  progress?(analysis: Analysis): void;
  /** Asked after each chunk: true ends the reading (live limits). */
  enough?(analysis: Analysis): boolean;
}

/** What takes the results while the end is reported. */
export interface ResultWriter {
  /** Called once, before what is still open is reported. */
  begin?(summary: CaptureSummary): Promise<void>;
  /** Called now and then: writes what is ready, and waits while the reader of the output is slower. */
  flush(): Promise<void>;
}

/** Takes packets down for a part of a capture (partial/). */
export interface PacketRecorder {
  packet(packet: Packet, frame: Frame, tracker: Tracker): void;
  /** A connection that began before the capture, or was not over at its end. */
  edge(facts: LocatedFacts, side: 'left' | 'right'): void;
}

/** A packet that was decoded before, and where and when it was captured. */
export interface DecodedPacket extends Arrival {
  /** Whether it is a copy of a segment captured a moment before, as the filter said (track/duplicates.ts). */
  copy: number;
}

/** What frames are read from: one capture, or several merged. */
export type FrameSource = Pick<FrameStream, 'fill' | 'next'>;

const DEFAULT_MOST = 1_000_000;
/** Connections reported at the end before what they came to is written: some 2 MB of JSON. */
const CONNECTIONS_PER_FLUSH = 1000;

export class Analysis {
  tcpSegments = 0;
  udpDatagrams = 0;
  /** Packets lost while capturing, as far as known by now; a live capture keeps it up to date. */
  drops: Drops | null = null;
  /** The VLANs and tunnels found so far; packets that are given to `take` number theirs by it. */
  readonly paths = new PathTable();
  /** Connections that are over, but stay for a while for late segments. */
  private lingering = 0;
  private readonly tally = new CaptureTally();
  private readonly kinds = new KindTally();
  private readonly tracker: Tracker;
  private readonly udp: UdpFlows;
  private readonly frame = new Frame();
  private readonly packet;
  private baseSeconds = NO_TIME;

  constructor(
    private readonly sink: AnalysisSink,
    private readonly options: AnalysisOptions = {},
  ) {
    const most = options.maxConnections ?? DEFAULT_MOST;
    const { segment, step } = sink;
    const { paths } = this;
    this.packet = new Packet(paths, options.host?.inflateRaw ?? null);
    this.tracker = new Tracker(
      {
        over: (facts) => {
          if ((facts.bits & ENDED) !== 0) this.lingering--;
          const opening = this.kinds.add(facts);
          if (options.recorder !== undefined) recordEdges(options.recorder, facts, opening);
        },
        times: (index) => sink.times?.(index) ?? (sink.wants?.(index) === false ? 'none' : 'all'),
        connection: (index, facts, snapshot) => {
          const isWanted = sink.wants?.(index) !== false;
          if (isWanted && (sink.picks === undefined || sink.picks(facts()))) sink.connection(snapshot());
          sink.over?.(index);
        },
        ...(segment === undefined ? {} : { segment: (row: SegmentRow) => segment(row) }),
        ...(step === undefined
          ? {}
          : {
              step: (name: Step, snapshot: () => ConnectionSnapshot) => {
                if (name === 'closed' || name === 'failed') this.lingering++;
                step(name, snapshot);
              },
            }),
      },
      {
        maxConnections: most,
        rowsAtOnce: options.rowsAtOnce ?? false,
        ladderOf: options.ladderOf ?? null,
        ladders: options.ladders ?? 0,
        paths,
        zeek: options.zeek ?? true,
      },
    );
    const ended = (index: number, snapshot: () => UdpFlowSnapshot): void => {
      if (sink.udpFlow !== undefined && sink.wantsUdpFlow?.(index) !== false) sink.udpFlow(snapshot());
    };
    const note = sink.flowPacket?.bind(sink) ?? null;
    this.udp = new UdpFlows(most, options.datagramsOf ?? options.ladders ?? 0, paths, ended, note);
  }

  get heldPacket(): number {
    return this.tracker.heldPacket;
  }

  /** Packets read so far. */
  get packets(): number {
    return this.tally.packets;
  }

  /** Connections begun so far. */
  get connections(): number {
    return this.tracker.found;
  }

  /** Whether a connection has that index. A few may be left out: `connections` is how many there are. */
  hasConnection(index: number): boolean {
    return this.tracker.has(index);
  }

  /** The highest index of a connection, -1 without any. */
  get lastConnection(): number {
    return this.tracker.last;
  }

  /** Connections that are not over now; where steps are watched, else those that are still followed. */
  get open(): number {
    return this.tracker.size - this.lingering;
  }

  /** Those of the wanted connections that are still followed, as they are now (live): between chunks, now and then. */
  look(wanted: ReadonlySet<number>, take: (snapshot: ConnectionSnapshot) => void): void {
    this.tracker.look(wanted, take);
  }

  /** UDP flows with datagrams since the last time, as they are now (live), at most so many: the others come the next time. */
  lookAtFlows(most: number, take: (snapshot: UdpFlowSnapshot) => void): void {
    this.udp.look(most, take);
  }

  /** What was captured so far (live). What needs all connections, such as patterns, is left to the end. */
  soFar(facts: CaptureFacts, live: LiveFacts | null): CaptureSummary {
    return this.summary(facts, live, []);
  }

  /** Has what time alone decides decided, where no packet comes (live). `now`: seconds since 1970. */
  tick(now: number): void {
    if (this.packets === 0) return;
    const at = (now - this.baseSeconds) * 1e9;
    this.tracker.tick(at);
    this.udp.tick(at);
  }

  /** Reads a source to its end, or until it is stopped. */
  async read(source: FrameSource): Promise<void> {
    const { signal, progress, enough } = this.options;
    while (signal?.aborted !== true && (await source.fill())) {
      this.drain(source);
      progress?.(this);
      if (enough?.(this) === true) return;
    }
  }

  private drain(source: FrameSource): void {
    const { frame, packet, tally, tracker } = this;
    const { recorder } = this.options;
    const { sink } = this;
    while (source.next(frame)) {
      if (tally.packets === 0) this.baseSeconds = frame.seconds;
      tally.packet(frame.number, frame.seconds, frame.nanoseconds);
      const at = nanosecondsSince(frame, this.baseSeconds);
      decodeFrame(frame, packet);
      do {
        if (packet.kind === TCP) {
          this.tcpSegments++;
          tracker.segment(packet, frame.number, frame.seconds, frame.nanoseconds, at);
        } else this.treat(packet, frame, at);
        recorder?.packet(packet, frame, tracker);
        sink.treated?.();
      } while (decodeNext(packet));
    }
  }

  /** What is not TCP. */
  private treat(packet: Packet, frame: Pick<Frame, 'number' | 'seconds' | 'nanoseconds'>, at: number): void {
    if (packet.kind === UDP) {
      this.udpDatagrams++;
      this.udp.datagram(packet, frame, at);
    } else if (packet.kind === ICMP_ERROR) {
      this.tally.other(packet.ipVersion === 6 ? 'ICMPv6 error' : 'ICMP error', false);
      if (packet.quotedProtocol === PROTOCOL_TCP) this.tracker.icmpError(packet, frame.number, at);
      else this.udp.icmpError(packet, frame.number, at);
    } else this.tally.other(packet.stop, packet.broken);
  }

  /** Times of packets taken by `take` count from here: to be called before the first, with its second. */
  beginAt(seconds: number): void {
    this.baseSeconds = seconds;
  }

  /** A packet that was decoded before, for `add` to count. Its `at` is set here. */
  take(decoded: DecodedPacket): void {
    const { packet } = decoded;
    decoded.at = (decoded.seconds - this.baseSeconds) * 1e9 + decoded.nanoseconds;
    if (packet.kind === TCP) {
      this.tcpSegments++;
      this.tracker.accept(decoded, decoded.copy);
    } else this.treat(packet, decoded, decoded.at);
    this.sink.treated?.();
  }

  /** Counts a part whose packets were taken; `unnamed`: those of which it is not known what they were. */
  add(part: PartTotals, unnamed = 0): void {
    this.tally.add(part);
    this.tally.unnamed += unnamed;
  }

  /**
   * The end: sums up, and reports what is still open a few connections at a time, so that what they came to can be
   * written in between. Where the sums are wanted first, that takes a pass of its own over all that is open.
   */
  async conclude(
    facts: CaptureFacts,
    output: ResultWriter,
    live: LiveFacts | null = null,
  ): Promise<CaptureSummary> {
    this.drops = facts.drops;
    this.tracker.conclude();
    let summary: CaptureSummary | null = null;
    if (output.begin !== undefined) {
      this.tracker.countRest();
      summary = this.sumUp(facts, live);
      await output.begin(summary);
    }
    while (this.tracker.finish(CONNECTIONS_PER_FLUSH) || this.udp.finish(CONNECTIONS_PER_FLUSH)) {
      await output.flush();
      await this.options.host?.pause?.();
    }
    return summary ?? this.sumUp(facts, live);
  }

  /** The end: reports what is still open, in the order of its first packets, and sums up. */
  finish(facts: CaptureFacts, live: LiveFacts | null = null): CaptureSummary {
    this.drops = facts.drops;
    this.tracker.conclude();
    this.tracker.finish(Number.POSITIVE_INFINITY);
    this.udp.finish(Number.POSITIVE_INFINITY);
    return this.sumUp(facts, live);
  }

  private sumUp(facts: CaptureFacts, live: LiveFacts | null): CaptureSummary {
    return this.summary(facts, live, this.kinds.patterns());
  }

  private summary(facts: CaptureFacts, live: LiveFacts | null, patterns: Pattern[]): CaptureSummary {
    const { packets, others, start, end, backwards } = this.tally.totals();
    const other = others.reduce((sum, each) => sum + each.packets, this.tally.unnamed);
    const interrupted = facts.interrupted ?? null;
    return {
      files: fileSummaries(facts.files),
      complete: interrupted === null,
      packets,
      tcpSegments: this.tcpSegments,
      udpDatagrams: this.udpDatagrams,
      other,
      others: others.sort((a, b) => b.packets - a.packets || (a.what < b.what ? -1 : 1)),
      start,
      end,
      drops: facts.drops,
      warnings: [
        ...facts.warnings,
        ...clockWarnings(backwards),
        ...(interrupted === null ? [] : [interruptionWarning(interrupted)]),
      ],
      live,
      connections: this.tracker.found,
      udpFlows: this.udp.count,
      openings: this.kinds.openings,
      closings: this.kinds.closings,
      patterns,
      oneToMany: this.udp.oneToMany(),
      evicted: {
        halfOpen: this.tracker.evictedHalfOpen,
        others: this.tracker.evictedOthers,
        udpFlows: this.udp.evicted,
      },
    };
  }
}

function recordEdges(recorder: PacketRecorder, facts: LocatedFacts, opening: OpeningKind): void {
  if (opening === 'not-captured') recorder.edge(facts, 'left');
  const [a, b] = facts.ends;
  if (!settled(a.state) || !settled(b.state)) recorder.edge(facts, 'right');
}
