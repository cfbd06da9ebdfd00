/** Scans, sweeps, floods and health checks: patterns of many connections, and similar traffic that is none. */
import { describe, expect, it } from 'vitest';
import { noOutcomes } from '../../src/verdict/attempt-outcomes.js';
import type { Pattern } from '../../src/verdict/patterns.js';
import { runScenario } from '../scenario/scenario.js';

/** The same lines for each number, which replaces `@`. */
function each(count: number, lines: string, from: number): string {
  return Array.from({ length: count }, (_, index) => lines.replaceAll('@', String(from + index))).join('\n');
}

/** The same lines for many ports of the right end, all from one left port. */
function overPorts(count: number, lines: string, from = 1000): string {
  return each(count, `port @\n${lines}`, from);
}

/** The same for one port of many hosts. */
function overHosts(count: number, lines: string, from = 10): string {
  return each(count, `right @\n${lines}`, from);
}

/** The same lines from many left ports to port 80; the left port replaces `@`. */
function overClients(count: number, lines: string, firstPort = 20_000): string {
  return each(count, lines, firstPort);
}

/** A connection at each of these times in seconds, each from another port, which replaces `@`; `+T` is T later. */
function atTimes(times: readonly number[], lines: string): string {
  return times.map((time, index) => `${time} ${lines.replaceAll('@', String(20_000 + index))}`).join('\n');
}

function every(seconds: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => index * seconds);
}

async function patternsOf(text: string): Promise<Pattern[]> {
  return (await runScenario(text)).summary.patterns;
}

async function codesOf(text: string): Promise<string[]> {
  return (await patternsOf(text)).map(({ code }) => code);
}

const OPENED = '@> S 100\n@< SA 300 101\n@> A 101 301\n@> PA 101 301 len 5\n@< A 301 106';
const REFUSED = '> S 100\n< RA 0 101';
const SILENT = '> S 100';
const HALF_OPEN = '> S 100\n< SA 300 101\n> R 101';
const USED = '> S 100\n< SA 300 101\n> A 101 301\n> PA 101 301 len 5\n< A 301 106';
const CLOSED = '> S 100\n< SA 300 101\n> A 101 301\n> FA 101 301\n< FA 301 102\n> A 102 302';
/** The client's socket accepts the SYN-ACK and is closed with SO_LINGER 0. */
const GIVEN_UP = '> S 100\n< SA 300 101\n> RA 101 301 win 502';

describe('port scans', () => {
  it.each([
    ['syn-scan', HALF_OPEN, { notCompleted: 12 }],
    ['connect-scan', '> S 100\n< SA 300 101\n> A 101 301\n> RA 101 301', { reset: 12 }],
    ['connect-scan', CLOSED, { closed: 12 }],
    ['connect-scan', GIVEN_UP, { reset: 12 }],
    ['port-scan', REFUSED, { refused: 12 }],
    ['port-scan', SILENT, { noAnswer: 12 }],
    ['ack-scan', '> A 100 300\n< R 300', { refused: 12 }],
    ['fin-scan', '> F 100\n< RA 0 101', { refused: 12 }],
    ['null-scan', '> - 100\n< RA 0 100', { refused: 12 }],
    ['xmas-scan', '> FPU 100\n< RA 0 101', { refused: 12 }],
    ['xmas-scan', '> FPU 100', { noAnswer: 12 }],
  ] as const)('%s (%s)', async (code, lines, outcomes) => {
    const [pattern, ...others] = await patternsOf(overPorts(12, lines));
    expect(pattern).toEqual({
      code,
      address: '192.0.2.1',
      target: '198.51.100.2',
      port: null,
      ports: 12,
      hosts: 1,
      count: 12,
      interval: null,
      outcomes: { ...noOutcomes(), ...outcomes },
      firstPacket: 1,
      exact: true,
    });
    expect(others).toEqual([]);
  });

  it('from 10 ports of one host on', async () => {
    expect(await codesOf(overPorts(9, REFUSED))).toEqual([]);
    expect(await codesOf(overPorts(10, REFUSED))).toEqual(['port-scan']);
  });

  it('where more than half of the ports led to nothing', async () => {
    const half = `${overPorts(10, REFUSED)}\n${overPorts(10, USED, 2000)}`;
    expect(await codesOf(half)).toEqual([]);
    expect(await patternsOf(`${half}\n${overPorts(1, SILENT, 3000)}`)).toMatchObject([
      { code: 'port-scan', ports: 21, outcomes: { refused: 10, used: 10, noAnswer: 1 } },
    ]);
  });

  it('counts a port once, by its best outcome', async () => {
    const twice = `${overPorts(10, SILENT)}\n${overPorts(10, '41000> S 100\n41000< RA 0 101')}`;
    expect(await patternsOf(twice)).toMatchObject([{ ports: 10, outcomes: { refused: 10, noAnswer: 0 } }]);
  });

  it('of several hosts are one, with the number of ports and of hosts', async () => {
    const text = each(3, `right @\n${overPorts(12, REFUSED).replaceAll('@', '')}`, 10);
    expect(await patternsOf(text)).toMatchObject([
      { code: 'port-scan', target: null, ports: 12, hosts: 3, count: 12, outcomes: { refused: 36 } },
    ]);
  });

  it('are none where the connections were used, or stay open', async () => {
    expect(await codesOf(overPorts(20, USED))).toEqual([]);
    expect(await codesOf(overPorts(20, '> S 100\n< SA 300 101\n> A 101 301'))).toEqual([]);
  });

  it('are none where old connections end: their segments come from the port of a service', async () => {
    // a server after a restart: FINs, and keep-alives, to the clients that it had
    const fins = overClients(12, '@< FA 300 100\n@> R 100');
    expect(await codesOf(fins)).toEqual([]);
    expect(await codesOf(overClients(12, '@< A 300 100\n@> R 100'))).toEqual([]);
    // the other way round: a FIN is no probe of an ACK scan
    expect(await codesOf(overPorts(12, '> FA 100 300\n< R 300'))).toEqual([]);
  });

  it('are none where both ends of old connections have the ports of clients', async () => {
    const strays = (from: number): string => overPorts(12, '50000> A 100 300\n50000< R 300', from);
    expect(await codesOf(strays(32_768))).toEqual([]);
    expect(await codesOf(`${strays(32_759)}`)).toEqual([]);
    expect(await codesOf(`${strays(32_758)}`)).toEqual(['ack-scan']);
  });

  it('over IPv6', async () => {
    const text = `ipv6\n${overPorts(12, REFUSED)}\n${overPorts(3, USED, 2000)}\nright 9\n${overPorts(3, USED, 3000)}`;
    expect(await patternsOf(text)).toMatchObject([
      {
        code: 'port-scan',
        address: '2001:db8::1',
        target: '2001:db8::2',
        ports: 15,
        outcomes: { refused: 12, used: 3 },
      },
    ]);
    const sweep = `ipv6\n${overHosts(11, SILENT)}\n${overHosts(2, USED, 50)}`;
    expect(await patternsOf(sweep)).toMatchObject([{ code: 'host-sweep', hosts: 13, outcomes: { used: 2 } }]);
    const checks = `ipv6\n${atTimes(every(10, 5), CHECK)}`;
    expect(await patternsOf(checks)).toMatchObject([
      { code: 'health-checks', target: '2001:db8::2', count: 5 },
    ]);
  });

  it('are none where RSTs answer segments that were not captured', async () => {
    expect(await codesOf(overPorts(12, '> R 100'))).toEqual([]);
    expect(await codesOf(overPorts(12, '> RA 100 300'))).toEqual([]);
  });
});

describe('host sweeps', () => {
  it.each([
    [REFUSED, { refused: 12 }],
    [SILENT, { noAnswer: 12 }],
    [HALF_OPEN, { notCompleted: 12 }],
  ])('one port of many hosts (%s)', async (lines, outcomes) => {
    expect(await patternsOf(`port 23\n${overHosts(12, lines)}`)).toEqual([
      {
        code: 'host-sweep',
        address: '192.0.2.1',
        target: null,
        port: 23,
        ports: 1,
        hosts: 12,
        count: 12,
        interval: null,
        outcomes: { ...noOutcomes(), ...outcomes },
        firstPacket: 1,
        exact: true,
      },
    ]);
  });

  it('from 10 hosts on', async () => {
    expect(await codesOf(overHosts(9, SILENT))).toEqual([]);
    expect(await codesOf(overHosts(10, SILENT))).toEqual(['host-sweep']);
  });

  it('where more than half of the hosts opened no connection', async () => {
    const half = `${overHosts(10, SILENT)}\n${overHosts(10, USED, 100)}`;
    expect(await codesOf(half)).toEqual([]);
    expect(await patternsOf(`${half}\n${overHosts(1, REFUSED, 200)}`)).toMatchObject([
      { code: 'host-sweep', hosts: 21, outcomes: { noAnswer: 10, refused: 1, used: 10 } },
    ]);
  });

  it('of up to 5 ports', async () => {
    const ports = (count: number): string =>
      each(count, `port @\n${overHosts(12, SILENT).replaceAll('@', '')}`, 80);
    expect(await patternsOf(ports(5))).toMatchObject([
      { code: 'host-sweep', port: null, ports: 5, hosts: 12 },
    ]);
    expect(await codesOf(ports(6))).toEqual([]);
  });

  it('are found among other attempts that fail', async () => {
    const others = each(8, `port @\nright 250\n${SILENT}`, 5000);
    const [sweep] = await patternsOf(`port 23\n${overHosts(90, SILENT)}\n${others}`);
    expect(sweep).toMatchObject({ code: 'host-sweep', port: 23, ports: 1, hosts: 90 });
  });

  it('are none where many hosts answer: load balancers, crawlers, peers', async () => {
    for (const lines of [USED, CLOSED, GIVEN_UP]) expect(await codesOf(overHosts(30, lines))).toEqual([]);
  });

  it('are none where each host is tried at another port: peers', async () => {
    expect(await codesOf(each(30, `right @\nport 60@\n${SILENT}`, 100))).toEqual([]);
  });

  it('are none where most hosts are tried more than twice: somebody waits for them', async () => {
    const round = (port: number, hosts: number): string => overHosts(hosts, SILENT.replace('>', `${port}>`));
    const twice = `${round(41_000, 12)}\n${round(42_000, 12)}`;
    expect(await codesOf(twice)).toEqual(['host-sweep']);
    expect(await codesOf(`${twice}\n${round(43_000, 5)}`)).toEqual(['host-sweep']);
    expect(await codesOf(`${twice}\n${round(43_000, 6)}`)).toEqual([]);
  });
});

describe('SYN floods', () => {
  it('many openings at one port that are never completed', async () => {
    const patterns = await patternsOf(overClients(60, '@> S 100\n@< SA 300 101'));
    expect(patterns).toContainEqual({
      code: 'syn-flood',
      address: '198.51.100.2',
      target: '198.51.100.2',
      port: 80,
      ports: 1,
      hosts: 1,
      count: 60,
      interval: null,
      outcomes: { ...noOutcomes(), notCompleted: 60 },
      firstPacket: 1,
      exact: true,
    });
  });

  it('is none where most openings are completed', async () => {
    const text = `${overClients(60, '@> S 100\n@< SA 300 101')}\n${overClients(300, OPENED, 30_000)}`;
    expect(await codesOf(text)).not.toContain('syn-flood');
  });

  it('is none where most openings were completed before', async () => {
    const text = `${overClients(200, OPENED)}\n${overClients(60, '@> S 100\n@< SA 300 101', 30_000)}`;
    expect(await codesOf(text)).not.toContain('syn-flood');
  });

  it('up to one in five may be answered in full', async () => {
    const flood = overClients(60, '@> S 100');
    expect(await codesOf(`${flood}\n${overClients(15, OPENED, 30_000)}`)).toEqual(['syn-flood']);
    expect(await codesOf(`${flood}\n${overClients(16, OPENED, 30_000)}`)).toEqual([]);
  });

  it('from 50 openings on', async () => {
    expect(await codesOf(overClients(49, '@> S 100'))).toEqual([]);
    expect(await codesOf(overClients(50, '@> S 100'))).toEqual(['syn-flood']);
  });

  it('is none where they come slowly: a client that tries a host that is gone', async () => {
    expect(await codesOf(atTimes(every(1, 60), '@> S 100'))).toEqual(['syn-flood']);
    expect(await codesOf(atTimes(every(1.01, 60), '@> S 100'))).toEqual([]);
  });

  it('is none where clients give up connections that were answered', async () => {
    expect(await codesOf(overClients(60, GIVEN_UP.replaceAll(/[<>]/g, '@$&')))).not.toContain('syn-flood');
  });
});

const CHECK =
  '@> S 100\n+0.001 @< SA 300 101\n+0.001 @> A 101 301\n+0.001 @> FA 101 301\n+0.001 @< FA 301 102\n+0.001 @> A 102 302';
const CHECK_RESET = '@> S 100\n+0.001 @< SA 300 101\n+0.001 @> RA 101 301 win 502';

describe('health checks', () => {
  it.each([
    [CHECK, { closed: 12 }],
    [CHECK_RESET, { reset: 12 }],
    ['@> S 100\n+0.001 @< SA 300 101\n+0.001 @> A 101 301\n+0.001 @> RA 101 301', { reset: 12 }],
  ])('one port of one host again and again (%s)', async (lines, outcomes) => {
    expect(await patternsOf(`port 8080\n${atTimes(every(10, 12), lines)}`)).toEqual([
      {
        code: 'health-checks',
        address: '192.0.2.1',
        target: '198.51.100.2',
        port: 8080,
        ports: 1,
        hosts: 1,
        count: 12,
        interval: 10,
        outcomes: { ...noOutcomes(), ...outcomes },
        firstPacket: 1,
        exact: true,
      },
    ]);
  });

  it('from 3 on', async () => {
    expect(await codesOf(atTimes(every(10, 2), CHECK))).toEqual([]);
    expect(await codesOf(atTimes(every(10, 3), CHECK))).toEqual(['health-checks']);
  });

  it('whose median interval is 100 ms at least', async () => {
    expect(await patternsOf(atTimes(every(0.1, 5), CHECK))).toMatchObject([{ interval: 0.1 }]);
    expect(await codesOf(atTimes(every(0.099, 5), CHECK))).toEqual([]);
  });

  it('that are closed within a second of their opening', async () => {
    const closedAfter = (time: number): string => CHECK.replace('+0.001 @> FA', `+${time} @> FA`);
    expect(await codesOf(atTimes(every(10, 5), closedAfter(1)))).toEqual(['health-checks']);
    expect(await codesOf(atTimes(every(10, 5), closedAfter(1.001)))).toEqual([]);
  });

  it('whose intervals are equal: three in four within a quarter of their median', async () => {
    const steps = (...list: number[]): number[] => {
      const times = [0];
      for (const step of list) times.push((times.at(-1) ?? 0) + step);
      return times;
    };
    expect(await codesOf(atTimes(steps(10, 10, 10, 12.5), CHECK))).toEqual(['health-checks']);
    // 9 of 12, and 8 of 12
    const equal = [10, 10, 10, 10, 10, 10, 10, 10];
    expect(await codesOf(atTimes(steps(...equal, 10, 20, 20, 20), CHECK))).toEqual(['health-checks']);
    expect(await codesOf(atTimes(steps(...equal, 20, 20, 20, 20), CHECK))).toEqual([]);
    // a browser's connections that it did not need
    expect(await codesOf(atTimes(steps(1, 17, 3, 40, 2, 8), CHECK))).toEqual([]);
  });

  it('of two alternating probers, liveness and readiness', async () => {
    const times = [...every(10, 6), ...every(10, 6).map((time) => time + 3)].sort((a, b) => a - b);
    expect(await patternsOf(atTimes(times, CHECK))).toMatchObject([
      { code: 'health-checks', count: 12, interval: 5 },
    ]);
  });

  it('count other outcomes of the same port separately', async () => {
    const text = `${atTimes(every(10, 5), CHECK)}\n60 30000> S 100\n+0.001 30000< RA 0 101\n${OPENED.replaceAll('@', '31000')}`;
    expect(await patternsOf(text)).toMatchObject([
      { count: 5, outcomes: { closed: 5, refused: 1, used: 1 } },
    ]);
  });

  it('are none where data flows, or where the server closes first', async () => {
    const answered = CHECK.replace(
      '+0.001 @> FA 101 301',
      '+0.001 @< PA 301 101 len 9\n+0.001 @> FA 101 310',
    );
    expect(await codesOf(atTimes(every(10, 5), answered))).toEqual([]);
    const server =
      '@> S 100\n+0.001 @< SA 300 101\n+0.001 @> A 101 301\n+0.001 @< FA 301 101\n+0.001 @> FA 101 302';
    expect(await codesOf(atTimes(every(10, 5), server))).toEqual([]);
  });

  it('of many ports of a host are no port scan', async () => {
    const round = (time: number): string =>
      Array.from({ length: 12 }, (_, index) => {
        const check = CHECK_RESET.replaceAll('@', String(20_000 + time * 10 + index));
        return `port ${1000 + index}\n${time} ${check}`;
      }).join('\n');
    const codes = await codesOf(every(10, 4).map(round).join('\n'));
    expect(new Set(codes)).toEqual(new Set(['health-checks']));
    expect(codes.length).toBe(12);
  });
});

describe('a connection on both sides of a translation', () => {
  it('is counted once', async () => {
    // each SYN before and behind a router that translates the client's address
    const both = (port: number): string =>
      `port ${port}\nleft 1\n> S 100 id 7\nleft 99\n+0.00001 > S 100 id 7 ttl 63\n+0.001 < RA 0 101\nleft 1\n+0.00001 < RA 0 101 ttl 63`;
    const text = Array.from({ length: 12 }, (_, index) => both(1000 + index)).join('\n');
    expect(await patternsOf(text)).toMatchObject([{ code: 'port-scan', address: '192.0.2.1', ports: 12 }]);
  });
});

describe('single connections', () => {
  it.each([
    ['null-scan', '> - 100'],
    ['fin-scan', '> F 100'],
    ['xmas-scan', '> FPU 100'],
  ])('%s is a separate finding', async (code, line) => {
    const { connections } = await runScenario(`${line}\n< RA 0 100`);
    expect(connections[0]?.findingCounts[code]).toBe(1);
  });
});
