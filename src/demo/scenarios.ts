/** The scenarios by name, as `synfin demo tcp|udp --scenario NAME` and `--list` have them. */
import { UserError } from '../errors.js';
import { demoTexts, type ScenarioText } from '../explain/demo-texts.js';
import type { Scenario, ScenarioContext } from './scenario.js';
import { TCP_CLOSING_SCENARIOS } from './tcp-closing-scenarios.js';
import { TCP_OPENING_SCENARIOS } from './tcp-opening-scenarios.js';
import { TCP_SCENARIOS } from './tcp-scenarios.js';
import { TCP_TRANSFER_SCENARIOS } from './tcp-transfer-scenarios.js';
import { UDP_CAST_SCENARIOS } from './udp-cast-scenarios.js';
import { UDP_SCENARIOS } from './udp-scenarios.js';

export { type Need, needsNamespace, whyUnavailable } from './needs.js';
export type { PreparedScenario, Scenario, ScenarioContext, ScenarioMoment } from './scenario.js';
export { formatStep, type Step } from './step.js';

/** `simple` comes first of each protocol and is the default. */
export const SCENARIOS: readonly Scenario[] = [
  ...TCP_SCENARIOS,
  ...TCP_OPENING_SCENARIOS,
  ...TCP_TRANSFER_SCENARIOS,
  ...TCP_CLOSING_SCENARIOS,
  ...UDP_SCENARIOS,
  ...UDP_CAST_SCENARIOS,
];

/** Its title, and what it shows. */
export function scenarioText({ protocol, name }: Pick<Scenario, 'protocol' | 'name'>): ScenarioText {
  return demoTexts.scenarios[protocol === 'udp' && name === 'simple' ? 'udp-simple' : name];
}

/** Throws a UserError that lists the names. */
export function findScenario(protocol: 'tcp' | 'udp', name = 'simple'): Scenario {
  const candidates = SCENARIOS.filter((scenario) => scenario.protocol === protocol);
  const found = candidates.find((scenario) => scenario.name === name);
  if (found) return found;
  const scenarios = candidates.map((scenario) => scenario.name);
  throw new UserError({ kind: 'no-scenario', protocol: protocol.toUpperCase(), name, scenarios });
}

/** Prepares and runs in one go, for those who need not know the port beforehand. Throws a UserError. */
export async function runScenario(
  scenario: Scenario,
  { host, port, ...context }: ScenarioContext & { host: string; port?: number },
): Promise<void> {
  const prepared = await scenario.prepare(host, port);
  await prepared.run(context);
}
