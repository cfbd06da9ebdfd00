/** The outcome of a connection and who ended it, in the table of connections. */
import { describe, expect, it } from 'vitest';
import { renderConnectionTable } from '../../src/render/text/table.js';
import { runScenario } from '../scenario/scenario.js';

const STYLE = { color: false, unicode: true, width: 200, absolute: false };
const OPENED = 'isn 100 300\n> S 0\n< SA 0 1\n> A 1 1\n';

async function outcome(segments: string): Promise<string> {
  const { connections } = await runScenario(segments);
  const [head = '', row = ''] = renderConnectionTable(connections, STYLE).split('\n');
  return (/^(.*?)(?:\s{2}|$)/.exec(row.slice(head.indexOf('outcome')))?.[1] ?? '').trim();
}

describe('the column "outcome"', () => {
  it.each([
    ['whose FIN came first', `${OPENED}> FA 1 1\n< FA 1 2\n> A 2 2`, 'closed by client'],
    ['who reset it', `${OPENED}< RA 1 1`, 'reset by server'],
    ['who reset it after the other closed first', `${OPENED}> FA 1 1\n< R 1`, 'reset by server'],
    ['who reset it after closing first', `${OPENED}> FA 1 1\n< A 1 2\n> R 2`, 'reset by client'],
    ['who refused', 'isn 100 0\n> S 0\n< RA 0 1', 'refused'],
    ['nobody where there was no answer', 'isn 100 300\n> S 0', 'no answer'],
    ['nobody where it is still open', OPENED, 'still open'],
    ['nobody whose RST was ignored', `${OPENED}> R 1000000`, 'still open'],
    ['nobody whose RSTs were all ignored', 'isn 100 300\n> S 0\n< SA 0 1\n> R 1000000', 'not completed'],
    [
      'who closed, though an RST was ignored',
      `${OPENED}> FA 1 1\n< FA 1 2\n> A 2 2\n< R 9`,
      'closed by client',
    ],
    [
      'nobody where an injected RST changed nothing',
      `${OPENED}< R 1 ttl 9\n< PA 1 1 len 5\n> A 1 6`,
      'still open',
    ],
    ['no end where a third party reset it', `${OPENED}> PA 1 1 len 5\n< A 1 6\n< R 1 ttl 9`, 'reset'],
  ])('names %s', async (_, segments, expected) => {
    expect(await outcome(segments)).toBe(expected);
  });
});
