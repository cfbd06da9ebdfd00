/** Every cause of an RST in the fewest segments that show it; docs/reset-causes.md has the rules. */
import { describe, expect, it } from 'vitest';
import { RESET_CAUSES, type ResetCause } from '../../src/verdict/catalogue.js';
import { runScenario } from '../scenario/scenario.js';

const ISN = 'isn 100 300\n';
const OPEN = `${ISN}> S 0\n< SA 0 1\n> A 1 1\n`;

/** One row a cause, as segments; the RST is that of the connection that ends by one. */
const CAUSES: Readonly<Record<ResetCause, string>> = {
  refused: `${ISN}> S 0\n< RA 0 1`,
  'rejected-syn-ack': '> S 90\n< SA 300 91\n> R 91\n> S 100\n< SA 400 101\n> A 101 401',
  scan: `${ISN}> S 0 win 1024\n< SA 0 1\n> R 1`,
  'connect-cancelled': `${ISN}0 > S 0\n1.5 < SA 0 1\n> R 1`,
  'accept-queue-overflow': `${OPEN}+0.00005 < R 1`,
  'listener-closed': `${ISN}0 > S 0\n< SA 0 1\n0.5 < RA 1 1 win 500`,
  'no-such-connection': `${OPEN}60 > PA 1 1 len 5\n< R 1`,
  'state-lost': `${OPEN}> PA 1 1 len 1000\n< A 1 1001\n> PA 1 1 len 500\n+0.0001 < R 1`,
  firewall: `${ISN}0 > S 0\n< SA 0 1\n> R 1\n1 > S 0\n< SA 0 1\n> R 1`,
  'half-open-discovered': `${OPEN}> PA 1 1 len 5\n< A 1 6\n60 > S 70000\n< A 1 6\n> R 6`,
  'data-after-close': `${OPEN}< FA 1 1\n> A 1 2\n1 > PA 1 2 len 5\n< R 2`,
  'gone-after-close': `${OPEN}< FA 1 1\n> A 1 2\n+0.00006 < R 2`,
  'unread-data': `${OPEN}> PA 1 1 len 1000\n< A 1 1001\n+0.050 < RA 1 1001 win 500`,
  'gave-up': `${ISN}0 > S 0\n1 > S 0\n2 > R 1\n2.5 < SA 0 1\n> R 1`,
  aborted: `${OPEN}> PA 1 1 len 5\n< A 1 6\n> RA 6 1 win 502`,
  'not-translated': `${OPEN}+0.001 > PA 1 1 len 10\nleft 77\n+0.1 > PA 1 1 len 10\n+0.001 < R 1`,
  injected: `${ISN}> S 0 ttl 52\n< SA 0 1 ttl 45\n> A 1 1 ttl 52\n> PA 1 1 len 5 ttl 52\n< RA 1 6 ttl 113`,
  'time-wait-assassination': `${OPEN}< PA 1 1 len 5\n> A 1 6\n> FA 1 6\n< FA 6 2\n> A 2 7\n1.0 < PA 1 1 len 5\n> A 2 7\n< R 7`,
  ignored: `${OPEN}1 < R 900000`,
  'cannot-tell': `${OPEN}1 < R 900000\n9 40001> S 0`,
};

describe('the cause of an RST', () => {
  it.each(Object.entries(CAUSES))('%s', async (cause, text) => {
    const { connections } = await runScenario(text);
    const resets = connections.flatMap(({ closing }) => (closing.reset === null ? [] : [closing.reset]));
    expect(resets.map((reset) => reset.cause)).toEqual([cause]);
  });

  it('has a row for each', () => {
    expect(Object.keys(CAUSES).sort()).toEqual(Object.keys(RESET_CAUSES).sort());
  });
});
