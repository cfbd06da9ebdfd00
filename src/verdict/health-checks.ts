/**
 * Health checks: a client that opens connections to one port again and again at equal intervals, and closes or resets each
 * at once, without a byte of data. Load balancers and orchestrators ask in this way whether a service is there.
 */

import { CLOSED_UNUSED, RESET } from './attempt-outcomes.js';
import type { Attempts } from './attempts.js';
import type { Pattern } from './patterns.js';

/** Closed or reset within this time of its opening. */
export const AT_ONCE_NS = 1e9;
/** At least this many times… */
const LEAST_CHECKS = 3;
/** …not more often than this… */
const SHORTEST_INTERVAL_NS = 100e6;
/** …with this share of the intervals at most that much away from their median. */
const EQUAL_SHARE = 0.75;
const EQUAL_WITHIN = 0.25;
/** Two probers of one client (liveness and readiness) alternate. */
const MAX_PROBERS = 2;
/** Kept of each client, server and port: the earliest ones. */
const MAX_TIMES = 256;
/** Clients, servers and ports followed. */
const MAX_CHECKED = 4096;

export class HealthChecks {
  /** When the checks began, by the number of their record in Attempts. */
  private readonly times = new Map<number, number[]>();
  /** Checks were left out for lack of room. */
  private full = false;

  /** A connection that was closed or reset at once, without data; nanoseconds since the base. */
  add(record: number, startedAt: number): void {
    const times = this.times.get(record);
    if (times === undefined) {
      if (this.times.size < MAX_CHECKED) this.times.set(record, [startedAt]);
      else this.full = true;
      return;
    }
    times.push(startedAt);
    // the earliest ones, whatever the order in which they came
    if (times.length === MAX_TIMES * 2) earliest(times);
  }

  /** Those that are health checks, by the number of their record. */
  result(attempts: Attempts): Map<number, Pattern> {
    const found = new Map<number, Pattern>();
    const regular = [...this.times].flatMap(([number, times]) => {
      if (times.length < LEAST_CHECKS) return [];
      earliest(times);
      const interval = intervalOf(times);
      return interval === null || interval < SHORTEST_INTERVAL_NS ? [] : [{ number, interval }];
    });
    if (regular.length > 0) attempts.settle(null);
    for (const { number, interval } of regular) {
      const outcomes = attempts.outcomes(number);
      found.set(number, {
        code: 'health-checks',
        address: attempts.clientText(number),
        target: attempts.serverText(number),
        port: attempts.port(number),
        ports: 1,
        hosts: 1,
        count: attempts.countOf(number, RESET) + attempts.countOf(number, CLOSED_UNUSED),
        interval: interval / 1e9,
        outcomes,
        firstPacket: attempts.firstPacket(number),
        exact: !attempts.full && !this.full,
      });
    }
    return found;
  }
}

function earliest(times: number[]): void {
  times.sort((a, b) => a - b);
  times.length = Math.min(times.length, MAX_TIMES);
}

/** The interval of checks in the order of their times: the median, null where they are not equal enough. */
function intervalOf(times: readonly number[]): number | null {
  for (let probers = 1; probers <= MAX_PROBERS; probers++) {
    if (times.length < LEAST_CHECKS * probers) return null;
    const steps = times.slice(probers).map((time, index) => time - (times[index] ?? 0));
    const median = medianOf(steps);
    const equal = steps.filter((step) => Math.abs(step - median) <= median * EQUAL_WITHIN).length;
    if (equal >= steps.length * EQUAL_SHARE) return median / probers;
  }
  return null;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
