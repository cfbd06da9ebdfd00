/** All words of the demos in Brazilian Portuguese; not in index.ts, as they are loaded for the demos alone. */
import type { DemoTexts } from '../en/demo-texts.js';
import { demoPrograms, networkFailures, otherFailure } from './demo-programs.js';
import { DEMO_SCENARIOS } from './demo-scenarios.js';
import { DEMO_ROLES, demoSteps } from './demo-steps.js';

export const demoTexts: DemoTexts = {
  scenarios: DEMO_SCENARIOS,
  roles: DEMO_ROLES,
  steps: demoSteps,
  programs: demoPrograms,
  failures: networkFailures,
  otherFailure,
};
