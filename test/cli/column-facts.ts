/** The place in the JSON of the value of each column: written out here, so that the tables are compared with CONTRACT.md. */

/** A path into the object of JSON, or how to make the value from it. */
export type Fact = string | ((object: Record<string, unknown>) => unknown);

export function factOf(object: Record<string, unknown>, fact: Fact): unknown {
  if (typeof fact === 'function') return fact(object) ?? null;
  let at: unknown = object;
  for (const key of fact.split('.')) {
    at = typeof at === 'object' && at !== null ? (Reflect.get(at, key) as unknown) : null;
  }
  return at === '' ? null : (at ?? null);
}

const NAMES: Readonly<Record<string, string>> = {
  vlan: 'VLAN',
  vxlan: 'VXLAN',
  gre: 'GRE',
  ipip: 'IP in IP',
};

function via(object: Record<string, unknown>): string | null {
  const layers = (object.via ?? []) as { kind: string; id: number | null }[];
  const words = layers.map(({ kind, id }) => `${NAMES[kind] ?? kind}${id === null ? '' : ` ${id}`}`);
  return words.join(', ') || null;
}

const counted = (object: Record<string, unknown>): number =>
  Object.values(object.findingCounts as Record<string, number>).reduce((sum, count) => sum + count, 0);

const words = (key: string) => (object: Record<string, unknown>) =>
  (object[key] as string[]).join(' ') || null;

/** The same name, but in snake_case. */
const same = (prefix: string, path: string, ...keys: string[]): Record<string, Fact> =>
  Object.fromEntries(
    keys.map((key) => [
      prefix + key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      path + key,
    ]),
  );

const identity = {
  ...same('', '', 'index', 'firstPacket', 'lastPacket', 'start', 'duration'),
  ...same('client_', 'client.', 'address', 'port'),
  ...same('server_', 'server.', 'address', 'port'),
  via,
};

const offered = (side: string): Record<string, Fact> => ({
  ...same(
    `${side}_offered_`,
    `opening.options.${side}.`,
    'mss',
    'windowScale',
    'timestamps',
    'fastOpen',
    'ecn',
  ),
  ...same(`${side}_offered_`, `opening.options.${side}.`, 'multipath', 'md5', 'ao', 'userTimeout'),
  [`${side}_offered_sack`]: `opening.options.${side}.sackPermitted`,
  [`${side}_window_scale`]: `opening.options.agreed.windowScale.${side}`,
});

const sent = (side: string): Record<string, Fact> => ({
  ...same(`${side}_`, `traffic.${side}.`, 'packets', 'bytes', 'retransmissions', 'retransmittedBytes'),
  ...same(`${side}_`, `traffic.${side}.`, 'outOfOrder', 'duplicateAcks', 'zeroWindows', 'keepAlives'),
  ...same(`${side}_rtt_`, `traffic.${side}.rtt.`, 'min', 'median', 'max', 'samples'),
  [`${side}_window`]: `traffic.${side}.window.raw`,
  [`${side}_window_bytes`]: `traffic.${side}.window.bytes`,
  [`state_${side}`]: `states.${side}`,
});

export const CONNECTION_FACTS: Readonly<Record<string, Fact>> = {
  ...identity,
  ...same('', '', 'rolesFrom', 'completeness', 'history', 'connState', 'longestSilence'),
  outcome: 'outcome.kind',
  outcome_by: 'outcome.by',
  failed: 'outcome.failed',
  ...same('opening_', 'opening.', 'kind', 'complete'),
  ...same('', 'opening.', 'synCount', 'synAckCount', 'connectTime', 'synWait', 'synToSynAck', 'synAckWait'),
  ...same('', 'opening.', 'synAckToAck', 'capturePoint', 'slowSide'),
  ...same('mss_', 'opening.options.agreed.mss.', 'toServer', 'toClient'),
  ...same('', 'opening.options.agreed.', 'sack', 'timestamps', 'ecn', 'multipath', 'fastOpen'),
  ...same('closing_', 'closing.', 'kind', 'complete'),
  closing_by: 'closing.initiator',
  ...same('half_close_', 'closing.halfClose.', 'duration', 'bytes'),
  ...same('reset_', 'closing.reset.', 'by', 'packet', 'accepted', 'cause', 'confidence'),
  reset_alternatives: ({ closing }) =>
    (closing as { reset: { alternatives: string[] } | null }).reset?.alternatives.join(' ') || null,
  ...same('response_', 'response.', 'count', 'first', 'median', 'max'),
  ...same('', 'closing.', 'timeWait', 'timeWaitEnds'),
  ...offered('client'),
  ...offered('server'),
  ...sent('client'),
  ...sent('server'),
  finding_count: counted,
};

export const UDP_FLOW_FACTS: Readonly<Record<string, Fact>> = {
  ...identity,
  ...same('client_', 'traffic.client.', 'packets', 'bytes'),
  ...same('server_', 'traffic.server.', 'packets', 'bytes'),
  ...same('', '', 'answered', 'answers', 'cast'),
  ...same('icmp_', 'icmp.', 'packet', 'from', 'type', 'code', 'meaning'),
  finding_count: (object) => (object.findings as unknown[]).length,
};

export const SEGMENT_FACTS: Readonly<Record<string, Fact>> = {
  ...same('', '', 'packet', 'connection', 'from', 'time', 'flagBits', 'seq', 'ack', 'rawSeq', 'rawAck'),
  ...same('', '', 'length', 'window', 'accepted', 'note', 'repeatedBytes'),
  ...same('state_', 'states.', 'client', 'server'),
  flags: words('flags'),
  sack: ({ sack }) => (sack as [number, number][] | null)?.map((edges) => edges.join('-')).join(' ') || null,
  analysis: words('analysis'),
};

/** Of the object of a finding, with the number of what it was found of. */
export const FINDING_FACTS: Readonly<Record<string, Fact>> = {
  ...same('', '', 'connection', 'udpFlow', 'code', 'severity', 'text'),
  packet: (object) => object.packet || null,
};
