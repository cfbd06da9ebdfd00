/** SYN floods: many openings at one port that are never completed. */
import type { Attempts } from './attempts.js';
import { NO_ANSWER, NOT_COMPLETED, noOutcomes } from './outcomes.js';
import type { Pattern } from './patterns.js';
import { textOf } from './scans.js';
import type { Target, Targets } from './targets.js';

/** A flood leaves at least this many openings at one port incomplete… */
const FLOOD_ATTEMPTS = 50;
/** …of which at most this share is answered in full… */
const FLOOD_SHARE = 0.2;
/** …and as many in a second, on average. */
const FLOOD_RATE = 1;

export function floodsAmong(targets: Targets, attempts: Attempts): Pattern[] {
  const patterns: Pattern[] = [];
  for (const target of targets.withIncomplete(FLOOD_ATTEMPTS)) {
    const { version, words, port, incomplete, noAnswer, firstPacket, span } = target;
    const open = target.open + openAt(attempts, target);
    if (open > (open + incomplete) * FLOOD_SHARE || (incomplete - 1) * 1e9 < span * FLOOD_RATE) continue;
    const address = textOf(version, words);
    const outcomes = { ...noOutcomes(), noAnswer, notCompleted: incomplete - noAnswer, used: open };
    patterns.push({
      code: 'syn-flood',
      address,
      target: address,
      port,
      ports: 1,
      hosts: 1,
      count: incomplete,
      interval: null,
      outcomes,
      firstPacket,
      exact: true,
    });
  }
  return patterns;
}

/** Openings at a port that were completed or refused. */
function openAt(attempts: Attempts, { version, words, port }: Target): number {
  let open = 0;
  for (let number = 0; number < attempts.count; number++) {
    if (attempts.port(number) !== port || attempts.version(number) !== version) continue;
    const server = attempts.server(number);
    if (words.some((word, index) => server[index] !== word)) continue;
    open +=
      attempts.total(number) - attempts.countOf(number, NO_ANSWER) - attempts.countOf(number, NOT_COMPLETED);
  }
  return open;
}
