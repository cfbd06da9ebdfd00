/** The scenarios of `synfin demo` that terms refer to; a test checks that each exists. */

const SCENARIOS = {
  simple: 'tcp',
  'three-step': 'tcp',
  'server-first': 'tcp',
  'half-close': 'tcp',
  refused: 'tcp',
  reset: 'tcp',
  unread: 'tcp',
  duplex: 'tcp',
  many: 'tcp',
  ipv6: 'tcp',
  'write-after-close': 'tcp',
  'no-answer': 'tcp',
  'syn-retry': 'tcp',
  'keep-alive': 'tcp',
  'zero-window': 'tcp',
  'port-reuse': 'tcp',
  'fast-open': 'tcp',
  large: 'tcp',
  loss: 'tcp',
  'slow-server': 'tcp',
  'simultaneous-open': 'tcp',
  'udp-simple': 'udp',
  unanswered: 'udp',
  'one-to-many': 'udp',
  'port-unreachable': 'udp',
  question: 'udp',
  lost: 'udp',
  fragments: 'udp',
  multicast: 'udp',
  broadcast: 'udp',
} as const satisfies Record<string, 'tcp' | 'udp'>;

export type ScenarioName = keyof typeof SCENARIOS;

/** Named by terms, and not there yet: remove a new scenario from this list, and its terms show it. */
export const LATER: readonly ScenarioName[] = [];

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** The words after `synfin demo`: protocol and name. */
export function scenarioWords(name: ScenarioName): readonly [protocol: 'tcp' | 'udp', scenario: string] {
  return [SCENARIOS[name], name === 'udp-simple' ? 'simple' : name];
}

/** Of scenarios in the order of preference, the command of the first one that there is. */
export function scenarioCommand(names: readonly ScenarioName[]): string | null {
  const name = names.find((each) => !LATER.includes(each));
  if (name === undefined) return null;
  const [protocol, scenario] = scenarioWords(name);
  return `synfin demo ${protocol}${scenario === 'simple' ? '' : ` --scenario ${scenario}`}`;
}
