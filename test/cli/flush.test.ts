/** Live, two flush at a time: the loop that reads, and a timer that does not wait. */
import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { ndjsonReporter } from '../../src/cli/report/ndjson.js';
import { openOutput } from '../../src/cli/terminal/output.js';
import { nodeHost } from '../../src/files/host.js';
import { ioInto } from '../run-cli.js';
import type { Captured } from '../scenario/pipeline.js';
import { frameSource } from '../scenario/pipeline.js';
import { captured, type RandomSegment, segments } from '../track/random-segments.js';

const SYN = 0x02;
const RST_ACK = 0x14;
const SYN_ACK = 0x12;
const ACK = 0x10;

/** Refused connections, each from another port. */
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

const PLAN = { events: false, growing: false, byStart: false };

it('each line of ndjson is written once and whole', async () => {
  const pieces: string[] = [];
  const output = {
    async write(data: string | Uint8Array) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      // its memory is not used again before
      pieces.push(Buffer.from(data).toString());
    },
    async end() {},
    drop() {},
  };
  const reporter = ndjsonReporter({ ...PLAN, packets: false }, output, () => true);
  const analysis = new Analysis(reporter.sink, reporter.wants);
  reporter.attach?.(analysis);
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

it.runIf(existsSync('/dev/full'))('a file that is full says so at the first write', async () => {
  const output = await openOutput('/dev/full', ioInto(new PassThrough()));
  const full = '/dev/full: cannot be written: no space left on the device';
  await expect(output.write('x'.repeat(1 << 17))).rejects.toThrow(full);
  await expect(output.write('x')).rejects.toThrow(full);
  await expect(output.end()).rejects.toThrow(full);
});

it('connections that are still open at the end are written bit by bit', async () => {
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
  const reported: number[] = [];
  const analysis = new Analysis({ connection: ({ index }) => void reported.push(index) }, { host: nodeHost });
  await analysis.read(frameSource(open));
  const written: number[] = [];
  let signals = 0;
  const facts = { files: [], warnings: [], drops: null };
  const flush = async (): Promise<void> => {
    written.push(reported.length);
    setImmediate(() => signals++);
  };
  const summary = await analysis.conclude(facts, { flush });
  expect(written).toEqual([1000, 2000, 3000]);
  // and Ctrl-C is handled in between
  expect(signals).toBe(3);
  expect(reported).toEqual(Array.from({ length: 3500 }, (_, index) => index));
  const other = new Analysis({ connection() {} });
  await other.read(frameSource(open));
  expect(summary).toEqual(other.finish(facts));
});

/** The lines of ndjson, with a given number of frames at a time. */
async function lines(frames: readonly Captured[], atATime: number, packets: boolean): Promise<string> {
  let text = '';
  const output = {
    async write(data: string | Uint8Array) {
      text += Buffer.from(data).toString();
    },
    async end() {},
    drop() {},
  };
  const reporter = ndjsonReporter({ ...PLAN, packets }, output, () => true);
  const analysis = new Analysis(reporter.sink, reporter.wants);
  reporter.attach?.(analysis);
  await analysis.read(frameSource(frames, atATime, () => reporter.flush()));
  await reporter.finish(analysis.finish({ files: [], warnings: [], drops: null }));
  return text;
}

/**
 * A client sends a new SYN while its old connection is open; later packets show that the SYN was accepted. Until then the
 * packets behind it wait. A moment later a connection is reported that ended before all that.
 */
const SYN_AGAIN: readonly [port: number, fromLeft: boolean, flags: number, sequence: number, ack: number][] =
  [
    [1000, true, SYN, 100, 0],
    [1000, false, SYN_ACK, 300, 101],
    [1000, true, ACK, 101, 301],
    [3000, true, SYN, 100, 0],
    [3000, false, RST_ACK, 0, 101],
    [1000, true, SYN, 90_000_000, 0],
    [2000, true, SYN, 100, 0],
    [1000, false, SYN_ACK, 70_000_000, 90_000_001],
    [3000, true, SYN, 50_000_000, 0],
    [2000, false, SYN_ACK, 300, 101],
  ];

it.each([true, false])('lines come in one order, however packets arrive (--packets: %s)', async (packets) => {
  const frames = captured(
    SYN_AGAIN.map(([port, fromLeft, flags, sequence, acknowledgement]): RandomSegment => {
      return {
        port,
        fromLeft,
        flags,
        sequence,
        acknowledgement,
        later: 1e6,
        window: 9,
        length: 0,
        options: [],
      };
    }),
  );
  const whole = await lines(frames, Number.POSITIVE_INFINITY, packets);
  expect(whole.match(/"type":"connection"/g)).toHaveLength(5);
  for (const atATime of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    expect(await lines(frames, atATime, packets), `${atATime} at a time`).toBe(whole);
  }
});

it('lines of anything come in one order, however packets arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      segments({ backwards: false, most: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (list, atATime, packets) => {
        const frames = captured(list);
        expect(await lines(frames, atATime, packets)).toBe(
          await lines(frames, Number.POSITIVE_INFINITY, packets),
        );
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
