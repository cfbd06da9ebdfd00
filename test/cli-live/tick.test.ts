/** What time alone decides: a connection that is over is reported even where no further packet comes. */

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { openCapture } from '../../src/files/open.js';
import { judgeConnection } from '../../src/verdict/report.js';

it('a connection is reported a minute after its end, once', async () => {
  const path = resolve(import.meta.dirname, '../../captures/demo-tcp.pcap');
  const reader = await openCapture(path);
  const reported: number[] = [];
  const analysis = new Analysis({
    connection: ({ index }) => void reported.push(index),
    step: () => {},
  });
  analysis.tick(0);
  await analysis.read(reader);
  expect(analysis).toMatchObject({ connections: 1, open: 0 });
  const probe = new Analysis({ connection: () => {} });
  await probe.read(await openCapture(path));
  const end = probe.finish(reader).end?.seconds ?? 0;
  analysis.tick(end + 58);
  expect(reported).toEqual([]);
  analysis.tick(end + 62);
  expect(reported).toEqual([0]);
  analysis.tick(end + 70);
  const { closings } = analysis.finish(reader);
  expect(reported).toEqual([0]);
  expect(closings).toEqual({ 'four-step': 1 });
  await reader.close();
});

describe('a connection that no segment ends', () => {
  /** The steps of a capture, with the outcome of the connection so far. */
  async function watched(name: string) {
    const path = resolve(import.meta.dirname, `../../fixtures/kernel/${name}.pcap`);
    const probe = new Analysis({ connection: () => {} });
    await probe.read(await openCapture(path));
    const end = probe.finish({ files: [], warnings: [], drops: null }).end?.seconds ?? 0;
    const steps: string[] = [];
    const analysis = new Analysis({
      connection() {},
      step: (step, snapshot) => void steps.push(`${step}: ${judgeConnection(snapshot()).outcome.kind}`),
    });
    await analysis.read(await openCapture(path));
    return { analysis, steps, end };
  }

  it('is reported as not answered when its SYN would have been sent again, once', async () => {
    const { analysis, steps, end } = await watched('no-answer');
    expect(steps).toEqual(['opening: no-answer']);
    expect(analysis.open).toBe(1);
    analysis.tick(end + 3);
    expect(steps.length).toBe(1);
    for (const later of [60, 61, 300]) analysis.tick(end + later);
    expect(steps).toEqual(['opening: no-answer', 'failed: no-answer']);
    expect(analysis.open).toBe(0);
  });

  it('is reported as refused with the ICMP error that refuses it', async () => {
    const { analysis, steps, end } = await watched('icmp-refused');
    expect(steps).toEqual(['opening: no-answer', 'failed: refused']);
    analysis.tick(end + 60);
    expect(steps.length).toBe(2);
  });
});
