/** Where Zeek's history and state are not wanted, the tracker leaves them out: everything else is the same. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import type { CaptureSummary } from '../../src/analysis/summary.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';
import { analyse } from '../scenario/pipeline.js';
import { captured, segments } from './random-segments.js';

const ROOT = resolve(import.meta.dirname, '../..');
const captures = ['fixtures/kernel', 'fixtures/cases', 'fixtures/synthetic', 'captures'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pcap(ng)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(),
);

interface Results {
  connections: ConnectionReport[];
  summary: CaptureSummary | string;
}

async function resultsOf(path: string, zeek: boolean): Promise<Results> {
  const connections: ConnectionReport[] = [];
  const sink = {
    connection: (snapshot: Parameters<typeof judgeConnection>[0]) =>
      void connections.push(judgeConnection(snapshot)),
  };
  try {
    const capture = await openCaptures([path], {});
    const analysis = new Analysis(sink, { host: nodeHost, zeek });
    await analysis.read(capture);
    const { files, warnings, drops } = capture;
    await capture.close();
    return { connections, summary: analysis.finish({ files, warnings, drops }) };
  } catch (error) {
    return { connections, summary: String(error) };
  }
}

const without = (connections: readonly ConnectionReport[]): object[] =>
  connections.map((report) => ({ ...report, history: '', connState: '' }));

describe('without Zeek', () => {
  it.each(captures)('%s', { timeout: 60_000 }, async (path) => {
    const asked = await resultsOf(path, true);
    const unasked = await resultsOf(path, false);
    expect(without(unasked.connections)).toEqual(without(asked.connections));
    expect(unasked.summary).toEqual(asked.summary);
    expect(unasked.connections.every(({ history }) => history === '')).toBe(true);
  });

  it('any segments give the same result', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), async (list) => {
        const frames = captured(list);
        const asked = await analyse(frames, {}, { rows: false });
        const unasked = await analyse(frames, { zeek: false }, { rows: false });
        expect(without(unasked.connections)).toEqual(without(asked.connections));
        expect(unasked.summary).toEqual(asked.summary);
      }),
      { numRuns: 300 },
    );
  });
});
