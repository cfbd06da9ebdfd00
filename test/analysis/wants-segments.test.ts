/** `wantsSegments`: rows of the wanted connections only, and everything else as without it. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { openCaptures } from '../../src/files/open-captures.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

interface Result {
  rows: SegmentRow[];
  reports: ConnectionReport[];
}

/** Null for what is no capture. */
async function analyzed(path: string, wants?: (index: number) => boolean): Promise<Result | null> {
  const result: Result = { rows: [], reports: [] };
  const analysis = new Analysis({
    segment: (row) => result.rows.push(row),
    connection: (snapshot) => result.reports.push(judgeConnection(snapshot)),
    ...(wants === undefined ? {} : { wantsSegments: wants }),
  });
  const stream = await openCaptures([path], {}).catch(() => null);
  if (stream === null) return null;
  await analysis.read(stream);
  const { files, warnings, drops } = stream;
  await analysis.conclude({ files, warnings, drops, interrupted: null }, { flush: async () => {} });
  await stream.close();
  return result;
}

const files = ['kernel', 'synthetic', 'cases'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => join(folder, name)),
);

it.each(['even', 'odd', 'none'])('%s indices, of all fixtures', async (which) => {
  const wanted = (index: number): boolean => which !== 'none' && index % 2 === (which === 'even' ? 0 : 1);
  let rows = 0;
  for (const file of files) {
    const path = join(FIXTURES, file);
    const [all, some] = [await analyzed(path), await analyzed(path, wanted)];
    if (all === null || some === null) continue;
    expect(some.reports, file).toEqual(all.reports);
    expect(some.rows, file).toEqual(all.rows.filter(({ connection }) => wanted(connection)));
    rows += some.rows.length;
  }
  expect(rows > 0).toBe(which !== 'none');
});
