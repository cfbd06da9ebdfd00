/** Scans and floods: what only shows over many connections, and what must not be taken for it. */
import { describe, expect, it } from 'vitest';
import type { Pattern } from '../../src/verdict/patterns.js';
import { runScenario } from '../scenario/scenario.js';

/** The same lines for many ports of the right end, all from one left port. */
function overPorts(count: number, lines: string): string {
  return Array.from({ length: count }, (_, index) => `port ${1000 + index}\n${lines}`).join('\n');
}

/** The same lines from many left ports to port 80; `@` stands for the left port. */
function overClients(count: number, lines: string, firstPort = 20_000): string {
  const ports = Array.from({ length: count }, (_, index) => String(firstPort + index));
  return ports.map((port) => lines.replaceAll('@', port)).join('\n');
}

async function patternsOf(text: string): Promise<Pattern[]> {
  return (await runScenario(text)).summary.patterns;
}

const OPENED = '@> S 100\n@< SA 300 101\n@> A 101 301\n@> PA 101 301 len 5\n@< A 301 106';

describe('scans', () => {
  it.each([
    ['syn-scan', '> S 100\n< SA 300 101\n> R 101'],
    ['connect-scan', '> S 100\n< SA 300 101\n> A 101 301\n> RA 101 301'],
    ['port-scan', '> S 100\n< RA 0 101'],
    ['fin-scan', '> F 100\n< RA 0 101'],
    ['null-scan', '> - 100\n< RA 0 100'],
    ['xmas-scan', '> FPU 100\n< RA 0 101'],
  ] as const)('%s', async (code, lines) => {
    const [pattern, ...others] = await patternsOf(overPorts(12, lines));
    expect(pattern).toEqual({ code, address: '192.0.2.1', port: null, count: 12, firstPacket: 1 });
    expect(others).toEqual([]);
  });

  it('is none where only few ports were tried', async () => {
    expect(await patternsOf(overPorts(9, '> S 100\n< RA 0 101'))).toEqual([]);
  });

  it('is none where the connections were used', async () => {
    const used = '> S 100\n< SA 300 101\n> A 101 301\n> PA 101 301 len 5\n< A 301 106';
    expect(await patternsOf(overPorts(20, used))).toEqual([]);
  });
});

describe('SYN floods', () => {
  it('many openings at one port that are never completed', async () => {
    const patterns = await patternsOf(overClients(60, '@> S 100\n@< SA 300 101'));
    expect(patterns).toContainEqual({
      code: 'syn-flood',
      address: '198.51.100.2',
      port: 80,
      count: 60,
      firstPacket: 1,
    });
  });

  it('is none where most openings are completed', async () => {
    const text = `${overClients(60, '@> S 100\n@< SA 300 101')}\n${overClients(300, OPENED, 30_000)}`;
    expect((await patternsOf(text)).map(({ code }) => code)).not.toContain('syn-flood');
  });

  it('is none where most openings were completed before', async () => {
    const text = `${overClients(200, OPENED)}\n${overClients(60, '@> S 100\n@< SA 300 101', 30_000)}`;
    expect((await patternsOf(text)).map(({ code }) => code)).not.toContain('syn-flood');
  });

  it('is none where there are few', async () => {
    expect(await patternsOf(overClients(40, '@> S 100'))).toEqual([]);
  });
});

describe('single connections', () => {
  it.each([
    ['null-scan', '> - 100'],
    ['fin-scan', '> F 100'],
    ['xmas-scan', '> FPU 100'],
  ])('%s is a finding of its own', async (code, line) => {
    const { connections } = await runScenario(`${line}\n< RA 0 100`);
    expect(connections[0]?.findingCounts[code]).toBe(1);
  });
});
