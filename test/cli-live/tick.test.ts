/** What time alone decides: a connection that is over is told even where no further packet comes. */

import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analyze.js';
import { openCapture } from '../../src/files/open.js';

it('a connection is told a minute after its end, once', async () => {
  const path = resolve(import.meta.dirname, '../../captures/demo-tcp.pcap');
  const reader = await openCapture(path);
  const told: number[] = [];
  const analysis = new Analysis({
    connection: ({ index }) => void told.push(index),
    step: () => {},
  });
  analysis.tick(0);
  await analysis.read(reader);
  expect(analysis).toMatchObject({ connections: 1, open: 0 });
  const probe = new Analysis({ connection: () => {} });
  await probe.read(await openCapture(path));
  const end = probe.finish(reader).end?.seconds ?? 0;
  analysis.tick(end + 58);
  expect(told).toEqual([]);
  analysis.tick(end + 62);
  expect(told).toEqual([0]);
  analysis.tick(end + 70);
  const { closings } = analysis.finish(reader);
  expect(told).toEqual([0]);
  expect(closings).toEqual({ 'four-step': 1 });
  await reader.close();
});
