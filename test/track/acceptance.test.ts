/**
 * Which segments a receiver ignores (track/rfc9293/acceptance.ts), at either side of each limit: the last segment of each
 * row is judged, and accepted where the reason is null; where a SYN may begin a new connection, its answer decides. Numbers
 * are relative.
 */
import { describe, expect, it } from 'vitest';
import { IGNORED_REASONS } from '../../src/verdict/catalogue.js';
import { runScenario } from '../scenario/scenario.js';

const SYN = 'isn 100000 300000\n> S 0\n';
const OPEN = `${SYN}< SA 0 1 win 1000\n> A 1 1 win 1000\n`;
const DATA = `${OPEN}> PA 1 1 len 5\n< A 1 6 win 1000\n`;
const CLOSED = `${OPEN}< FA 1 1\n> FA 1 2\n< A 2 2\n`;
const STAMPED = `${SYN.replace('S 0', 'S 0 [ts 10 0]')}< SA 0 1 [ts 900 10]\n> A 1 1 [ts 11 900]\n`;

const ROWS: readonly (readonly [reason: string | null, what: string, text: string])[] = [
  [null, 'RST at the expected number (RFC 9293 3.5.3)', `${DATA}> R 6`],
  ['rst-in-window', 'one behind it (RFC 5961 3.2)', `${DATA}> R 7`],
  ['rst-in-window', 'the last of the window', `${DATA}> R 1005`],
  ['rst-outside-window', 'the first behind the window', `${DATA}> R 1006`],
  ['rst-outside-window', 'one before it', `${DATA}> R 5`],
  [null, 'between what was acknowledged and what was sent', `${DATA}> PA 6 1 len 5\n> R 8`],
  ['rst-not-for-syn', 'RST without ACK in answer to a SYN (3.10.7.3)', `${SYN}< R 0`],
  ['rst-not-for-syn', 'RST that acknowledges the number before', `${SYN}< RA 0 0`],
  ['rst-not-for-syn', 'or more than the SYN', `${SYN}< RA 0 2`],
  [null, 'or the SYN', `${SYN}< RA 0 1`],
  ['syn-ack-unacceptable', 'SYN-ACK that acknowledges nothing', `${SYN}< SA 0 0`],
  ['syn-ack-unacceptable', 'or more than was sent', `${SYN}< SA 0 2`],
  [null, 'or the SYN', `${SYN}< SA 0 1`],
  ['syn-ack-echo', 'an echo of what was never sent (RFC 7323 3.2)', '> S 0 [ts 10 0]\n< SA 0 1 [ts 5 11]'],
  [null, 'an echo of the SYN', '> S 0 [ts 10 0]\n< SA 0 1 [ts 5 10]'],
  [null, 'an echo of 0', '> S 0 [ts 10 0]\n< SA 0 1 [ts 5 0]'],
  ['other-syn-ack', 'a second one of another number', `${SYN}< SA 0 1\n< SA 5000 1`],
  [null, 'the same one again', `${SYN}< SA 0 1\n< SA 0 1`],
  ['syn-in-connection', 'the same from the end that sent the SYN', `${OPEN}> SA 0 1`],
  ['closed-already', 'SYN-ACK for one that gave up', `${SYN}1 > S 0\n2 > R 1\n2.5 < SA 0 1`],
  [
    'syn-in-handshake',
    'SYN of another number in SYN-RECEIVED (3.10.7.4)',
    `${SYN}< SA 0 1\n> S 70000000\n< A 1 1`,
  ],
  [
    'syn-in-connection',
    'SYN in an open connection (RFC 5961 4.2)',
    `${DATA}60 > S 70000000\n< A 1 6 win 1000`,
  ],
  ['syn-in-time-wait', 'SYN of an old number in TIME-WAIT', `${CLOSED}1 > S 4294962296\n< A 2 2`],
  ['ack-unacceptable', 'third segment that acknowledges nothing', `${SYN}< SA 0 1\n> A 1 0`],
  [null, 'or more than was captured', `${SYN}< SA 0 1\n> A 1 2`],
  [null, 'or the SYN', `${SYN}< SA 0 1\n> A 1 1`],
  ['half-open', 'ACK of another connection in answer to a SYN (3.5.1)', `${SYN}< A 0 90000`],
  ['no-ack-flag', 'FIN without ACK', `${OPEN}> F 1`],
  [null, 'data that begin at the edge of the window', `${DATA}> PA 1006 1 len 5`],
  ['outside-window', 'one behind it', `${DATA}> PA 1007 1 len 5`],
  [
    'old-timestamp',
    'a timestamp older than the last (PAWS, RFC 7323 5.3)',
    `${STAMPED}< PA 1 1 len 5 [ts 899 11]`,
  ],
  [null, 'the same as the last', `${STAMPED}< PA 1 1 len 5 [ts 900 11]`],
  [null, 'an acknowledgement 65,535 back (RFC 5961 5.2)', `${DATA}< A 1 6\n> PA 6 -65534 len 5`],
  ['ack-too-old', 'one further back', `${DATA}< A 1 6\n> PA 6 -65535 len 5`],
  ['after-fin', 'data behind its own FIN (3.10.7.4)', `${OPEN}> FA 1 1\n< A 1 2\n> PA 2 1 len 5`],
  [null, 'data before it, again', `${DATA}> FA 6 1\n< A 1 7\n> PA 1 1 len 5`],
  ['malformed', 'a header length below the least', `${OPEN}> PA 1 1 len 5 words 4`],
];

describe('the receiver of a segment', () => {
  it.each(ROWS)('%s: %s', async (reason, _, text) => {
    const { rows, scenario } = await runScenario(text);
    const isHeld = /> S \d{4,}\n< A .+$/.test(text);
    const judged = scenario.packets.length - (isHeld ? 1 : 0);
    expect(rows.find(({ packet }) => packet === judged)?.ignored).toBe(reason);
  });

  it('has a row for each reason that acceptance.ts gives', () => {
    // told by what follows (track/revision)
    const later = ['rst-refuted', 'fin-refuted', 'before-syn-ack'];
    const reasons = Object.keys(IGNORED_REASONS).filter((reason) => !later.includes(reason));
    expect(reasons.filter((reason) => !ROWS.some(([each]) => each === reason))).toEqual([]);
  });
});
