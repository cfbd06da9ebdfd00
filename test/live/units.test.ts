import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { ENGLISH } from '../../src/explain/phrases.js';
import { explainFailure, permissionAdvice } from '../../src/live/advice.js';
import { parseControlMessage, StartFailure, wordsOf } from '../../src/live/control.js';
import { complaintIn } from '../../src/live/helper-process.js';
import { howToInstall, thisSystem } from '../../src/live/install-command.js';
import { interfaceStates } from '../../src/live/interface-state.js';
import { listInterfaces } from '../../src/live/interfaces.js';
import { forEachLine } from '../../src/live/lines.js';
import { LossCounter } from '../../src/live/loss-counter.js';
import { callerOfSudo } from '../../src/live/privileges.js';
import { defaultBufferMegabytes, liveOptions } from '../../src/live/source.js';
import { compiledHelper, needs } from './setup.js';

describe('complaintIn', () => {
  it.each([
    ['nothing', '', ''],
    ['a line', 'cap: no such thing\n', 'cap: no such thing'],
    [
      'an error with its stack',
      'node:internal/x:1\n  throw e;\n  ^\n\nTypeError: no y\n    at f (file:///x.js:1:2)\n\nNode.js v20.20.2\n',
      'TypeError: no y',
    ],
    [
      'an assertion of Node.js',
      '\n  #  node[7]: void f() at ../src/x.cc:1\n  #  Assertion failed: (1) == (0)\n\n----- Native stack trace -----\n\n 1: 0xcafe f [node]\n 8: 0xbb835e _start [/usr/bin/node]\n',
      'Assertion failed: (1) == (0)',
    ],
    ['a stack alone', '----- Native stack trace -----\n 1: 0xcafe f [node]\n', ''],
  ])('%s', (_, text, complaint) => expect(complaintIn(text)).toBe(complaint));
});

describe('LossCounter', () => {
  it('undoes the doubling of the loopback', () => {
    const losses = new LossCounter(2);
    losses.update(10, 3);
    expect(losses.now(995)).toEqual({ received: 1000, dropped: 5, interfaceDropped: 3 });
  });

  it('goes on counting where a 32-bit counter wraps', () => {
    const losses = new LossCounter(1);
    losses.update(0xffff_fff0, 0);
    losses.update(0x10, 0);
    expect(losses.now(5)).toEqual({ received: 0x1_0000_0015, dropped: 0x1_0000_0010, interfaceDropped: 0 });
  });

  it('leaves out losses before the start', () => {
    const losses = new LossCounter(1);
    losses.start(7, 1);
    losses.update(9, 1);
    expect(losses.now(0)).toEqual({ received: 2, dropped: 2, interfaceDropped: 0 });
  });

  it('adds counters that start again at each reading', () => {
    const losses = new LossCounter(1);
    for (let round = 0; round < 3; round++) losses.add(0xf000_0000);
    expect(losses.now(1)).toMatchObject({ received: 3 * 0xf000_0000 + 1, dropped: 3 * 0xf000_0000 });
  });
});

describe('callerOfSudo', () => {
  it.for([
    ['0', '0'],
    ['-1', '1000'],
    ['1000', ''],
    ['1000 ', '1000'],
    ['1e3', '1000'],
    ['4294967295', '1000'],
    ['99999999999', '1000'],
  ])('ignores %s and %s', ([uid, gid]) => {
    expect(callerOfSudo({ SUDO_UID: uid, SUDO_GID: gid })).toBe(null);
  });

  it('is the user of sudo when this is root', (context) => {
    needs(context, 'root');
    expect(callerOfSudo({ SUDO_UID: '1000', SUDO_GID: '100' })).toEqual({ uid: 1000, gid: 100 });
    expect(callerOfSudo({})).toBe(null);
  });
});

describe('parseControlMessage', () => {
  it('accepts only known messages', () => {
    expect(parseControlMessage('{"type":"tool","pid":7}')).toEqual({ type: 'tool', pid: 7 });
    for (const line of ['', 'nonsense', 'null', '[]', '{"type":"other"}', '{"pid":7}']) {
      expect(parseControlMessage(line)).toBe(null);
    }
  });
});

it('forEachLine gives whole lines however they are cut into chunks', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  const done = forEachLine(stream, (line) => lines.push(line));
  const text = Buffer.from('one\r\ntwö\rthree\nrest');
  for (const byte of text) stream.write(Buffer.from([byte]));
  stream.end();
  await done;
  expect(lines.filter((line) => line !== '')).toEqual(['one', 'twö', 'three', 'rest']);
});

it('liveOptions chooses the ring by the snap length', () => {
  expect(liveOptions('lo')).toMatchObject({
    backend: 'auto',
    snaplen: null,
    bufferMegabytes: 16,
    dropPrivileges: true,
  });
  expect(liveOptions('lo', { snaplen: 65535 }).bufferMegabytes).toBe(64);
  expect(defaultBufferMegabytes(96)).toBe(16);
});

describe('advice', () => {
  it('has a command for each system, and says which were not tried', () => {
    const said = (...asked: Parameters<typeof howToInstall>): string =>
      ENGLISH.errorText(howToInstall(...asked));
    expect(said('libpcap', 'debian')).toMatch(/^Install it: .*apt-get install libpcap0\.8'?$/);
    expect(said('libpcap', 'fedora')).toMatch(/dnf install libpcap.*untried/);
    expect(said('libpcap', 'alpine')).toMatch(/apk add libpcap.*untried/);
    const everywhere = said('dumpcap', 'other');
    for (const name of ['Debian', 'Fedora', 'Alpine', 'macOS']) expect(everywhere).toContain(`  ${name}: `);
    expect(thisSystem()).toMatch(/^[a-z]+$/);
  });

  it('escapes control characters of messages', () => {
    const failure = new StartFailure('failed', 'bad\x1b[2Jthing');
    const tried = { kind: 'skipped', source: 'libpcap', why: wordsOf('note\x07') } as const;
    const error = explainFailure(failure, liveOptions('e\nth'), 'tcpdump', [tried]);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toBe("Capturing on 'e\\nth' with tcpdump failed: bad\\x1b[2Jthing.");
    expect(error.hint).toBe('libpcap was skipped: note\\x07');
  });

  it('names one way to get the right', () => {
    const { advice } = permissionAdvice(['live', '-i', 'lo']);
    expect(advice).not.toEqual([]);
    for (const each of advice) expect(ENGLISH.errorText(each)).toMatch(/\w/);
  });
});

describe('interfaces', () => {
  it('has the loopback with its address', () => {
    const loopback = interfaceStates().find((state) => state.loopback);
    expect(loopback?.addresses).toContain('127.0.0.1');
    expect(loopback?.up).toBe(true);
  });

  it('says of each whether capturing would work', async (context) => {
    needs(context, 'root', 'koffi');
    await compiledHelper();
    const reports = await listInterfaces();
    const lo = reports.find(({ name }) => name === 'lo');
    expect(lo).toMatchObject({ backend: 'libpcap', problem: null, command: null, linkType: 1 });
    expect(reports.at(-1)).toMatchObject({ name: 'any', backend: 'libpcap', linkType: 276 });
    for (const report of reports.filter(({ up }) => !up)) expect(report.problem?.kind).toBe('interface-down');
  }, 60_000);
});
