/** `connections` of the library: the same reports as `analyzeFiles`, one by one. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { analyzeFiles, type CaptureSummary, type ConnectionReport, connections } from '../../src/index.js';

const ROOT = resolve(import.meta.dirname, '../..');
const KERNEL = join(ROOT, 'fixtures/kernel');

async function all(paths: readonly string[]): Promise<[ConnectionReport[], CaptureSummary]> {
  const reports: ConnectionReport[] = [];
  const stream = connections(paths);
  for (;;) {
    const { done, value } = await stream.next();
    if (done === true) return [reports, value];
    reports.push(value);
  }
}

it('gives the reports and the summary of analyzeFiles, for every kernel fixture and all in one', async () => {
  const files = readdirSync(KERNEL).filter((name) => name.endsWith('.pcap'));
  for (const paths of [...files.map((name) => [join(KERNEL, name)]), [KERNEL]]) {
    const [reports, capture] = await all(paths);
    const whole = await analyzeFiles(paths);
    expect(reports.sort((a, b) => a.firstPacket - b.firstPacket)).toEqual(whole.connections);
    expect(capture).toEqual(whole.capture);
  }
});

it('may be left early, and is ended by a signal with what is known', async () => {
  const path = join(KERNEL, 'many.pcap');
  for await (const { index } of connections([path])) {
    expect(index).toBeGreaterThanOrEqual(0);
    break;
  }
  const reports: ConnectionReport[] = [];
  for await (const report of connections([path], { signal: AbortSignal.abort() })) reports.push(report);
  expect(reports).toEqual([]);
});

it('throws for what is no capture', async () => {
  await expect(connections([join(ROOT, 'package.json')]).next()).rejects.toThrow('not a capture');
});
