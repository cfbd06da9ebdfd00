/** Connections by what they have in common: how many of each group failed and how, and how long they took. */
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { OutcomeKind } from '../verdict/catalogue.js';
import { closingKind } from '../verdict/closing-kind.js';
import { responseTime } from '../verdict/durations.js';
import { connectTime } from '../verdict/handshake.js';
import { openingKind } from '../verdict/opening.js';
import { isFailure, outcomeKind } from '../verdict/outcome.js';
import { Histogram } from './histogram.js';
import type { GroupKey } from './keys.js';
import type { HistogramOf } from './names.js';
import { type Distribution, distributionOf, Quantiles } from './quantiles.js';

export interface GroupReport {
  /** What its connections have in common; null for all of them. */
  key: string | null;
  connections: number;
  failed: number;
  refused: number;
  noAnswer: number;
  notCompleted: number;
  reset: number;
  resetByClient: number;
  resetByServer: number;
  /** The most frequent cause of its RSTs; null without any. */
  mainCause: string | null;
  /** Seconds. */
  connect: Distribution | null;
  /** Of the median response time of each connection. */
  response: Distribution | null;
  packets: number;
  bytes: number;
  retransmissions: number;
}

interface Group extends Omit<GroupReport, 'mainCause' | 'connect' | 'response'> {
  causes: Map<string, number>;
  connectTimes: Quantiles;
  responseTimes: Quantiles;
}

/** Groups beyond these are counted as one. */
const MAX_GROUPS = 200_000;
const OTHERS = '(others)';
const EXACT = 256;
const EXACT_OF_ALL = 10_000;

export class GroupTally {
  readonly histogram = new Histogram();
  private readonly groups = new Map<string, Group>();
  private readonly all = newGroup(null, EXACT_OF_ALL);
  private pending: Group | null = null;

  constructor(
    private readonly key: GroupKey | null,
    private readonly histogramOf: HistogramOf | null,
  ) {}

  /** Counts a connection. True where it was reset, so that `explain` is to be called with its RST. */
  add(facts: LocatedFacts): boolean {
    const opening = openingKind(facts);
    const outcome = outcomeKind(opening, closingKind(facts));
    const connect = connectTime(facts, opening);
    const response = responseTime(facts, 'median');
    const group = this.key === null ? null : this.groupOf(this.key.of(facts, outcome));
    for (const each of group === null ? [this.all] : [this.all, group])
      countIn(each, facts, outcome, connect, response);
    const value =
      this.histogramOf === 'duration'
        ? (facts.lastAt - facts.startedAt) / 1e9
        : this.histogramOf === 'response'
          ? response
          : connect;
    if (this.histogramOf !== null && value !== null) this.histogram.add(value);
    this.pending = outcome === 'reset' ? (group ?? this.all) : null;
    return outcome === 'reset';
  }

  private groupOf(key: string): Group {
    let group = this.groups.get(key);
    if (group !== undefined) return group;
    const name = this.groups.size < MAX_GROUPS ? key : OTHERS;
    group = this.groups.get(name);
    if (group === undefined) {
      group = newGroup(name, EXACT);
      this.groups.set(name, group);
    }
    return group;
  }

  /** Whose RST it was and why, of the connection that was counted last. */
  explain(by: 'client' | 'server' | 'both' | null, cause: string | null): void {
    const { pending } = this;
    if (pending === null) return;
    for (const group of pending === this.all ? [this.all] : [this.all, pending]) {
      if (by === 'client') group.resetByClient++;
      if (by === 'server') group.resetByServer++;
      if (cause !== null) group.causes.set(cause, (group.causes.get(cause) ?? 0) + 1);
    }
    this.pending = null;
  }

  total(): GroupReport {
    return reportOf(this.all);
  }

  reports(): GroupReport[] {
    return [...this.groups.values()].map(reportOf);
  }
}

function newGroup(key: string | null, exact: number): Group {
  return {
    key,
    connections: 0,
    failed: 0,
    refused: 0,
    noAnswer: 0,
    notCompleted: 0,
    reset: 0,
    resetByClient: 0,
    resetByServer: 0,
    packets: 0,
    bytes: 0,
    retransmissions: 0,
    causes: new Map(),
    connectTimes: new Quantiles(exact),
    responseTimes: new Quantiles(exact),
  };
}

function countIn(
  group: Group,
  { ends: [a, b] }: LocatedFacts,
  outcome: OutcomeKind,
  connect: number | null,
  response: number | null,
): void {
  group.connections++;
  if (isFailure(outcome)) group.failed++;
  if (outcome === 'refused') group.refused++;
  else if (outcome === 'no-answer') group.noAnswer++;
  else if (outcome === 'not-completed') group.notCompleted++;
  else if (outcome === 'reset') group.reset++;
  group.packets += a.packets + b.packets;
  group.bytes += a.bytes + b.bytes;
  group.retransmissions += a.retransmissions + b.retransmissions;
  if (connect !== null) group.connectTimes.add(connect);
  if (response !== null) group.responseTimes.add(response);
}

function reportOf({ causes, connectTimes, responseTimes, ...counts }: Group): GroupReport {
  const [main] = [...causes].sort((a, b) => b[1] - a[1]);
  return {
    ...counts,
    mainCause: main?.[0] ?? null,
    connect: distributionOf(connectTimes),
    response: distributionOf(responseTimes),
  };
}
