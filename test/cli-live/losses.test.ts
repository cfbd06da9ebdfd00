/** Packets that the kernel lost are counted right, and reported wherever they matter; copies do not count. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import {
  echoServer,
  freeUdpPort,
  namespace,
  needs,
  parse,
  run,
  startLive,
  temporaryFolder,
} from './setup.js';

vi.setConfig({ testTimeout: 40_000 });
const folder = temporaryFolder();
const FLOOD = fileURLToPath(new URL('../live/flood.mjs', import.meta.url));

/** @returns how many were sent. */
async function flood(port: number, rate: number, seconds: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [FLOOD, port, rate, seconds].map(String));
  return Number(stdout);
}

it('50,000 packets a second for ten seconds: all analysed, none lost', async (context) => {
  needs(context, 'root', 'koffi');
  const port = await freeUdpPort();
  const live = await startLive(['--filter', `udp port ${port}`, '--format', 'json']);
  const sent = await flood(port, 50_000, 10);
  const { code, stdout } = await live.interrupt();
  expect(code).toBe(0);
  expect(sent).toBe(500_000);
  expect(parse(stdout).capture).toMatchObject({ packets: sent, udpDatagrams: sent, drops: { kernel: 0 } });
});

describe('when the analysis is stopped and packets must be lost', () => {
  it('sent = seen + reported as lost, and doubtful verdicts say so: live, in the file, and in text', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const port = await freeUdpPort();
    const file = join(folder, 'lossy.pcapng');
    const filter = `udp port ${port} or tcp port ${server.port}`;
    const live = await startLive(['--filter', filter, '--buffer', '1', '--write', file, '--format', 'json']);
    await server.talk(1);
    const open = server.hold(3000);
    await delay(200);
    live.child.kill('SIGSTOP');
    const sent = await flood(port, 60_000, 1);
    live.child.kill('SIGCONT');
    await delay(300);
    const { code, stdout } = await live.interrupt();
    expect(code).toBe(0);
    const { capture, connections, udpFlows } = parse(stdout);
    const lost = capture.drops?.kernel ?? 0;
    expect(lost).toBeGreaterThan(0);
    const flow = udpFlows[0] as unknown as { traffic: { client: { packets: number } } };
    expect(flow.traffic.client.packets + lost).toBe(sent);

    const caveat = {
      code: 'drops-weaken',
      packet: 0,
      severity: 'warning',
      values: {},
      text: expect.stringMatching(
        /^[\d,]+ packets lost while capturing: "not seen" may mean "not captured"$/,
      ),
    };
    const [whole, halfWay] = connections;
    expect(whole?.closing.complete).toBe(true);
    expect(whole?.findingCounts['drops-weaken']).toBe(undefined);
    expect(halfWay?.closing.kind).toBe('open');
    expect(halfWay?.findings).toContainEqual(caveat);
    expect(halfWay?.findingCounts['drops-weaken']).toBe(1);
    expect(udpFlows[0]?.findings).toContainEqual(caveat);

    // the file has the count too, so its analysis says the same, in each format
    const again = parse((await run(['analyze', file, '--format', 'json'])).stdout);
    expect(again.capture.drops).toEqual(capture.drops);
    expect(again.connections).toEqual(connections);
    expect(again.udpFlows).toEqual(udpFlows);
    const lines = (await run(['analyze', file, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as { type: string; closing?: { kind: string } });
    expect(objects.find(({ closing }) => closing?.kind === 'open')).toMatchObject({
      findingCounts: { 'drops-weaken': 1 },
    });
    const { stdout: text } = await run(['analyze', file, '--width', '200']);
    expect(text.match(/note: [\d,]+ packets lost while capturing/g)).toHaveLength(2);
    await open;
    server.close();
  });

  it('is shown during the capture, and NDJSON has it as far as known', async (context) => {
    needs(context, 'root', 'koffi');
    const port = await freeUdpPort();
    const live = await startLive(['--filter', `udp port ${port}`, '--buffer', '1', '--format', 'ndjson']);
    live.child.kill('SIGSTOP');
    const sent = await flood(port, 60_000, 0.7);
    live.child.kill('SIGCONT');
    await delay(300);
    const { stdout } = await live.interrupt();
    const [flow, capture] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const { packets, drops } = capture as { packets: number; drops: { kernel: number } };
    expect(drops.kernel).toBeGreaterThan(0);
    expect(packets + drops.kernel).toBe(sent);
    expect(flow).toMatchObject({ type: 'udpFlow', findings: [{ code: 'drops-weaken' }] });
  });
});

describe('captured more than once', () => {
  it('on a bridge with -i any: copies are recognised and counted as nothing else', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    const bridge = namespace();
    const hosts = [namespace(), namespace()] as const;
    try {
      bridge.run('ip', 'link', 'add', 'br0', 'type', 'bridge');
      bridge.run('ip', 'link', 'set', 'br0', 'up');
      hosts.forEach((host, index) => {
        const port = `port${index}`;
        bridge.run('ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'cable', 'netns', host.name);
        bridge.run('ip', 'link', 'set', port, 'master', 'br0');
        bridge.run('ip', 'link', 'set', port, 'up');
        host.run('ip', 'address', 'add', `10.3.0.${index + 1}/24`, 'dev', 'cable');
        host.run('ip', 'link', 'set', 'cable', 'up');
      });
      const within = (host: string) => ['ip', 'netns', 'exec', host];
      const serve = `require('net').createServer({ allowHalfOpen: true }, (s) => s.pipe(s)).listen(7777, () => console.log('up'))`;
      const [word = '', ...words] = [...within(hosts[1].name), process.execPath, '-e', serve];
      const server = spawn(word, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(server.stdout, 'data');
      const argv = ['--filter', 'tcp port 7777', '--format', 'json'];
      const one = await startLive(['-i', 'cable', ...argv], { before: within(hosts[0].name) });
      const all = await startLive(['-i', 'any', ...argv], { before: within(bridge.name) });
      const client = `const s = require('net').connect(7777, '10.3.0.2', () => s.end('hello')); s.resume().on('close', () => process.exit())`;
      hosts[0].run(process.execPath, '-e', client);
      await delay(100);
      const expected = parse((await one.interrupt()).stdout);
      const found = parse((await all.interrupt()).stdout);
      server.kill();
      expect(found.capture.packets).toBe(2 * expected.capture.packets);
      expect(found.connections.length).toBe(1);
      const [a] = expected.connections;
      const [b] = found.connections;
      expect(b?.findingCounts['capture-duplicate']).toBe(expected.capture.packets);
      expect(b?.findingCounts.retransmission).toBe(undefined);
      for (const name of ['client', 'server'] as const) {
        expect(b?.traffic[name].packets).toBe(a?.traffic[name].packets);
        expect(b?.states[name]).toBe(a?.states[name]);
      }
      expect(b?.opening.kind).toBe(a?.opening.kind);
      expect(b?.closing.kind).toBe(a?.closing.kind);
    } finally {
      bridge.remove();
      for (const host of hosts) host.remove();
    }
  });
});
