/**
 * What only many connections together show: port scans, host sweeps, SYN floods and health checks. Memory is bounded: only so
 * many addresses and ports are followed, the first ones met. The thresholds are in docs/findings.md.
 */

import { twinOf } from '../track/memory/extras.js';
import { sentSyn } from '../track/results/named-facts.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import {
  CLOSED_UNUSED,
  clientClosedAt,
  kindOf,
  type Outcomes,
  outcomeOf,
  probeKind,
  probeOutcome,
  RESET,
} from './attempt-outcomes.js';
import { Attempts } from './attempts.js';
import type { OpeningKind, PatternCode } from './catalogue.js';
import { Targets } from './flood-targets.js';
import { floodsAmong } from './floods.js';
import { AT_ONCE_NS, HealthChecks } from './health-checks.js';
import { scansAmong } from './scans.js';

export interface Pattern {
  code: PatternCode;
  /** Who scans or checks; of a flood, whose sources are often forged, who is flooded. */
  address: string;
  /** Who is scanned, checked or flooded; null where it is more than one host. */
  target: string | null;
  /** The port that is swept, checked or flooded; null where it is more than one. */
  port: number | null;
  /** Distinct ports and hosts that were tried. */
  ports: number;
  hosts: number;
  /** Ports of a port scan, hosts of a sweep, checks without data, openings of a flood that were never completed. */
  count: number;
  /** Seconds between health checks: the median; else null. */
  interval: number | null;
  /** The best outcome of each port of a scan and each host of a sweep; of each connection of a flood or of checks. */
  outcomes: Outcomes;
  firstPacket: number;
  /** False where the numbers are lower bounds, as there was more than is followed. */
  exact: boolean;
}

/** The result does not depend on the order of connections, as long as its memory suffices. */
export class Patterns {
  private readonly attempts = new Attempts();
  private readonly targets = new Targets();
  private readonly checks = new HealthChecks();

  /** Takes a connection into account. */
  add(facts: LocatedFacts, opening: OpeningKind): void {
    const { clientSide, extras } = facts;
    // the same connection under other addresses was counted already
    if (extras !== null && twinOf(extras)?.second === true) return;
    if (!sentSyn(facts.ends[clientSide])) {
      // most that began before the capture are no probes: they have data
      const kind = extras === null ? -1 : probeKind(facts);
      if (kind >= 0) this.attempts.add(facts, 0, probeOutcome(facts), kind);
      return;
    }
    const outcome = outcomeOf(facts, opening);
    this.targets.add(facts, clientSide === 0 ? 1 : 0, outcome);
    const number = this.attempts.add(facts, clientSide, outcome, kindOf(outcome));
    if (number < 0 || (outcome !== RESET && outcome !== CLOSED_UNUSED)) return;
    const closedAt = clientClosedAt(facts);
    const openedAt = Math.max(facts.openedAt, facts.startedAt);
    if (closedAt !== null && closedAt - openedAt <= AT_ONCE_NS) this.checks.add(number, facts.startedAt);
  }

  result(): Pattern[] {
    const checks = this.checks.result(this.attempts);
    const patterns = [
      ...checks.values(),
      ...scansAmong(this.attempts, new Set(checks.keys())),
      ...floodsAmong(this.targets),
    ];
    return patterns.sort(
      (a, b) =>
        a.firstPacket - b.firstPacket ||
        compare(a.code, b.code) ||
        compare(a.address, b.address) ||
        a.count - b.count,
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
