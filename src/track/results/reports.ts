/** What is reported of connections: each once when it is over, and on request as it is now. */
import type { FlowTable } from '../memory/flow-table.js';
import { type Focus, NO_TIME } from '../memory/focus.js';
import type { Zeek } from '../peers/zeek.js';
import { FocusedFacts } from './focused-facts.js';
import type { TrackerOptions, TrackerSink } from './sink.js';
import { type ConnectionSnapshot, snapshotConnection } from './snapshot.js';

export class Reports {
  /** When the last segment came. */
  now = NO_TIME;
  private readonly facts: FocusedFacts;
  /** What was left at the end has been counted. */
  private counted = false;

  constructor(
    private readonly table: FlowTable,
    private readonly focus: Focus,
    private readonly zeek: Zeek | null,
    private readonly sink: TrackerSink,
    private readonly settings: Pick<TrackerOptions, 'paths'>,
  ) {
    this.facts = new FocusedFacts(table, focus);
  }

  /** Reports a connection that is over. */
  over(slot: number): void {
    const { focus, sink } = this;
    focus.pointAt(slot, 0);
    if (!this.counted) sink.over(this.facts.of(slot, this.now));
    sink.connection(
      focus.connection.index,
      () => this.facts.of(slot, this.now),
      () => this.snapshot(slot),
    );
  }

  snapshot(slot: number): ConnectionSnapshot {
    this.focus.pointAt(slot, 0);
    return snapshotConnection(this.table, this.settings.paths, slot, this.focus, this.now, this.zeek);
  }

  /** Those of the wanted connections that are still followed, as they are now. Walks over all: not for each packet. */
  look(wanted: ReadonlySet<number>, take: (snapshot: ConnectionSnapshot) => void): void {
    let left = wanted.size;
    for (let slot = this.table.oldest(); slot >= 0 && left > 0; slot = this.table.after(slot)) {
      if (!wanted.has(this.focus.pointAtConnection(slot).index)) continue;
      left--;
      take(this.snapshot(slot));
    }
  }

  /** Has all that is left counted, before the first of it is reported. */
  countRest(): void {
    const { focus, table } = this;
    for (let slot = table.oldest(); slot >= 0; slot = table.after(slot)) {
      focus.pointAt(slot, 0);
      this.sink.over(this.facts.of(slot, this.now));
    }
    this.counted = true;
  }
}
