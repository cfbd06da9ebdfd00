/** Who ended a connection, as the table of connections tells. */
import { describe, expect, it } from 'vitest';
import { renderConnectionTable } from '../../src/render/text/table.js';
import { runScenario } from '../scenario/scenario.js';

const STYLE = { color: false, unicode: true, width: 200, absolute: false };
const OPENED = 'isn 100 300\n> S 0\n< SA 0 1\n> A 1 1\n';

async function closingAndBy(segments: string): Promise<string> {
  const { connections } = await runScenario(segments);
  const [head = '', row = ''] = renderConnectionTable(connections, STYLE).split('\n');
  const from = head.indexOf('closing');
  return row.slice(from, head.indexOf('duration')).trim().split(/\s+/).slice(0, 2).join(' ');
}

describe('the column "by"', () => {
  it.each([
    ['whose FIN came first', `${OPENED}> FA 1 1\n< FA 1 2\n> A 2 2`, 'three-step client'],
    ['who reset it', `${OPENED}< RA 1 1`, 'reset server'],
    ['who reset it after the other closed first', `${OPENED}> FA 1 1\n< R 1`, 'reset server'],
    ['who reset it after closing first', `${OPENED}> FA 1 1\n< A 1 2\n> R 2`, 'reset client'],
    ['who refused', 'isn 100 0\n> S 0\n< RA 0 1', 'none server'],
    ['nobody where there was no answer', 'isn 100 300\n> S 0', 'none -'],
    ['nobody where it goes on', OPENED, 'open -'],
    ['nobody whose RST was ignored', `${OPENED}> R 1000000`, 'open -'],
    ['nobody whose RSTs were all ignored', 'isn 100 300\n> S 0\n< SA 0 1\n> R 1000000', 'none -'],
    [
      'who closed, though an RST was ignored',
      `${OPENED}> FA 1 1\n< FA 1 2\n> A 2 2\n< R 9`,
      'three-step client',
    ],
    [
      'nobody where an injected RST changed nothing',
      `${OPENED}< R 1 ttl 9\n< PA 1 1 len 5\n> A 1 6`,
      'open -',
    ],
    ['neither where a third party reset it', `${OPENED}> PA 1 1 len 5\n< A 1 6\n< R 1 ttl 9`, 'reset -'],
  ])('names %s', async (_, segments, told) => {
    expect(await closingAndBy(segments)).toBe(told);
  });
});
