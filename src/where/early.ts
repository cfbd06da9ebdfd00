/** The fields that are known of a connection before it is judged: most of those that do not match need not be. */
import type { Field } from '../fields/field.js';
import { sideAddress } from '../track/results/side-address.js';
import type { EndFacts, LocatedFacts } from '../track/results/snapshot.js';
import type { ClosingKind, OpeningKind, OutcomeKind } from '../verdict/catalogue.js';
import { closingKind } from '../verdict/closing-kind.js';
import { responseTime } from '../verdict/durations.js';
import { connectTime } from '../verdict/handshake.js';
import { openingKind } from '../verdict/opening.js';
import { isFailure, outcomeKind } from '../verdict/outcome.js';

export interface Early {
  facts: LocatedFacts;
  opening: OpeningKind;
  closing: ClosingKind;
  outcome: OutcomeKind;
}

export function earlyOf(facts: LocatedFacts): Early {
  const opening = openingKind(facts);
  const closing = closingKind(facts);
  return { facts, opening, closing, outcome: outcomeKind(opening, closing) };
}

const client = ({ facts }: Early): EndFacts => facts.ends[facts.clientSide];
const server = ({ facts }: Early): EndFacts => facts.ends[facts.clientSide === 0 ? 1 : 0];

const EARLY_VALUES: Readonly<Record<string, (early: Early) => string | number | boolean | null>> = {
  index: ({ facts }) => facts.index,
  duration: ({ facts }) => (facts.lastAt - facts.startedAt) / 1e9,
  'opening.connectTime': ({ facts, opening }) => connectTime(facts, opening),
  'opening.synCount': (early) => client(early).synCount,
  'response.first': ({ facts }) => responseTime(facts, 'first'),
  'response.median': ({ facts }) => responseTime(facts, 'median'),
  'response.max': ({ facts }) => responseTime(facts, 'max'),
  'traffic.client.packets': (early) => client(early).packets,
  'traffic.server.packets': (early) => server(early).packets,
  'traffic.client.bytes': (early) => client(early).bytes,
  'traffic.server.bytes': (early) => server(early).bytes,
  'traffic.client.retransmissions': (early) => client(early).retransmissions,
  'traffic.server.retransmissions': (early) => server(early).retransmissions,
  protocol: () => 'tcp',
  'client.port': ({ facts }) => facts.ports[facts.clientSide],
  'server.port': ({ facts }) => facts.ports[facts.clientSide === 0 ? 1 : 0],
  'client.address': ({ facts }) => sideAddress(facts, facts.clientSide),
  'server.address': ({ facts }) => sideAddress(facts, facts.clientSide === 0 ? 1 : 0),
  firstPacket: ({ facts }) => facts.firstPacket,
  'opening.kind': ({ opening }) => opening,
  'closing.kind': ({ closing }) => closing,
  'outcome.kind': ({ outcome }) => outcome,
  'outcome.failed': ({ outcome }) => isFailure(outcome),
};
export const EARLY_PATHS: ReadonlySet<string> = new Set(Object.keys(EARLY_VALUES));
/** The same fields, of what is known so far. */
export function earlyFields(fields: readonly Omit<Field<never>, 'value'>[]): Field<Early>[] {
  return fields.map((field) => ({
    ...field,
    value: (early) => EARLY_VALUES[field.path]?.(early) ?? null,
  }));
}
