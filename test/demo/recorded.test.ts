/**
 * The recording that is shown where capturing is not possible equals a capture: each scenario is played and captured,
 * with the same verdicts as its recording. Times, ports and counts of packets may differ.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Need, SCENARIOS, whyUnavailable } from '../../src/demo/scenarios.js';
import { type Json, needs, parse, run, start } from '../cli-live/setup.js';
import { compiledHelper } from '../live/setup.js';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(compiledHelper, 60_000);

const CAPTURES = join(import.meta.dirname, '../../captures');

/** The findings that a scenario is about. */
const ABOUT: Record<string, readonly string[]> = {
  'tcp no-answer': ['syn-retry'],
  'tcp syn-retry': ['syn-retry'],
  'tcp simultaneous-open': ['simultaneous-open'],
  'tcp fast-open': ['fast-open-cookie', 'fast-open-data'],
  'tcp keep-alive': ['keep-alive', 'keep-alive-ack'],
  'tcp zero-window': ['window-full', 'zero-window', 'zero-window-probe', 'window-update'],
  'tcp loss': ['retransmission', 'fast-retransmission'],
  'tcp port-reuse': ['reused-ports'],
};

/** The verdicts on each connection and flow, without values that differ from run to run. */
function said(stdout: string, name: string, about: readonly string[]): Json {
  const { connections, udpFlows } = parse(stdout);
  return {
    connections: connections.map(({ opening, closing, outcome, findings }) => ({
      opening: opening.kind,
      closing: closing.kind,
      initiator: closing.initiator,
      timeWait: closing.timeWait,
      reset: causeOf(closing.reset),
      outcome,
      findings: about.filter((code) => findings.some((finding) => finding.code === code)),
    })),
    flows: udpFlows.map(({ cast, answered, icmp, answeredBy, traffic }) => ({
      cast,
      // how many of them are lost depends on what the system counts
      traffic: name === 'lost' ? null : traffic,
      answered,
      answeredBy,
      icmp: icmp === null ? null : Object.keys(icmp as object),
    })),
  };
}

function causeOf(reset: unknown): unknown {
  if (typeof reset !== 'object' || reset === null) return null;
  const { by, cause } = reset as { by?: unknown; cause?: unknown };
  return { by, cause };
}

describe('live and recorded', () => {
  // a machine that is busy may delay an ACK, or be late with a FIN
  it.for(SCENARIOS.map(({ protocol, name, needs: need }) => [protocol, name, need] as const))(
    '%s %s',
    { retry: 2 },
    async ([protocol, name, need], context) => {
      needs(context, 'root', 'koffi');
      await skipWithout(need, context.skip);
      const command = ['demo', protocol, '--scenario', name, '--format', 'json'];
      const live = await run(command);
      expect(live.code).toBe(0);
      const refusal = /^synfin: (The network of this scenario cannot be set up.*)$/m.exec(live.stderr)?.[1];
      if (refusal !== undefined) return context.skip(refusal);
      expect(live.stderr).not.toContain('RECORDING');
      const recorded = await run([...command, '--recording']);
      expect(recorded.stderr).toContain('RECORDING');
      // in a package are those of the simple ones
      if (recorded.stderr.includes('there is none of')) return context.skip('this build has no recordings');
      const about = ABOUT[`${protocol} ${name}`] ?? [];
      const found = said(live.stdout, name, about);
      expect(found).toEqual(said(recorded.stdout, name, about));
      if (name === 'lost') expectLoss(live.stdout);
      const codes = parse(live.stdout).connections.flatMap(({ findings }) =>
        findings.map(({ code }) => code),
      );
      expect(codes).toEqual(expect.arrayContaining([...about]));
    },
  );

  it('where a program of the system fails, a message says so, and the demo ends', async (context) => {
    needs(context, 'root', 'koffi');
    await skipWithout('firewall', context.skip);
    const program = ['/usr/sbin/nft', '/usr/bin/nft', '/sbin/nft'].find((path) => existsSync(path)) ?? '';
    const broken = `mount --bind /bin/false ${program} && exec "$@"`;
    const before = ['unshare', '--mount', 'sh', '-c', broken, 'sh'];
    const { code, stderr } = await run(['demo', 'tcp', '--scenario', 'loss'], { before });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^synfin: The network of this scenario cannot be set up: nft: failed\nThis is a RECORDING/,
    );
  });

  it('Ctrl-C ends a demo in a namespace', async (context) => {
    needs(context, 'root', 'koffi');
    await skipWithout('delay', context.skip);
    const demo = start(['demo', 'tcp', '--scenario', 'simultaneous-open', '--format', 'json']);
    await demo.until(/net\.connect|RECORDING/);
    const { code, stderr } = await demo.interrupt();
    if (stderr.includes('RECORDING')) return context.skip('the network cannot be set up here');
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('there is a recording of each', () => {
    const missing = SCENARIOS.map(({ protocol, name }) =>
      name === 'simple' ? `demo-${protocol}.pcap` : `demo-${protocol}-${name}.pcap`,
    ).filter((file) => !existsSync(join(CAPTURES, file)));
    expect(missing).toEqual([]);
  });
});

function expectLoss(stdout: string): void {
  const [{ traffic } = { traffic: undefined }] = parse(stdout).udpFlows;
  const { client, server } = traffic as Record<'client' | 'server', { packets: number }>;
  expect(client.packets).toBe(20);
  expect(server.packets).toBeGreaterThan(0);
  expect(server.packets).toBeLessThan(20);
}

async function skipWithout(need: Need | undefined, skip: (reason: string) => void): Promise<void> {
  const lack = await whyUnavailable(need);
  if (lack !== null) skip(lack.error.kind);
}
