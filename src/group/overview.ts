/** The outcomes of all connections of a capture: how many failed and how, when, of whom, and how long opening and answering took. */
import { codeNames } from '../track/memory/codes.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { OutcomeKind } from '../verdict/catalogue.js';
import { closingKind } from '../verdict/closing-kind.js';
import { responseTime } from '../verdict/durations.js';
import { connectTime } from '../verdict/handshake.js';
import { openingKind } from '../verdict/opening.js';
import { isFailure, outcomeKind } from '../verdict/outcome.js';
import { Failures, type StandOut } from './failures.js';
import { type Distribution, distributionOf, Quantiles } from './quantiles.js';
import { type Steps, stepsFor, Timeline } from './timeline.js';

/** A kind of failure. */
export interface FailureKind {
  kind: OutcomeKind;
  /** Whose RST it was; null where that is nobody, or cannot be known. */
  by: 'client' | 'server' | 'both' | null;
  count: number;
  /**
   * How many came of each cause, the most first: a code of RESET_CAUSES, then those that the packets do not exclude, with
   * spaces between; empty for what is no reset.
   */
  causes: readonly (readonly [string, number])[];
  /** Most SYNs that were sent, and the longest duration in seconds. */
  mostSyns: number;
  longest: number;
  /** How many began in each step of time. */
  timeline: readonly number[];
}

export interface Overview {
  connections: number;
  failed: number;
  /** How many had each outcome. */
  outcomes: readonly (readonly [OutcomeKind, number])[];
  steps: Steps;
  timeline: readonly number[];
  /** The most first. */
  failures: readonly FailureKind[];
  connect: Distribution | null;
  response: Distribution | null;
  duration: Distribution | null;
  /** Connections that took longer than a second to open. */
  slowConnects: number;
  /** Codes of segments, and how many connections have them, the most first. */
  codes: readonly (readonly [string, number])[];
  /** Null where there were too many groups to compare. */
  standsOut: readonly StandOut[] | null;
}

interface FailureTally {
  number: number;
  kind: OutcomeKind;
  by: FailureKind['by'];
  count: number;
  causes: Map<string, number>;
  mostSyns: number;
  longest: number;
  timeline: Timeline;
}

/** Refusals and the like whose cause is looked for; resets are all looked at, as who sent them is counted. */
const MAX_EXPLAINED = 20_000;

/** Times that are kept exactly; beyond, a sketch has them. */
const EXACT = 10_000;
const CODE_BITS = 32;

export class OverviewTally {
  private connections = 0;
  private readonly all = new Timeline();
  private readonly byKind = new Map<string, FailureTally>();
  private readonly connect = new Quantiles(EXACT);
  private readonly response = new Quantiles(EXACT);
  private readonly duration = new Quantiles(EXACT);
  private readonly codes = new Int32Array(CODE_BITS);
  private readonly failures = new Failures();
  private readonly outcomes = new Map<OutcomeKind, number>();
  private slowConnects = 0;
  private explained = 0;
  /** The connection that was counted last failed, and a call with its cause must follow. */
  private pending = false;
  private lastSyns = 0;
  private lastDuration = 0;
  private lastStart = 0;
  private lastGroups: Int32Array = new Int32Array(0);
  /** Of the connection that was counted last. */
  lastOutcome: OutcomeKind = 'not-captured';
  lastConnect: number | null = null;

  get count(): number {
    return this.connections;
  }

  /** Counts a connection. True where it failed in a way that needs a call of `explain`. */
  add(facts: LocatedFacts): boolean {
    const opening = openingKind(facts);
    const outcome = outcomeKind(opening, closingKind(facts));
    const connect = connectTime(facts, opening);
    const { startedAt } = facts;
    this.connections++;
    this.lastOutcome = outcome;
    this.lastConnect = connect;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    this.all.add(startedAt);
    if (connect !== null) {
      this.connect.add(connect);
      if (connect > 1) this.slowConnects++;
    }
    const response = responseTime(facts, 'median');
    if (response !== null) this.response.add(response);
    const duration = (facts.lastAt - startedAt) / 1e9;
    this.duration.add(duration);
    for (let codes = facts.codes; codes !== 0; codes &= codes - 1) {
      const bit = 31 - Math.clz32(codes & -codes);
      this.codes[bit] = (this.codes[bit] ?? 0) + 1;
    }
    const groups = this.failures.total(facts, response);
    if (!isFailure(outcome)) return false;
    this.pending = true;
    this.lastSyns = facts.ends[facts.clientSide].synCount;
    this.lastDuration = duration;
    this.lastStart = startedAt;
    this.lastGroups = groups;
    const isExplained = outcome !== 'no-answer' && (outcome === 'reset' || this.explained++ < MAX_EXPLAINED);
    if (isExplained) return true;
    this.explain(null, null);
    return false;
  }

  /** Whose RST it was and its causes, of the connection that was counted last. */
  explain(by: FailureKind['by'], causes: string | null): void {
    if (!this.pending) return;
    this.pending = false;
    const { lastOutcome: outcome } = this;
    const shownBy = outcome === 'reset' ? by : null;
    const key = `${outcome} ${shownBy}`;
    let tally = this.byKind.get(key);
    if (tally === undefined) {
      tally = {
        number: this.byKind.size,
        kind: outcome,
        by: shownBy,
        count: 0,
        causes: new Map(),
        mostSyns: 0,
        longest: 0,
        timeline: new Timeline(),
      };
      this.byKind.set(key, tally);
    }
    tally.count++;
    if (causes !== null) tally.causes.set(causes, (tally.causes.get(causes) ?? 0) + 1);
    tally.mostSyns = Math.max(tally.mostSyns, this.lastSyns);
    tally.longest = Math.max(tally.longest, this.lastDuration);
    tally.timeline.add(this.lastStart);
    this.failures.add(tally.number, this.lastGroups, this.lastStart);
  }

  /** `start`, `end`: of the capture; `most`: steps of time at most. */
  result(start: { seconds: number; nanoseconds: number }, span: number, most: number): Overview {
    const steps = stepsFor(start.seconds, start.nanoseconds / 1e9, span, most);
    const inSteps = (timeline: Timeline): number[] =>
      timeline.inSteps(steps.width * 1e9, steps.count, steps.offset * 1e9 - start.nanoseconds);
    const kinds = [...this.byKind.values()];
    return {
      connections: this.connections,
      failed: kinds.reduce((sum, { count }) => sum + count, 0),
      outcomes: [...this.outcomes].sort((a, b) => b[1] - a[1]),
      steps,
      timeline: inSteps(this.all),
      failures: kinds
        .map(({ number: _, causes, timeline, ...kind }) => ({
          ...kind,
          causes: [...causes].sort((a, b) => b[1] - a[1]),
          timeline: inSteps(timeline),
        }))
        .sort((a, b) => b.count - a.count),
      connect: distributionOf(this.connect),
      response: distributionOf(this.response),
      duration: distributionOf(this.duration),
      slowConnects: this.slowConnects,
      codes: [...this.codes]
        .map((count, bit) => [codeNames(1 << bit)[0] ?? '', count] as const)
        .filter(([name, count]) => name !== '' && count > 0)
        .sort((a, b) => b[1] - a[1]),
      standsOut: this.failures.standingOut(
        span * 1e9,
        kinds.map(({ kind, by }) => ({ kind, by })),
        this.connections,
      ),
    };
  }
}
