/**
 * The kernels as judges over a path (fixtures/path): two hosts with a network between them that drops, delays, duplicates,
 * forges and translates, recorded at both ends. Each capture alone is compared with the states, counts and
 * reset reasons of both kernels; where one capture cannot show them, EXCEPTIONS has the reason.
 */
import { describe, expect, it } from 'vitest';
import { LATE, names, ONE_DIRECTION, POINTS, read } from './kernel-case.js';
import { countProblems, retransmissionsOf } from './kernel-counts.js';
import { stateDifferences } from './kernel-judge.js';
import { resetProblems, resetsSent } from './kernel-resets.js';
import {
  acceptanceProblems,
  closingProblems,
  oneDirectionProblems,
  openingProblems,
} from './kernel-verdicts.js';

/** `NAME @point end`: why the states of an end cannot be known there. The test fails where one is no longer needed. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ...both({
    'connect-cancelled client':
      'closed between its SYN and the SYN-ACK: that shows only in the RST, after the SYN-ACK counted as received',
    'defer-accept server':
      'TCP_DEFER_ACCEPT: Linux stays SYN-RECEIVED until data comes, nothing on the wire says so',
    'duplicated-all client':
      'a RST ended TIME-WAIT before anybody asked the kernel; the tracepoint does not show TIME-WAIT',
    'fin-gap client': 'the forged FIN came out of its own host, and nothing tells it from its own',
    'half-open-close server': 'it forgot the connection; that shows only when it answers the FIN by RST',
    'half-open-syn client 0': 'it forgot the connection; that shows only in its RST',
    'late-start-closing client': 'that its FIN was the second shows only in what went before the capture',
    'late-start-closing server': 'its FIN went before the capture began, and nothing later shows it',
    'linger2-expired server': 'its FIN-WAIT-2 ended by a timer, which shows only when it answers by RST',
    'queue-overflow server 0': 'that it did not take the third segment shows only in its RST',
    'reject-established server': 'a firewall sent the RST in its name, which it knows nothing of',
    'time-wait-protected server': 'tcp_rfc1337=1 ignores the RST: on the wire the same as time-wait-killed',
  }),
  'fin-lost @client server':
    'the FIN was lost beyond the capture point: it counts as received until sent again',
  'fin-lost @server client': 'its first FIN was lost before the capture point',
  'fin-swallowed @server client': 'its FIN never came to the capture point',
  'keepalive-dead-heard @client server':
    'it had fallen silent: that the RST of the client reached it does not show',
  'nat-forgot @server client': 'the router sent the RST in its name, which it knows nothing of',
  'nat-untranslated @client server':
    'a RST that went by another address ended it; that shows when it answers by RST',
  'orphan-gave-up @server client': 'its FIN never came to the capture point',
  'rst-lost @client server': 'its first RST was lost before the capture point',
  'rst-lost @server client':
    'the RST was lost beyond the capture point: it counts as received until the client goes on',
  'syn-ack-never-arrives @server client':
    'its last SYN-ACK was lost as all before it, and no SYN sent again tells so any more',
  'third-ack-lost @client server':
    'the third segment was lost beyond the capture point, and the first data open it later',
};

/** `NAME end` at both points. */
function both(reasons: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([label, reason]) => {
      const [name, ...end] = label.split(' ');
      return ['client', 'server'].map((point) => [`${name} @${point} ${end.join(' ')}`, reason]);
    }),
  );
}

describe('two hosts, by both kernels', () => {
  it('has recordings to judge by', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  describe.each(names)('%s', (name) => {
    it.each(POINTS)('%s: states', async (point) => {
      const { oracle, at } = await read(name);
      if (ONE_DIRECTION.test(name)) {
        expect(oneDirectionProblems(await read(name), point)).toEqual([]);
        return;
      }
      const found = new Map(
        [...stateDifferences(oracle, at[point])].map(([label, what]) => [`${name} @${point} ${label}`, what]),
      );
      const unexpected = [...found].filter(([label]) => EXCEPTIONS[label] === undefined);
      expect(unexpected.map(([label, what]) => `${label}: ${what}`)).toEqual([]);
      const idle = Object.keys(EXCEPTIONS).filter(
        (label) => label.startsWith(`${name} @${point} `) && !found.has(label),
      );
      expect(idle, 'exceptions that are no longer needed').toEqual([]);
    });

    it.each(POINTS)('%s: resets', async (point) => {
      const { oracle, at } = await read(name);
      const sent = resetsSent(oracle, at);
      const problems = at[point].connections.flatMap((row) => resetProblems(row, at[point], sent, oracle));
      expect([...problems, ...acceptanceProblems(await read(name), point)]).toEqual([]);
    });

    it.each(POINTS)('%s: what was sent again', async (point) => {
      const found = await read(name);
      if (!LATE.test(name) && name !== 'one-direction') {
        expect(retransmissionsOf(found, point), 'RetransSegs').toBe(
          found.oracle.counters?.[point].RetransSegs,
        );
      }
      expect(countProblems(found, point)).toEqual([]);
    });

    it.each(POINTS)('%s: opening and closing', async (point) => {
      const found = await read(name);
      expect([...openingProblems(found, point), ...closingProblems(found, point)]).toEqual([]);
    });
  });

  it('has no exception for a missing recording', () => {
    for (const label of Object.keys(EXCEPTIONS)) expect(names).toContain(label.split(' ')[0]);
  });
});
