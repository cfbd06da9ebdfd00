/** Zeek's conn_state by its own rules, on openings and closings that each meet one of them; and RFC words. */
import { describe, expect, it } from 'vitest';
import { castOf, icmpReport } from '../../src/verdict/udp.js';
import { runScenario } from '../scenario/scenario.js';

const OPEN = '> S 100\n< SA 300 101\n> A 101 301\n';

describe('Zeek', () => {
  it.each([
    ['S0', 'S', '> S 100'],
    ['REJ', 'Sr', '> S 100\n< RA 0 101'],
    ['S1', 'ShA', OPEN],
    ['S1', 'Sh', '> S 100\n< SA 300 101'],
    ['SF', 'ShAFf', `${OPEN}> FA 101 301\n< FA 301 102\n> A 102 302`],
    ['S2', 'ShAFa', `${OPEN}> FA 101 301\n< A 301 102`],
    ['S3', 'ShAf', `${OPEN}< FA 301 101\n> A 101 302`],
    ['RSTO', 'ShAR', `${OPEN}> RA 101 301`],
    ['RSTR', 'ShAr', `${OPEN}< RA 301 101`],
    ['RSTOS0', 'SR', '> S 100\n> R 101'],
    ['RSTRH', '^hr', '< SA 300 101\n< R 301'],
    ['SH', 'SF', '> S 100\n> F 101'],
    ['SHR', '^hf', '< SA 300 101\n< FA 301 101'],
    ['OTH', 'D', 'port 50000\n> PA 100 300 len 5'],
    // likely server ports and who spoke first turn the roles over
    ['OTH', '^d', '< PA 300 100 len 5'],
    // an ignored RST counts here all the same
    ['RSTR', 'ShAr', `${OPEN}< R 900000`],
    ['S1', 'ShADTTd', `${OPEN}> A 101 301 len 5\n${'+1 > A 101 301 len 5\n'.repeat(10)}< A 301 106 len 5`],
    ['S1', 'ShADaw', `${OPEN}> A 101 301 len 5\n< A 301 106\n< A 301 106 win 0`],
  ])('%s %s', async (state, history, text) => {
    const { connections } = await runScenario(text);
    expect([connections[0]?.connState, connections[0]?.history]).toEqual([state, history]);
  });
});

describe('Wireshark’s completeness', () => {
  it.each([
    [1, '> S 100'],
    [3, '> S 100\n< SA 300 101'],
    [7, OPEN],
    [15, `${OPEN}> PA 101 301 len 5`],
    [37, '> S 100\n< RA 0 101'],
    [23, `${OPEN}> FA 101 301\n< FA 301 102\n> A 102 302`],
    [31, `${OPEN}> PA 101 301 len 5\n> FA 106 301\n< FA 301 107\n> A 107 302`],
    [39, `${OPEN}> RA 101 301`],
    // an RST outside the window counts, a FIN without ACK does not
    [39, `${OPEN}< R 900000`],
    [7, `${OPEN}> F 101`],
    // data on the SYN
    [9, '> S 100 len 5'],
  ])('%i', async (completeness, text) => {
    const { connections } = await runScenario(text);
    expect(connections[0]?.completeness).toBe(completeness);
  });
});

describe('UDP and ICMP', () => {
  it.each([
    ['192.0.2.1', 'unicast'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['240.0.0.1', 'unicast'],
    ['223.255.255.255', 'unicast'],
    ['255.255.255.255', 'broadcast'],
    ['ff02::1', 'multicast'],
    ['fe80::1', 'unicast'],
    ['ff::1', 'unicast'],
  ])('%s is %s', (address, cast) => {
    expect(castOf(address)).toBe(cast);
  });

  it.each([
    [4, 3, 0, 'network-unreachable'],
    [4, 3, 1, 'host-unreachable'],
    [4, 3, 3, 'port-unreachable'],
    [4, 3, 13, 'administratively-prohibited'],
    [4, 11, 0, 'time-exceeded'],
    [6, 1, 0, 'no-route'],
    [6, 1, 4, 'port-unreachable'],
    [6, 2, 0, 'packet-too-big'],
    [6, 1, 99, 'icmp-error'],
  ] as const)('IPv%i ICMP %i/%i is %s', (version, type, code, meaning) => {
    const answer = { packet: 1, at: 0, version, typeAndCode: type * 256 + code, mtu: null };
    expect(icmpReport({ ...answer, side: 0, from: [0, 0, 0, 1] })).toMatchObject({ type, code, meaning });
  });
});
