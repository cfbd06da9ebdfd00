/** Live, two flush at a time: the loop that reads, and a timer that does not wait. */
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analyze.js';
import { jsonReporter } from '../../src/cli/report-json.js';
import type { Captured } from '../scenario/pipeline.js';
import { frameSource } from '../scenario/pipeline.js';
import { captured, type RandomSegment } from '../track/random-segments.js';

const SYN = 0x02;
const RST_ACK = 0x14;

/** Refused connections from ports of their own. */
function refused(from: number, count: number): Captured[] {
  const segments = Array.from({ length: count }, (_, index): RandomSegment[] => {
    const same = { port: from + index, later: 1000, window: 0, length: 0, options: [] };
    return [
      { ...same, fromLeft: true, flags: SYN, sequence: 100, acknowledgement: 0 },
      { ...same, fromLeft: false, flags: RST_ACK, sequence: 0, acknowledgement: 101 },
    ];
  });
  return captured(segments.flat());
}

it('each line of ndjson is written once and whole', async () => {
  const pieces: string[] = [];
  const output = {
    async write(data: string | Uint8Array) {
      pieces.push(Buffer.from(data).toString());
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async end() {},
  };
  const reporter = jsonReporter({ format: 'ndjson', color: 'never' }, output, () => true);
  const analysis = new Analysis(reporter.sink, reporter.wants);
  reporter.attach(analysis);
  const first = refused(1000, 4000);
  await analysis.read(frameSource(first));
  // all of them are past by then: more than one piece of output
  analysis.tick((first[0]?.seconds ?? 0) + 120);
  const timer = reporter.flush();
  await reporter.flush();
  const later = refused(10_000, 400).map((frame) => ({ ...frame, seconds: frame.seconds + 200 }));
  await analysis.read(frameSource(later));
  analysis.tick((later[0]?.seconds ?? 0) + 120);
  const unawaited = reporter.flush();
  await reporter.finish(analysis.finish({ files: [], warnings: [], drops: null }));
  await Promise.all([timer, unawaited]);
  const lines = pieces.join('').trimEnd().split('\n');
  const objects: { type: string; index: number }[] = lines.map((line) => JSON.parse(line));
  const indices = objects.filter(({ type }) => type === 'connection').map(({ index }) => index);
  expect(indices.length).toBe(4400);
  expect(new Set(indices).size).toBe(4400);
  expect(objects.at(-1)?.type).toBe('capture');
});

it('what is still open at the end is written bit by bit', async () => {
  const open = captured(
    Array.from({ length: 3500 }, (_, index): RandomSegment => {
      const port = 1000 + index;
      return {
        port,
        later: 1000,
        window: 9,
        length: 0,
        options: [],
        fromLeft: true,
        flags: SYN,
        sequence: 1,
        acknowledgement: 0,
      };
    }),
  );
  const told: number[] = [];
  const analysis = new Analysis({ connection: ({ index }) => void told.push(index) });
  await analysis.read(frameSource(open));
  const written: number[] = [];
  const facts = { files: [], warnings: [], drops: null };
  const summary = await analysis.conclude(facts, async () => void written.push(told.length));
  expect(written).toEqual([1000, 2000, 3000]);
  expect(told).toEqual(Array.from({ length: 3500 }, (_, index) => index));
  const other = new Analysis({ connection() {} });
  await other.read(frameSource(open));
  expect(summary).toEqual(other.finish(facts));
});
