/** Where nothing is captured: one message, with the interfaces that have traffic. */
import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportSilence, silenceSentence } from '../../src/cli/watch/silence.js';
import { busyInterfaces, parsePacketCounts } from '../../src/live/traffic.js';
import { namespace, needs, startLive } from './setup.js';

const TEXT = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:  100000    5000    0    0    0     0          0         0   100000    5000    0    0    0     0       0          0
  eth0:3000 20 0 0 0 0 0 0 4000 30 0 0 0 0 0 0
`;

describe('what the system counts', () => {
  it('is read from /proc/net/dev', () => {
    expect(parsePacketCounts(TEXT)).toEqual(
      new Map([
        ['lo', 10_000],
        ['eth0', 50],
      ]),
    );
  });

  it('shows which interfaces have traffic, the busiest first', () => {
    const before = new Map([
      ['lo', 7],
      ['eth0', 50],
      ['eth1', 3],
    ]);
    const after = new Map([
      ['lo', 7],
      ['eth0', 52],
      ['eth1', 30],
      ['tun0', 1],
    ]);
    expect(busyInterfaces(before, after)).toEqual(['eth1', 'eth0', 'tun0']);
  });
});

describe('the sentence', () => {
  it.each([
    ['lo', '', ['eth0'], 'no packets on lo for 5 s; there is traffic on eth0: synfin live -i eth0'],
    ['lo', '', [], 'no packets on lo for 5 s; no other interface has traffic'],
    ['lo', '', null, 'no packets on lo for 5 s; synfin interfaces lists the others'],
    ['eth0', 'port 9', ['eth0'], "no packets that match 'port 9' on eth0 for 5 s; eth0 has other traffic"],
    [
      'lo',
      'port 9',
      ['lo', 'eth0', 'tun0'],
      "no packets that match 'port 9' on lo for 5 s; lo has other traffic; there is traffic on eth0, tun0: synfin live -i eth0",
    ],
    ['any', '', [], 'no packets on any interface for 5 s'],
    [
      'any',
      'port 9',
      ['eth0'],
      "no packets that match 'port 9' on any interface for 5 s; there is traffic on eth0",
    ],
  ] as const)('on %s with filter %j and traffic on %j', (name, filter, busy, sentence) => {
    expect(silenceSentence({ interface: name, filter }, 5, busy)).toBe(sentence);
  });
});

describe('when the message comes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watched(packets: () => number) {
    const lines: string[] = [];
    let reads = 0;
    const counts = () => new Map([['eth0', reads++]]);
    const end = reportSilence({ interface: 'lo', filter: '', packets }, (line) => lines.push(line), {
      after: 5000,
      counts,
    });
    return { lines, end };
  }

  it('once, after the time without a packet', () => {
    const { lines } = watched(() => 0);
    vi.advanceTimersByTime(4999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(100_000);
    expect(lines).toEqual([
      'synfin: no packets on lo for 5 s; there is traffic on eth0: synfin live -i eth0',
    ]);
  });

  it('not where a packet came, and not after the end of the capture', () => {
    const busy = watched(() => 1);
    const ended = watched(() => 0);
    ended.end();
    vi.advanceTimersByTime(100_000);
    expect([busy.lines, ended.lines]).toEqual([[], []]);
  });
});

it('live, on another interface than the traffic', { timeout: 30_000 }, async (context) => {
  needs(context, 'root', 'koffi', 'ip');
  const space = namespace();
  try {
    space.run('ip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
    space.run('ip', 'address', 'add', '10.9.8.1/24', 'dev', 'left');
    space.run('ip', 'link', 'set', 'left', 'up');
    space.run('ip', 'link', 'set', 'right', 'up');
    const before = ['ip', 'netns', 'exec', space.name];
    const live = await startLive([], { before });
    const broadcast = `const s = require('dgram').createSocket('udp4'); s.bind(() => { s.setBroadcast(true); setInterval(() => s.send('?', 9, '10.9.8.255'), 50) })`;
    const [program = '', ...words] = [...before, process.execPath, '-e', broadcast];
    const traffic = spawn(program, words, { stdio: 'ignore' });
    try {
      const [said] = await live.until(/no packets on .*/);
      expect(said).toMatch(
        /^no packets on lo for 5 s; there is traffic on (left, right|right, left): synfin live -i (left|right)$/,
      );
      const { stderr } = await live.interrupt();
      expect(stderr.match(/no packets on/g)).toHaveLength(1);
    } finally {
      traffic.kill();
    }
  } finally {
    space.remove();
  }
});
