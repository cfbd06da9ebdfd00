/** `--where … --write`: the packets of UDP flows that match, with the ICMP errors that belong to them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';
import { Repeated } from './repeated.js';

interface Flow {
  client: { address: string; port: number };
  server: { address: string; port: number };
  traffic: Record<'client' | 'server', { bytes: number; packets: number }>;
  icmp: { meaning: string } | null;
}
interface Document {
  capture: { packets: number; udpFlows: number };
  connections: { server: { port: number } }[];
  udpFlows: Flow[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-flows-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function documentOf(path: string): Promise<Document> {
  return JSON.parse((await runCli(['analyze', path, '--json'])).stdout);
}

/** What is extracted, and the message on standard error. */
async function cut(name: string, ...options: string[]): Promise<{ path: string; stderr: string }> {
  const path = join(folder, `${name}.pcap`);
  const { code, stderr } = await runCli(['analyze', ...options, '--write', path]);
  expect(code).toBe(0);
  return { path, stderr };
}

const capture = (name: string): string => resolve(ROOT, name);
const sum = ({ traffic }: Flow): number => traffic.client.packets + traffic.server.packets;

describe('UDP flows that match', () => {
  it('are extracted whole, and nothing else', async () => {
    const whole = await documentOf(capture('captures/demo-udp-one-to-many.pcap'));
    const [flow] = whole.udpFlows;
    if (flow === undefined) throw new Error('no flow');
    const { port } = flow.client;
    const { path, stderr } = await cut(
      'one',
      capture('captures/demo-udp-one-to-many.pcap'),
      '--where',
      `client.port == ${port}`,
    );
    const found = await documentOf(path);
    expect(found.udpFlows.map(({ client, traffic }) => ({ client, traffic }))).toEqual([
      { client: flow.client, traffic: flow.traffic },
    ]);
    expect(found.capture.packets).toBe(sum(flow));
    expect(stderr).not.toContain('0 connections');
    expect(stderr).toContain(`1 of ${whole.udpFlows.length} UDP flows matches`);
  });

  it('have every ICMP error that quotes them, also after their last datagram', async () => {
    // three questions to a closed port, each with its error
    const source = join(folder, 'three.pcap');
    writeFileSync(source, new Repeated(capture('fixtures/kernel/udp-port-unreachable.pcap')).capture(3));
    const whole = await documentOf(source);
    const { path } = await cut('icmp', source, '--where', 'protocol == "udp"');
    const found = await documentOf(path);
    expect(found.udpFlows).toEqual(whole.udpFlows);
    expect(found.udpFlows).toHaveLength(1);
    expect([whole.capture.packets, found.capture.packets]).toEqual([6, 6]);
  });

  it('have the fragments that their datagrams came in', async () => {
    const source = capture('captures/demo-udp-fragments.pcap');
    const whole = await documentOf(source);
    const { path } = await cut('fragments', source, '--where', 'protocol == "udp"');
    expect((await documentOf(path)).capture.packets).toBe(whole.capture.packets);
  });

  it('go with the connections that match the same', async () => {
    const source = capture('fixtures/kernel/tcp-and-udp.pcap');
    const whole = await documentOf(source);
    const both = await cut('both', source, '--where', 'duration >= 0s');
    expect((await documentOf(both.path)).capture.packets).toBe(whole.capture.packets);
    const tcp = await cut('tcp', source, '--where', 'protocol == "tcp"');
    const onlyTcp = await documentOf(tcp.path);
    expect(onlyTcp.connections).toHaveLength(whole.connections.length);
    expect(onlyTcp.udpFlows).toEqual([]);
    const udp = await documentOf((await cut('udp', source, '--where', 'protocol == "udp"')).path);
    expect(udp.connections).toEqual([]);
    expect(udp.capture.packets).toBe(whole.capture.packets - onlyTcp.capture.packets);
    const named = await documentOf((await cut('named', source, '--connection', '0')).path);
    expect(named.udpFlows).toEqual([]);
  });

  it('are the packets that tshark finds', async ({ skip }) => {
    if (spawnSync('tshark', ['--version']).error !== undefined) skip('needs tshark');
    const source = capture('captures/demo-udp-one-to-many.pcap');
    const [, flow] = (await documentOf(source)).udpFlows;
    const port = flow?.client.port ?? 0;
    const { path } = await cut('tshark', source, '--where', `client.port == ${port}`);
    const times = (...options: string[]): string[] =>
      spawnSync('tshark', [...options, '-T', 'fields', '-e', 'frame.time_epoch'], { encoding: 'utf8' })
        .stdout.trim()
        .split('\n');
    expect(times('-r', path)).toEqual(times('-r', source, '-Y', `udp.port == ${port}`));
  });
});
