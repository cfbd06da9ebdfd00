/** SYN floods: many openings at one port that are never completed. */
import { addressText } from '../decode/address.js';
import type { Targets } from './flood-targets.js';
import type { Pattern } from './patterns.js';

/** A flood leaves at least this many openings at one port incomplete… */
const FLOOD_ATTEMPTS = 50;
/** …of which at most this share is answered in full… */
const FLOOD_SHARE = 0.2;
/** …and this many a second, on average. */
const FLOOD_RATE = 1;

export function floodsAmong(targets: Targets): Pattern[] {
  const patterns: Pattern[] = [];
  for (const target of targets.withIncomplete(FLOOD_ATTEMPTS)) {
    const { version, words, port, incomplete, outcomes, firstPacket, span } = target;
    const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
    if (all - incomplete > all * FLOOD_SHARE || (incomplete - 1) * 1e9 < span * FLOOD_RATE) continue;
    const [a = 0, b = 0, c = 0, d = 0] = words;
    const address = addressText(version, a, b, c, d);
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
