/** UDP flows as SVG, over every fixture: well-formed, complete, with a note where datagrams are left out. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeFiles, type UdpFlowReport } from '../../../src/index.js';
import { udpSvg } from '../../../src/render/svg/udp-ladder.js';
import { allCaptures, ROOT } from '../../cli/fixtures.js';
import { runCli } from '../../run-cli.js';
import { fault } from './fault.js';

const PLAIN = { width: 920, theme: 'auto', file: null, caveat: null } as const;

async function flowsOf(path: string): Promise<readonly UdpFlowReport[]> {
  try {
    return (await analyzeFiles([`${ROOT}/${path}`], { ladders: 3 })).udpFlows.slice(0, 3);
  } catch {
    return [];
  }
}

async function drawn(name: string): Promise<string> {
  const [flow] = await flowsOf(`captures/demo-udp${name}.pcap`);
  if (flow === undefined) throw new Error(`${name} has no flow`);
  return udpSvg(flow, PLAIN);
}

const packetsOf = (svg: string): number[] =>
  [...svg.matchAll(/data-packet="(\d+)"/g)].map(([, packet]) => Number(packet));

describe('UDP flows as SVG', () => {
  it('are well-formed for every capture, at each width', async () => {
    let pictures = 0;
    for (const path of allCaptures()) {
      for (const flow of await flowsOf(path)) {
        for (const width of [920, 600, 320]) {
          const svg = udpSvg(flow, { ...PLAIN, width, file: basename(path) });
          expect(fault(svg), `${path} ${flow.index} at ${width}`).toBeNull();
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
          pictures++;
        }
      }
    }
    expect(pictures).toBeGreaterThan(50);
  });

  it('have each datagram, and the ICMP error in its place', async () => {
    expect(packetsOf(await drawn(''))).toEqual([1, 2, 3, 4, 5, 6]);
    const refused = await drawn('-port-unreachable');
    expect(packetsOf(refused)).toEqual([1, 2]);
    expect(refused).toContain('ICMP from 127.0.0.1: port unreachable');
    expect(refused).toContain('UDP has no handshake and no closing: each datagram stands alone.');
  });

  it('name no state', async () => {
    for (const name of ['', '-lost', '-unanswered'])
      expect(await drawn(name)).not.toMatch(/LISTEN|ESTABLISHED|CLOSED/);
  });

  it('say how many datagrams they leave out', async () => {
    const [flow] = await flowsOf('captures/demo-udp.pcap');
    if (flow === undefined) throw new Error('no flow');
    const datagrams = Array.from({ length: 200 }, (_, at) => ({
      packet: at + 1,
      at: flow.startedAt + at * 1e6,
      side: 0 as const,
      length: 1,
    }));
    const traffic = { client: { packets: 5000, bytes: 5000 }, server: { packets: 0, bytes: 0 } };
    const svg = udpSvg({ ...flow, datagrams, traffic }, PLAIN);
    expect(packetsOf(svg)).toHaveLength(40);
    expect(svg).toContain('and 4,960 more datagrams');
  });
});

describe('--format svg of UDP', () => {
  it('shows the flow of a capture without TCP, and the one of several that --where selects', async () => {
    const one = await runCli(['captures/demo-udp.pcap', '--format', 'svg', '-q']);
    expect(one.code).toBe(0);
    expect(packetsOf(one.stdout)).toEqual([1, 2, 3, 4, 5, 6]);
    const several = 'captures/demo-udp-one-to-many.pcap';
    const { stdout: document } = await runCli([several, '--json']);
    const flows: { client: { port: number }; firstPacket: number }[] = JSON.parse(document).udpFlows;
    const [first, second] = flows;
    const { code, stderr } = await runCli([several, '--format', 'svg']);
    expect(code).toBe(2);
    expect(stderr).toContain(`shows one UDP flow, and there are ${flows.length} to choose from`);
    const where = `client.port == ${second?.client.port}`;
    const chosen = await runCli([several, '--format', 'svg', '--where', where, '-q']);
    expect(chosen.code).toBe(0);
    expect(packetsOf(chosen.stdout)[0]).toBe(second?.firstPacket);
    expect(second?.firstPacket).not.toBe(first?.firstPacket);
  });

  it('is not for mermaid, markdown and graphs, which say so', async () => {
    for (const more of [['mermaid'], ['markdown'], ['svg', '--graph', 'rtt']]) {
      const { code, stderr } = await runCli(['captures/demo-udp.pcap', '--format', ...more]);
      expect(code).toBe(2);
      expect(stderr).toContain('this capture has none; it has 1 UDP flow');
    }
  });
});
