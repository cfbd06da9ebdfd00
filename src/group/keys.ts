/** What connections can be grouped by: `--by`. */
import { endpointText } from '../decode/address.js';
import { networkOf } from '../decode/network.js';
import { rfc3339, zoneMinutes, zoneText } from '../time.js';
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

/** Null for a name that there is not. `local`: minutes, hours and days are those of the local zone. */
export function groupKey(name: string, local = false): GroupKey | null {
  const plain = PLAIN_KEYS.find((known) => known === name);
  if (plain !== undefined) return { name, isTime: false, of: PLAIN[plain] };
  const time = TIME_KEYS.find((known) => known === name);
  if (time !== undefined) {
    const seconds = TIMES[time];
    return {
      name,
      isTime: true,
      of: ({ startSeconds }) => (local ? localName : utcName)(startSeconds, seconds),
    };
  }
  const bits = networkBits(name);
  return bits === null ? null : { name, isTime: false, of: (facts) => networkOf(client(facts), bits) };
}

/** When the group of a name of a time began, in seconds since 1970; not a number for another name. */
export function groupStart(name: string): number {
  return /^-?\d+$/.test(name) ? Number(name) : Date.parse(name) / 1000;
}

/** RFC 3339 without a fraction; seconds since 1970 for a year that it cannot write. */
function utcName(seconds: number, unit: number): string {
  const from = Math.floor(seconds / unit) * unit;
  return `${textOf(from)}${textOf(from) === String(from) ? '' : 'Z'}`;
}

/** The same with the offset of the zone when the group began: a day in which clocks change is one. */
function localName(seconds: number, unit: number): string {
  const offset = zoneMinutes(seconds) * 60;
  const from = Math.floor((seconds - offset) / unit) * unit;
  const text = textOf(from);
  // a zone is known only where a date is
  if (Number.isNaN(from) || text === String(from)) return utcName(seconds, unit);
  return `${text}${zoneText(from + offset)}`;
}

function textOf(seconds: number): string {
  return rfc3339(seconds, 0)?.slice(0, 19) ?? String(seconds);
}
