/**
 * Restores the order of capture. The tracker gives the rows of a packet late where a later one may prove a guess wrong
 * (track/revision/, track/memory/held-syns.ts), and `AnalysisSink.upTo` says up to which packet all have come.
 */
import type { Drops } from '../capture/reader.js';
import type { SegmentRow, Step } from '../track/results/sink.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import type { AnalysisSink } from './sink.js';

/** The report of a connection comes after the row of its last packet. */
const AFTER_ROW = 0.5;

/**
 * The sink with rows in the order of their packets, and steps, connections and UDP flows after the rows of all packets up to
 * their last one. What waits is kept in memory: for sinks that ask for rows.
 */
export function inOrder(sink: AnalysisSink): AnalysisSink {
  const queue = new Queue();
  const { segment, step, udpFlow } = sink;
  return {
    ...sink,
    connection: (snapshot, drops) =>
      queue.add(snapshot.lastPacket + AFTER_ROW, () => sink.connection(snapshot, drops)),
    ...(segment === undefined
      ? {}
      : { segment: (row: SegmentRow) => queue.add(row.packet, () => segment(row)) }),
    ...(step === undefined
      ? {}
      : {
          step(name: Step, connection: () => ConnectionSnapshot, drops: Drops | null) {
            const snapshot = connection();
            queue.add(snapshot.lastPacket + AFTER_ROW, () => step(name, () => snapshot, drops));
          },
        }),
    ...(udpFlow === undefined
      ? {}
      : {
          udpFlow: (flow, drops) => queue.add(flow.lastPacket + AFTER_ROW, () => udpFlow(flow, drops)),
        }),
    upTo: (packet) => queue.release(packet),
  };
}

type Call = () => void;

/** Calls in the order of packets. */
class Queue {
  private upTo = Number.POSITIVE_INFINITY;
  /** By packet; those of one packet as they came. */
  private readonly waiting: { packet: number; call: Call }[] = [];

  add(packet: number, call: Call): void {
    if (packet <= this.upTo) {
      call();
      return;
    }
    const { waiting } = this;
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1]?.packet ?? 0) > packet) at--;
    waiting.splice(at, 0, { packet, call });
  }

  release(upTo: number): void {
    this.upTo = upTo;
    const { waiting } = this;
    let count = 0;
    for (; count < waiting.length && (waiting[count]?.packet ?? 0) <= upTo; count++);
    for (const { call } of waiting.splice(0, count)) call();
  }
}
