/** Connections by server, client, network, port and second, and which of these groups fail, or are slow, more than others. */
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { OutcomeKind } from '../verdict/catalogue.js';
import { FailureLog } from './failure-log.js';
import { GroupIds } from './group-ids.js';
import { Quantiles } from './quantiles.js';
import { DIMENSIONS, type Dimension, type Group, standingOut } from './stands-out.js';

export interface StandOutFailure {
  what: 'failures';
  dimension: Dimension;
  /** As text: `192.0.2.1:80`, `10.0.3.0/24 → 192.0.2.1:80`, `443`, seconds since the capture began. */
  name: string;
  kind: OutcomeKind;
  by: 'client' | 'server' | 'both' | null;
  failed: number;
  total: number;
  /** Share of all other connections. */
  elsewhere: number;
  /** Where most of them began in a part of the time: nanoseconds. */
  interval: { from: number; to: number; failed: number } | null;
}

export interface StandOutSlow {
  what: 'response';
  name: string;
  /** Medians in seconds: its own, and that of all. */
  median: number;
  ofAll: number;
  connections: number;
}

export type StandOut = StandOutFailure | StandOutSlow;

/** Failures and groups beyond these are not compared. */
const MAX_FAILURES = 200_000;
const MAX_SERVERS = 2000;
const SERVER = DIMENSIONS.indexOf('server');
const NO_GROUPS = new Int32Array(DIMENSIONS.length).fill(-1);
/** A server is slow if its median is this many times the median of the others, with at least this many connections. */
const SLOW_RATIO = 3;
const LEAST_TIMED = 20;
/** Slow servers that are named. */
const MAX_SLOW = 5;
/** An interval is reported if it has this share of the failures in less than half of the time. */
const MOST_OF_THEM = 0.9;

export class Failures {
  private readonly ids = new GroupIds();
  private readonly log = new FailureLog();
  private readonly responses = new Map<number, Quantiles>();
  private readonly times = new Quantiles();
  private isComplete = true;

  /**
   * Counts a connection in its groups, and gives these: valid until the next call. `response` in seconds, null where none
   * was timed.
   */
  total(facts: LocatedFacts, response: number | null): Int32Array {
    // nothing will be compared
    if (!this.isComparable) return NO_GROUPS;
    const groups = this.ids.count(facts);
    if (response === null) return groups;
    const server = groups[SERVER] ?? 0;
    this.times.add(response);
    let quantiles = this.responses.get(server);
    if (quantiles === undefined) {
      if (this.responses.size >= MAX_SERVERS) return groups;
      quantiles = new Quantiles(256);
      this.responses.set(server, quantiles);
    }
    quantiles.add(response);
    return groups;
  }

  /** Whether there are not too many groups and failures to compare them. */
  private get isComparable(): boolean {
    return this.isComplete && !this.ids.isFull;
  }

  /** `groups`: as `total` gave them. */
  add(kind: number, groups: Int32Array, at: number): void {
    if (!this.isComparable) return;
    if (this.log.length >= MAX_FAILURES) this.isComplete = false;
    else this.log.add(kind, groups, at);
  }

  /** `span`: nanoseconds from the first packet to the last. */
  standingOut(
    span: number,
    kinds: readonly { kind: OutcomeKind; by: StandOutFailure['by'] }[],
    connections: number,
  ): StandOut[] | null {
    if (!this.isComparable) return null;
    const groups = standingOut(this.log.failures(), this.ids.totals(), connections, kinds.length);
    return [...groups.map((group) => this.described(group, span, kinds)), ...this.slowServers()];
  }

  private described(
    group: Group,
    span: number,
    kinds: readonly { kind: OutcomeKind; by: StandOutFailure['by'] }[],
  ): StandOutFailure {
    const { kind = 'reset', by = null } = kinds[group.kind] ?? {};
    const { dimension, id, failed, total, elsewhere } = group;
    const interval = dimension === 'second' ? null : intervalOf(group, span);
    return {
      what: 'failures',
      dimension,
      name: this.ids.nameOf(dimension, id),
      kind,
      by,
      failed,
      total,
      elsewhere,
      interval,
    };
  }

  private slowServers(): StandOutSlow[] {
    const ofAll = this.times.at(0.5);
    if (ofAll === null || this.responses.size < 2) return [];
    const slow: StandOutSlow[] = [];
    for (const [id, quantiles] of this.responses) {
      const median = quantiles.at(0.5);
      if (median === null || quantiles.count < LEAST_TIMED || median < SLOW_RATIO * ofAll) continue;
      // most of the timed connections: too few others to compare with
      if (quantiles.count * 2 > this.times.count) continue;
      const name = this.ids.nameOf('server', id);
      slow.push({ what: 'response', name, median, ofAll, connections: quantiles.count });
    }
    return slow.sort((a, b) => b.median - a.median).slice(0, MAX_SLOW);
  }
}

/** The shortest time that has most of the failures, where that is less than half of the capture. */
function intervalOf({ failures }: Group, span: number): StandOutFailure['interval'] {
  const times = failures.map(({ at }) => at).sort((a, b) => a - b);
  const enough = Math.ceil(times.length * MOST_OF_THEM);
  let best: { from: number; to: number } | null = null;
  for (let first = 0; first + enough <= times.length; first++) {
    const from = times[first] ?? 0;
    const to = times[first + enough - 1] ?? 0;
    if (best === null || to - from < best.to - best.from) best = { from, to };
  }
  if (best === null || best.to - best.from >= span / 2) return null;
  const { from, to } = best;
  return { from, to, failed: times.filter((at) => at >= from && at <= to).length };
}
