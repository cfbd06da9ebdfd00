/**
 * What goes into ndjson of a connection that is still followed: a line for each step (`--events`) and, where results are read while
 * they come, the connection itself once it is over. What changes afterwards is written again, as a further revision.
 */
import { createHash } from 'node:crypto';
import type { Drops } from '../../capture/reader.js';
import { eventObject } from '../../render/data/event.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import { isFailure } from '../../verdict/outcome.js';
import { judgeConnection } from '../../verdict/report.js';

export interface EarlyWants {
  /** A line for each step. */
  events: boolean;
  /** Connections are written when they are over, and again where they change. */
  revisions: boolean;
}

export interface LinePuts {
  event(object: object): void;
  connection(snapshot: ConnectionSnapshot, object: object): void;
}

interface Written {
  revision: number;
  digest: string;
}

export class EarlyLines {
  readonly #written = new Map<number, Written>();
  /** Connections whose last event was written. */
  readonly #ended = new Set<number>();

  /** `describe`: a connection as it is written. */
  constructor(
    private readonly wants: EarlyWants,
    private readonly put: LinePuts,
    private readonly describe: (snapshot: ConnectionSnapshot, drops: Drops | null) => Record<string, unknown>,
  ) {}

  step(step: Step, snapshot: ConnectionSnapshot, drops: Drops | null): void {
    const isOver = step === 'closed' || step === 'failed';
    if (this.wants.events) {
      this.put.event(eventObject(step, judgeConnection(snapshot), snapshot));
      if (isOver) this.#ended.add(snapshot.index);
    }
    if (isOver && this.wants.revisions) this.#write(snapshot, this.describe(snapshot, drops));
  }

  /** The connection is no longer followed: its final lines. */
  last(snapshot: ConnectionSnapshot, drops: Drops | null): void {
    const { index } = snapshot;
    if (this.wants.events && !this.#ended.delete(index)) {
      // "no answer" is decided without a packet
      const report = judgeConnection(snapshot);
      if (isFailure(report.outcome.kind)) this.put.event(eventObject('failed', report, snapshot));
    }
    const object = this.describe(snapshot, drops);
    if (this.wants.revisions) this.#write(snapshot, object);
    else this.put.connection(snapshot, object);
    this.#written.delete(index);
  }

  #write(snapshot: ConnectionSnapshot, object: Record<string, unknown>): void {
    const { index } = snapshot;
    const digest = createHash('sha1').update(JSON.stringify(object)).digest('base64');
    const before = this.#written.get(index);
    if (before?.digest === digest) return;
    const revision = before === undefined ? 0 : before.revision + 1;
    this.#written.set(index, { revision, digest });
    this.put.connection(snapshot, { revision, ...object });
  }
}
