/** Rows that the tracker gives late come in the order of packets, and results of a whole connection come after its rows. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { inOrder } from '../../src/analysis/in-order.js';
import type { AnalysisSink } from '../../src/analysis/sink.js';
import { openCapture } from '../../src/files/open.js';
import { ROOT, readableCaptures } from '../cli/fixtures.js';

/** The calls of a sink, as lines: `row PACKET`, `STEP PACKET`, `end LAST-PACKET`, `flow LAST-PACKET`. */
function noting(): { sink: AnalysisSink; calls: [string, number][] } {
  const calls: [string, number][] = [];
  const sink: AnalysisSink = {
    segment: (row) => void calls.push(['row', row.packet]),
    step: (step, snapshot) => void calls.push([step, snapshot().lastPacket]),
    connection: (snapshot) => void calls.push(['end', snapshot.lastPacket]),
    udpFlow: (flow) => void calls.push(['flow', flow.lastPacket]),
  };
  return { sink, calls };
}

async function analyze(path: string, sink: AnalysisSink): Promise<void> {
  const analysis = new Analysis(sink);
  const capture = await openCapture(path);
  await analysis.read(capture);
  analysis.finish(capture);
  await capture.close();
}

const captures = readableCaptures().map((path) => join(ROOT, path));

describe('inOrder', () => {
  it('sorts rows, loses none, and is needed', async () => {
    let late = 0;
    for (const path of captures) {
      const [plain, ordered] = [noting(), noting()];
      await analyze(path, plain.sink);
      await analyze(path, inOrder(ordered.sink));
      const rows = (calls: [string, number][]): number[] =>
        calls.filter(([name]) => name === 'row').map(([, packet]) => packet);
      const sorted = [...rows(plain.calls)].sort((a, b) => a - b);
      if (sorted.join() !== rows(plain.calls).join()) late++;
      expect(rows(ordered.calls), path).toEqual(sorted);
      const names = ({ calls }: { calls: [string, number][] }): string[] => calls.map(String).sort();
      expect(names(ordered), path).toEqual(names(plain));
    }
    expect(late).toBeGreaterThan(5);
  });

  it('puts steps, connections and flows after the rows of all packets up to their last one', async () => {
    for (const path of captures) {
      const { sink, calls } = noting();
      await analyze(path, inOrder(sink));
      let next = Number.POSITIVE_INFINITY;
      const early = calls.reverse().filter(([name, packet]) => {
        if (name === 'row') next = Math.min(next, packet);
        return name !== 'row' && next <= packet;
      });
      expect(early, path).toEqual([]);
    }
  });
});
