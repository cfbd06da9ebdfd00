/** All words of the demos in English; not in index.ts, as they are loaded for the demos alone. */

import { demoPrograms, networkFailures, otherFailure } from './demo-programs.js';
import { DEMO_SCENARIOS } from './demo-scenarios.js';
import { DEMO_ROLES, demoSteps } from './demo-steps.js';

export const demoTexts = {
  scenarios: DEMO_SCENARIOS,
  roles: DEMO_ROLES,
  steps: demoSteps,
  programs: demoPrograms,
  failures: networkFailures,
  otherFailure,
};

/** The texts that every language must have; the compiler checks it. */
export type DemoTexts = typeof demoTexts;
