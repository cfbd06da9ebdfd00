/** `synfin learn --live`: scenarios run as `synfin demo` runs them, and a reason why they cannot is said once in a lesson. */

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { needsNamespace, SCENARIOS, whyUnavailable } from '../../src/demo/scenarios.js';
import { errorText } from '../../src/explain/en/errors.js';
import { compiledHelper } from '../live/setup.js';
import { NOBODY, needs, run } from './setup.js';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(compiledHelper, 60_000);

describe('learn --live', () => {
  it.for(['loss', 'udp'])(
    '%s: scenarios with a network of their own run live, as root',
    async (lesson, context) => {
      needs(context, 'root', 'koffi');
      const { code, stdout } = await run(['learn', lesson, '--live']);
      expect(code).toBe(0);
      const parts = stdout.split(/^Live: the scenario '/m).slice(1);
      const inNamespace: string[] = [];
      for (const part of parts) {
        const name = part.slice(0, part.indexOf("'"));
        const scenario = SCENARIOS.find((each) => each.name === name);
        if (scenario === undefined || !needsNamespace(scenario.needs)) continue;
        inNamespace.push(name);
        // the same as `synfin demo` would say
        const lack = await whyUnavailable(scenario.needs);
        if (lack !== null) return context.skip(errorText(lack.error));
        if (part.includes('cannot be set up')) return context.skip('the network cannot be set up here');
        expect(part).not.toContain('its recording is shown');
      }
      expect(inNamespace).not.toEqual([]);
    },
  );

  it.for([
    ['en', 'is not permitted', 'for the same reason; its recording is shown.'],
    ['pt-BR', 'não tem permissão', 'pelo mesmo motivo; é mostrada a gravação.'],
  ])(
    '%s: without the right to capture, why is said once',
    async ([language = '', reason = '', again = ''], context) => {
      needs(context, 'root');
      const before = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
      const { code, stdout } = await run(['learn', 'data', '--live', '--lang', language], { before });
      expect(code).toBe(0);
      expect(stdout.split(reason)).toHaveLength(2);
      expect(stdout.split(again).length).toBeGreaterThan(2);
    },
  );
});
