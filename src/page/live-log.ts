/**
 * A live capture for the report page: what changed since a revision, so that a page that comes late, was slow or lost its
 * connection gets what it lacks, and nothing waits for it. Memory is bounded: the list has the newest connections.
 */
import type { Analysis } from '../analysis/analysis.js';
import type { AnalysisSink, PacketRecorder } from '../analysis/sink.js';
import type { CaptureSummary } from '../analysis/summary.js';
import { type Packet, SYN, TCP } from '../decode/packet.js';
import type { SackBlocks, SegmentRow } from '../track/results/sink.js';
import type { UdpFlowSnapshot } from '../track/udp/flow.js';
import { type ConnectionReport, judgeConnection } from '../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../verdict/udp.js';
import { firstDatagrams } from './first-datagrams.js';
import { headerBytes, hexText } from './header-bytes.js';
import { DATAGRAMS_OF_ONE, type LeftOut } from './page-data.js';

/** What a page does not have yet; all of it where `since` was 0. */
export interface LiveChange {
  revision: number;
  /** The capture is over: nothing follows. */
  ended: boolean;
  capture: CaptureSummary;
  /** Which connections and flows were asked for (where/filter.ts); null for all. */
  where: string | null;
  connections: ConnectionReport[];
  /** Indices that left the list. */
  removed: number[];
  udpFlows: UdpFlowReport[];
  /** Indices of flows that do not match any more. */
  removedFlows: number[];
  /** By packet number, as in PageData. */
  headers: Record<number, string>;
  roundTrips: Record<number, number>;
  sacks: Record<number, SackBlocks>;
  left: LeftOut;
}

export interface LiveBounds {
  /** Connections in the list. */
  connections: number;
  /** Connections with segments, of those that are followed. */
  ladders: number;
  /** Segments of one of them whose headers are kept. */
  segmentsOfOne: number;
  udpFlows: number;
  /** Flows, the first ones, that have their datagrams. */
  datagramsOf: number;
}

export const LIVE_BOUNDS: LiveBounds = {
  connections: 5000,
  ladders: 500,
  segmentsOfOne: 600,
  udpFlows: 1000,
  datagramsOf: 200,
};

/** Which connections and flows are shown; `over`: the outcome of the connection is decided. */
export interface LiveWanted {
  where: string;
  connection(report: ConnectionReport, over: boolean): boolean;
  udpFlow(flow: UdpFlowReport): boolean;
}

/** SYNs whose headers wait; in a flood the page does without the rest. */
const MOST_HELD = 500;
/** Connections judged at a time: the others wait for the next. */
const JUDGED_AT_ONCE = 500;

/** Data of one segment, apart from its row in the ladder. */
interface SegmentExtras {
  packet: number;
  bytes: Uint8Array | null;
  roundTrip: number | null;
  sacks: SackBlocks;
  revision: number;
}

interface Kept {
  /** Null before it was judged, and while it does not match. */
  report: ConnectionReport | null;
  revision: number;
  /** The revision from which on it matches: its segments from before come with it. */
  shownSince: number;
  extras: SegmentExtras[];
}

export class LiveLog {
  /** Counts each time that something was taken over. */
  revision = 0;
  private readonly kept = new Map<number, Kept>();
  /** Connections with segments since they were last judged. */
  private readonly dirty = new Set<number>();
  /** Null: one that does not match any more. */
  private readonly flows = new Map<number, { flow: UdpFlowReport | null; revision: number }>();
  private readonly removed: { index: number; revision: number }[] = [];
  private withLadder = new Set<number>();
  private leftConnections = 0;
  private leftFlows = 0;
  private lastSegment: SegmentExtras | null = null;
  /** Headers of SYNs that the tracker may report later (track/memory/held-syns.ts), by packet. */
  private readonly heldSyns = new Map<number, Uint8Array>();
  private capture: CaptureSummary | null = null;
  private ended = false;

  constructor(
    private readonly bounds: LiveBounds = LIVE_BOUNDS,
    private readonly wanted: LiveWanted | null = null,
  ) {}

  /** Which connections keep their segments: asked once for each, when it begins. */
  readonly ladderOf = {
    has: (index: number): boolean => {
      if (this.withLadder.has(index)) return true;
      if (this.withLadder.size >= this.bounds.ladders) return false;
      this.withLadder.add(index);
      return true;
    },
  };

  readonly sink: Required<Pick<AnalysisSink, 'connection' | 'segment' | 'udpFlow'>> = {
    segment: (row) => this.segment(row),
    connection: (snapshot) => {
      this.dirty.delete(snapshot.index);
      this.take(judgeConnection(snapshot), true);
      this.withLadder.delete(snapshot.index);
    },
    udpFlow: (snapshot) => {
      if (!this.takeFlow(snapshot)) this.leftFlows++;
    },
  };

  /** Headers of the segments that `sink` was given just before. */
  readonly recorder: PacketRecorder = {
    packet: (packet, frame) => {
      if (this.lastSegment?.packet === frame.number) this.lastSegment.bytes = headerBytes(packet);
      else if (packet.kind === TCP && (packet.flags & SYN) !== 0) this.hold(frame.number, packet);
      this.lastSegment = null;
    },
    edge() {},
  };

  private segment({ connection, packet, roundTrip, sacks }: SegmentRow): void {
    this.dirty.add(connection);
    let kept = this.kept.get(connection);
    if (kept === undefined) {
      kept = { report: null, revision: 0, shownSince: 0, extras: [] };
      this.kept.set(connection, kept);
      this.makeRoom();
    }
    if (!this.withLadder.has(connection) || kept.extras.length >= this.bounds.segmentsOfOne) return;
    const bytes = this.heldSyns.get(packet) ?? null;
    const extras = { packet, bytes, roundTrip, sacks: sacks ?? [], revision: this.revision + 1 };
    kept.extras.push(extras);
    this.lastSegment = extras;
  }

  private hold(number: number, packet: Packet): void {
    this.heldSyns.set(number, headerBytes(packet));
    if (this.heldSyns.size <= MOST_HELD) return;
    for (const oldest of this.heldSyns.keys()) {
      this.heldSyns.delete(oldest);
      return;
    }
  }

  /** The oldest connections leave the list. */
  private makeRoom(): void {
    while (this.kept.size > this.bounds.connections) {
      const [oldest] = this.kept;
      if (oldest === undefined) return;
      const [index, { report }] = oldest;
      this.kept.delete(index);
      this.dirty.delete(index);
      this.remove(index);
      // one that did not match was not in the list
      if (this.wanted === null || report !== null) this.leftConnections++;
    }
  }

  private remove(index: number): void {
    this.removed.push({ index, revision: this.revision + 1 });
    if (this.removed.length > this.bounds.connections) this.removed.shift();
  }

  private take(report: ConnectionReport, over: boolean): void {
    const kept = this.kept.get(report.index);
    // one that left the list
    if (kept === undefined) return;
    const wasShown = kept.report !== null;
    if (this.wanted?.connection(report, over) === false) {
      kept.report = null;
      if (wasShown) this.remove(report.index);
      if (over) this.kept.delete(report.index);
      return;
    }
    kept.report = report;
    kept.revision = this.revision + 1;
    if (!wasShown) kept.shownSince = kept.revision;
  }

  /** False where there are too many: the first ones are kept. */
  private takeFlow(snapshot: UdpFlowSnapshot): boolean {
    const flow = firstDatagrams(judgeUdpFlow(snapshot), DATAGRAMS_OF_ONE);
    const revision = this.revision + 1;
    const isKnown = this.flows.has(flow.index);
    if (this.wanted?.udpFlow(flow) === false) {
      // it matched before: null, so that a page forgets it
      if (isKnown) this.flows.set(flow.index, { flow: null, revision });
      return true;
    }
    if (!isKnown && this.flows.size >= this.bounds.udpFlows) return false;
    this.flows.set(flow.index, { flow, revision });
    return true;
  }

  /** Applies what came since the last time; false where nothing came. */
  update(analysis: Analysis, capture: CaptureSummary): boolean {
    if (capture.packets === 0) return false;
    const isNew = capture.packets !== this.capture?.packets || capture.drops !== this.capture.drops;
    const wanted = new Set<number>();
    for (const index of this.dirty) {
      if (wanted.size >= JUDGED_AT_ONCE) break;
      wanted.add(index);
    }
    for (const index of wanted) this.dirty.delete(index);
    analysis.look(wanted, (snapshot) => this.take({ ...judgeConnection(snapshot), soFar: true }, false));
    analysis.lookAtFlows(JUDGED_AT_ONCE, (snapshot) => this.takeFlow(snapshot));
    this.capture = capture;
    if (isNew || wanted.size > 0) this.revision++;
    return isNew || wanted.size > 0;
  }

  /** Whether connections wait for the next time. */
  get isBehind(): boolean {
    return this.dirty.size > 0;
  }

  /** The last revision. */
  end(capture: CaptureSummary): void {
    this.capture = capture;
    this.ended = true;
    this.revision++;
  }

  /** Null where there is nothing to show yet, or nothing new. */
  since(revision: number): LiveChange | null {
    if (this.capture === null || revision >= this.revision) return null;
    const connections: ConnectionReport[] = [];
    const [headers, roundTrips, sacks]: [
      LiveChange['headers'],
      LiveChange['roundTrips'],
      LiveChange['sacks'],
    ] = [{}, {}, {}];
    let ladders = 0;
    for (const { report, revision: at, shownSince, extras } of this.kept.values()) {
      if (report === null) continue;
      if (report.ladder === null) ladders++;
      if (at <= revision) continue;
      connections.push(report);
      for (const each of extras) {
        if (Math.max(each.revision, shownSince) <= revision) continue;
        if (each.bytes !== null) headers[each.packet] = hexText(each.bytes);
        if (each.roundTrip !== null) roundTrips[each.packet] = each.roundTrip;
        if (each.sacks.length > 0) sacks[each.packet] = each.sacks;
      }
    }
    const news = [...this.flows].filter(([, each]) => each.revision > revision);
    return {
      revision: this.revision,
      ended: this.ended,
      capture: this.capture,
      where: this.wanted?.where ?? null,
      connections,
      removed: this.removed.filter((each) => each.revision > revision).map(({ index }) => index),
      udpFlows: news.flatMap(([, { flow }]) => (flow === null ? [] : [flow])),
      removedFlows: news.flatMap(([index, { flow }]) => (flow === null ? [index] : [])),
      headers,
      roundTrips,
      sacks,
      left: { connections: this.leftConnections, udpFlows: this.leftFlows, ladders },
    };
  }
}
