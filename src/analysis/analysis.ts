/**
 * The pipeline: frames in, packets decoded, connections followed, verdicts out. The same for a file, a pipe and
 * a live interface.
 */

import { Frame, nanosecondsSince } from '../capture/frame.js';
import type { Drops } from '../capture/reader.js';
import { decodeNext } from '../decode/aggregate.js';
import { decodeFrame } from '../decode/decode-frame.js';
import { PROTOCOL_TCP } from '../decode/ip.js';
import { ICMP_ERROR, Packet, TCP, UDP } from '../decode/packet.js';
import { PathTable } from '../decode/path.js';
import { NO_TIME } from '../track/memory/focus.js';
import { endWasReported } from '../track/results/named-facts.js';
import type { SegmentRow, Step } from '../track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from '../track/results/snapshot.js';
import { settled } from '../track/rfc9293/lifecycle.js';
import { Tracker } from '../track/tracker.js';
import type { UdpFlowSnapshot } from '../track/udp/flow.js';
import { UdpFlows } from '../track/udp/flows.js';
import type { OpeningKind } from '../verdict/catalogue.js';
import type { Pattern } from '../verdict/patterns.js';
import { KindTally } from '../verdict/tally.js';
import { CaptureTally, type PartTotals } from './capture-tally.js';
import type {
  AnalysisOptions,
  AnalysisSink,
  DecodedPacket,
  FrameSource,
  PacketRecorder,
  ResultWriter,
} from './sink.js';
import { type CaptureFacts, type CaptureSummary, captureSummary, type LiveFacts } from './summary.js';

const DEFAULT_MAX_CONNECTIONS = 1_000_000;
/** Connections reported at the end before their output is written: some 2 MB of JSON. */
const CONNECTIONS_PER_FLUSH = 1000;

export class Analysis {
  tcpSegments = 0;
  udpDatagrams = 0;
  /** Packets lost while capturing, as far as known by now; a live capture keeps it up to date. */
  drops: Drops | null = null;
  /** The VLANs and tunnels found so far; packets that are given to `replay` number theirs by it. */
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
  /** What the sink was given last: the rows of packets before this one have been given. */
  private upTo = Number.POSITIVE_INFINITY;

  constructor(
    private readonly sink: AnalysisSink,
    private readonly options: AnalysisOptions = {},
  ) {
    const max = options.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
    const { segment, step, wantsSegments } = sink;
    const { paths } = this;
    this.packet = new Packet(paths, options.host?.inflateRaw ?? null);
    this.tracker = new Tracker(
      {
        over: (facts) => {
          if (endWasReported(facts)) this.lingering--;
          const opening = this.kinds.add(facts);
          if (options.recorder !== undefined) recordEdges(options.recorder, facts, opening);
        },
        times: (index) => sink.times?.(index) ?? (sink.wants?.(index) === false ? 'none' : 'all'),
        connection: (index, facts, snapshot) => {
          const isWanted = sink.wants?.(index) !== false;
          if (isWanted && (sink.picks === undefined || sink.picks(facts()))) {
            this.sayUpTo();
            sink.connection(snapshot(), this.drops);
          }
          sink.over?.(index);
        },
        ...(segment === undefined ? {} : { segment: (row: SegmentRow) => segment(row) }),
        ...(wantsSegments === undefined ? {} : { wantsSegments: (index: number) => wantsSegments(index) }),
        ...(step === undefined
          ? {}
          : {
              step: (name: Step, snapshot: () => ConnectionSnapshot) => {
                if (name === 'closed' || name === 'failed') this.lingering++;
                this.sayUpTo();
                step(name, snapshot, this.drops);
              },
            }),
      },
      {
        maxConnections: max,
        rowsAtOnce: options.rowsAtOnce ?? false,
        ladderOf: options.ladderOf ?? null,
        ladders: options.ladders ?? 0,
        paths,
        zeek: options.zeek ?? true,
      },
    );
    const ended = (index: number, snapshot: () => UdpFlowSnapshot): void => {
      if (sink.udpFlow !== undefined && sink.wantsUdpFlow?.(index) !== false)
        sink.udpFlow(snapshot(), this.drops);
    };
    const note = sink.flowPacket?.bind(sink) ?? null;
    this.udp = new UdpFlows(max, options.datagramsOf ?? options.ladders ?? 0, paths, ended, note);
  }

  /** Packets read so far. */
  get packets(): number {
    return this.tally.packets;
  }

  /** Connections begun so far. */
  get connections(): number {
    return this.tracker.indices.count;
  }

  /** Whether a connection has that index. A few may be left out: `connections` is how many there are. */
  hasConnection(index: number): boolean {
    return this.tracker.indices.has(index);
  }

  /** The highest index of a connection, -1 without any. */
  get lastConnection(): number {
    return this.tracker.indices.last;
  }

  /** Connections that are not over now; where steps are watched, else those that are still followed. */
  get open(): number {
    return this.tracker.size - this.lingering;
  }

  /** Those of the wanted connections that are still followed, as they are now (live): between chunks, now and then. */
  look(wanted: ReadonlySet<number>, take: (snapshot: ConnectionSnapshot) => void): void {
    this.tracker.reports.look(wanted, take);
  }

  /** UDP flows with datagrams since the last time, as they are now (live), up to a limit: the others come the next time. */
  lookAtFlows(most: number, take: (snapshot: UdpFlowSnapshot) => void): void {
    this.udp.look(most, take);
  }

  /** What was captured so far (live). What needs all connections, such as patterns, is left to the end. */
  soFar(facts: CaptureFacts, live: LiveFacts | null): CaptureSummary {
    return this.summary(facts, live, []);
  }

  /** Does what time alone decides, where no packet triggers it (live). `now`: seconds since 1970. */
  tick(now: number): void {
    if (this.packets === 0) return;
    const at = (now - this.baseSeconds) * 1e9;
    this.tracker.tick(at);
    this.udp.tick(at);
    this.sayUpTo();
  }

  /** Reads a source to its end, or until it is stopped. */
  async read(source: FrameSource): Promise<void> {
    while (await this.readSome(source));
  }

  /** Reads a piece of a source; false at its end, or where it is stopped. */
  async readSome(source: FrameSource): Promise<boolean> {
    const { signal, progress } = this.options;
    if (signal?.aborted === true || !(await source.fill())) return false;
    this.drain(source);
    progress?.();
    return true;
  }

  private drain(source: FrameSource): void {
    const { frame, packet, tally, tracker } = this;
    const { recorder } = this.options;
    while (source.next(frame)) {
      if (tally.packets === 0) this.baseSeconds = frame.seconds;
      tally.packet(frame.number, frame.seconds, frame.nanoseconds);
      const at = nanosecondsSince(frame, this.baseSeconds);
      decodeFrame(frame, packet);
      do {
        if (packet.kind === TCP) {
          this.tcpSegments++;
          tracker.segment(packet, frame.number, frame.seconds, frame.nanoseconds, at);
        } else this.handleOther(packet, frame, at);
        recorder?.packet(packet, frame, tracker);
        this.sayUpTo();
      } while (decodeNext(packet));
    }
  }

  /** What is not TCP. */
  private handleOther(
    packet: Packet,
    frame: Pick<Frame, 'number' | 'seconds' | 'nanoseconds'>,
    at: number,
  ): void {
    if (packet.kind === UDP) {
      this.udpDatagrams++;
      this.udp.datagram(packet, frame, at);
    } else if (packet.kind === ICMP_ERROR) {
      this.tally.other(packet.ipVersion === 6 ? 'ICMPv6 error' : 'ICMP error', false);
      if (packet.quotedProtocol === PROTOCOL_TCP) this.tracker.icmpError(packet, frame.number, at);
      else this.udp.icmpError(packet, frame.number, at);
    } else this.tally.other(packet.stop, packet.broken);
  }

  /** Times of packets that are replayed count from here: to be called before the first, with its second. */
  setBase(seconds: number): void {
    this.baseSeconds = seconds;
  }

  /** A packet that was decoded before; `addPart` counts it. Its `at` is set here. */
  replay(decoded: DecodedPacket): void {
    const { packet } = decoded;
    decoded.at = (decoded.seconds - this.baseSeconds) * 1e9 + decoded.nanoseconds;
    if (packet.kind === TCP) {
      this.tcpSegments++;
      this.tracker.accept(decoded, decoded.copy);
    } else this.handleOther(packet, decoded, decoded.at);
    this.sayUpTo();
  }

  /** Counts a part whose packets were replayed; `unnamed`: packets of unknown kind. */
  addPart(part: PartTotals, unnamed = 0): void {
    this.tally.add(part);
    this.tally.unnamed += unnamed;
  }

  /**
   * The end: sums up, and reports what is still open a few connections at a time, so that their output can be
   * written in between. Where the sums are wanted first, that takes a separate pass over all open connections.
   */
  async conclude(
    facts: CaptureFacts,
    output: ResultWriter,
    live: LiveFacts | null = null,
  ): Promise<CaptureSummary> {
    this.begin(facts);
    let summary: CaptureSummary | null = null;
    if (output.begin !== undefined) {
      this.tracker.reports.countRest();
      summary = this.sumUp(facts, live);
      await output.begin(summary);
    }
    while (this.endSome()) {
      await output.flush();
      await this.options.host?.pause?.();
    }
    return summary ?? this.sumUp(facts, live);
  }

  /** The end, in pieces: reports a few of those that are still open; true where there are more. `finish` sums up. */
  reportSome(facts: CaptureFacts): boolean {
    this.begin(facts);
    return this.endSome();
  }

  private endSome(): boolean {
    return this.tracker.finish(CONNECTIONS_PER_FLUSH) || this.udp.finish(CONNECTIONS_PER_FLUSH);
  }

  /** The end: reports what is still open, in the order of its first packets, and sums up. */
  finish(facts: CaptureFacts, live: LiveFacts | null = null): CaptureSummary {
    this.begin(facts);
    this.tracker.finish(Number.POSITIVE_INFINITY);
    this.udp.finish(Number.POSITIVE_INFINITY);
    return this.sumUp(facts, live);
  }

  /** Begins the end: no guess waits for a later packet any more. */
  private begin(facts: CaptureFacts): void {
    this.drops = facts.drops;
    this.tracker.conclude();
    this.sayUpTo();
  }

  private sayUpTo(): void {
    if (this.sink.upTo === undefined) return;
    const { heldPacket } = this.tracker;
    if (heldPacket === this.upTo) return;
    this.upTo = heldPacket;
    this.sink.upTo(heldPacket);
  }

  private sumUp(facts: CaptureFacts, live: LiveFacts | null): CaptureSummary {
    return this.summary(facts, live, this.kinds.patterns());
  }

  private summary(facts: CaptureFacts, live: LiveFacts | null, patterns: Pattern[]): CaptureSummary {
    const { tally, tracker, kinds, udp, tcpSegments, udpDatagrams } = this;
    const { evictedHalfOpen: halfOpen, evictedOthers: others } = tracker;
    return {
      ...captureSummary(tally, facts),
      tcpSegments,
      udpDatagrams,
      live,
      connections: tracker.indices.count,
      udpFlows: udp.count,
      openings: kinds.openings,
      closings: kinds.closings,
      patterns,
      oneToMany: udp.oneToMany(),
      evicted: { halfOpen, others, udpFlows: udp.evicted },
    };
  }
}

function recordEdges(recorder: PacketRecorder, facts: LocatedFacts, opening: OpeningKind): void {
  if (opening === 'not-captured') recorder.edge(facts, 'left');
  const [a, b] = facts.ends;
  if (!settled(a.state) || !settled(b.state)) recorder.edge(facts, 'right');
}
