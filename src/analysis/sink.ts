/** What an analysis is given, and what it gives. */

import type { Frame } from '../capture/frame.js';
import type { Drops, FrameStream } from '../capture/reader.js';
import type { InflateRaw, Packet } from '../decode/packet.js';
import type { Arrival } from '../track/memory/focus.js';
import type { SegmentRow, Step, Times, TrackerOptions } from '../track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from '../track/results/snapshot.js';
import type { Tracker } from '../track/tracker.js';
import type { UdpFlowSnapshot } from '../track/udp/flow.js';
import type { CaptureSummary } from './summary.js';

export interface AnalysisSink {
  /** `drops`: packets that the capture is known to have lost by then; at the end all. */
  connection(snapshot: ConnectionSnapshot, drops: Drops | null): void;
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
  udpFlow?(snapshot: UdpFlowSnapshot, drops: Drops | null): void;
  /** Each packet of a UDP flow, by index: its datagrams, and ICMP errors that quote them. */
  flowPacket?(flow: number, packet: number): void;
  /** Which UDP flows, by index, `udpFlow` is to be called for; all where it is missing. */
  wantsUdpFlow?(index: number): boolean;
  /** Each TCP segment. In capture order, except those of connections in doubt, which come late (in-order.ts). */
  segment?(row: SegmentRow): void;
  /** Which connections, by index, `segment` is to be called for; all where it is missing. */
  wantsSegments?(index: number): boolean;
  step?(step: Step, snapshot: () => ConnectionSnapshot, drops: Drops | null): void;
  /** The rows of all packets before this one have been given; Infinity where none waits. Called when that changes. */
  upTo?(packet: number): void;
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
  /** Records each packet after it was processed. */
  recorder?: PacketRecorder;
  /** Called once for each chunk read. */
  progress?(): void;
}

/** Receives the results while the end is reported. */
export interface ResultWriter {
  /** Called once, before what is still open is reported. */
  begin?(summary: CaptureSummary): Promise<void>;
  /** Called now and then: writes what is ready, and waits while the reader of the output is slower. */
  flush(): Promise<void>;
}

/** Records packets for a part of a capture (partial/). */
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
