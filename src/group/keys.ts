/** What connections can be grouped by: `--by`. */
import { endpointText } from '../decode/address.js';
import { networkOf } from '../decode/network.js';
import { sideAddress } from '../track/results/side-address.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import type { OutcomeKind } from '../verdict/catalogue.js';
import { networkBits, PLAIN_KEYS, type PlainKey, TIME_KEYS, type TimeKey } from './names.js';

export interface GroupKey {
  /** As it was asked for. */
  readonly name: string;
  /** Groups are shown in the order of time, not by failures. */
  readonly isTime: boolean;
  of(facts: LocatedFacts, outcome: OutcomeKind): string;
}

const serverSide = ({ clientSide }: LocatedFacts): 0 | 1 => (clientSide === 0 ? 1 : 0);
const client = (facts: LocatedFacts): string => sideAddress(facts, facts.clientSide);
const server = (facts: LocatedFacts): string =>
  endpointText(sideAddress(facts, serverSide(facts)), facts.ports[serverSide(facts)]);

const PLAIN: Readonly<Record<PlainKey, (facts: LocatedFacts, outcome: OutcomeKind) => string>> = {
  server,
  client,
  pair: (facts) => `${client(facts)} → ${server(facts)}`,
  'server-port': (facts) => String(facts.ports[serverSide(facts)]),
  outcome: (_, outcome) => outcome,
};

/** Seconds of each. */
const TIMES: Readonly<Record<TimeKey, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** Null for a name that there is not. */
export function groupKey(name: string): GroupKey | null {
  const plain = PLAIN_KEYS.find((known) => known === name);
  if (plain !== undefined) return { name, isTime: false, of: PLAIN[plain] };
  const time = TIME_KEYS.find((known) => known === name);
  if (time !== undefined) {
    const seconds = TIMES[time];
    return {
      name,
      isTime: true,
      of: ({ startSeconds }) => timeName(startSeconds - (startSeconds % seconds)),
    };
  }
  const bits = networkBits(name);
  return bits === null ? null : { name, isTime: false, of: (facts) => networkOf(client(facts), bits) };
}

/** RFC 3339 without a fraction: sorts as the times do. */
function timeName(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
