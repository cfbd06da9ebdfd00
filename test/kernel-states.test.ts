/**
 * The kernel as judge: for each fixtures/kernel/NAME.states.json (the states of both sockets, by the kernel's
 * own tracepoints and /proc/net/tcp) the states that synfin infers from the packets alone must be the same, in the
 * same order, and entered at about the same time (kernel-judge.ts).
 *
 * Cases without a rule there are in EXCEPTIONS with their reasons. A reason that begins with "bug:" is ours to fix:
 * the test fails when an exception is no longer needed, so that the list cannot outlive its reasons.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateDifferences } from './kernel-judge.js';
import { analyze, readOracle } from './kernel-record.js';

/** `NAME end`, or `NAME end nth` for the nth connection (from 0) where a recording has several. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // What the packets cannot tell
  'connect-cancelled client':
    'closed between its SYN and the SYN-ACK: that shows only in the RST, after the SYN-ACK counted as received',
  'split-handshake server': 'a raw socket played the server',
  'defer-accept server':
    'TCP_DEFER_ACCEPT: Linux stays SYN-RECEIVED until data comes, nothing on the wire says so',
  'firewall-reset-later server':
    'a firewall sent the RST in the name of the server, which knows nothing of it',
  'half-open-data server': 'the server rebooted in the silence; that shows only when it answers data by RST',
  'half-open-close server':
    'the server rebooted in the silence; that shows only when it answers the FIN by RST',
  'half-open-recovery client 0': 'the client rebooted in the silence; that shows only in its RST',
  'half-open-recovery-server client 0': 'the client rebooted in the silence; that shows only in its RST',
  'timewait-protected server':
    'tcp_rfc1337=1 ignores the RST: on the wire the same as timewait-assassination',
  'fin-retransmitted server':
    'the first FIN was lost beyond the capture point: it counts as received until sent again',
  'not-completed client':
    'its last SYN-ACK was lost as all before it, and no SYN sent again tells so any more',
  'late-start-closing client': 'its FIN went before the capture began, and nothing later shows it',
  'late-start-closing server': 'that its FIN was the second shows only in what went before the capture',
};

const FOLDER = resolve(import.meta.dirname, '..', 'fixtures', 'kernel');
const END = '.states.json';
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(END))
  .map((name) => name.slice(0, -END.length))
  .sort();

describe('states of the kernel', () => {
  it('has recordings to judge by', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  it.each(names)('%s', async (name) => {
    const stem = join(FOLDER, name);
    const differences = stateDifferences(readOracle(stem + END), await analyze(`${stem}.pcap`));
    const found = new Map([...differences].map(([label, what]) => [`${name} ${label}`, what]));
    const unexpected = [...found].filter(([label]) => EXCEPTIONS[label] === undefined);
    expect(unexpected.map(([label, what]) => `${label}: ${what}`)).toEqual([]);
    const idle = Object.keys(EXCEPTIONS).filter((label) => label.split(' ')[0] === name && !found.has(label));
    expect(idle, 'exceptions that are no longer needed').toEqual([]);
  });

  it('has no exception for a missing recording', () => {
    for (const label of Object.keys(EXCEPTIONS)) expect(names).toContain(label.split(' ')[0]);
  });
});
