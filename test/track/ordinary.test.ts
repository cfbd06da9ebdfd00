/**
 * Ordinary segments take a short way through the tracker (src/track/fast-path.ts), but not where every segment is to
 * be reported: both ways must give the same result, for every available capture and for any sequence of segments.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { analyse } from '../scenario/pipeline.js';
import { captured, type RandomSegment } from './random-segments.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['fixtures/kernel', 'fixtures/synthetic', 'captures'].map((folder) => join(ROOT, folder));
const CORPUS = process.env.SYNFIN_CORPUS;
const captures = [...FOLDERS, ...(CORPUS === undefined ? [] : [CORPUS])].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(md|tsv|txt|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(),
);

async function linesOf(capture: string, ...more: string[]): Promise<string[]> {
  const { stdout } = await runCli(['analyze', capture, '--format', 'ndjson', ...more]);
  return stdout.split('\n').filter((line) => !line.startsWith('{"type":"packet"'));
}

const LEFT_ISN = -3000;
const RIGHT_ISN = 5000;

interface Turn {
  fromLeft: boolean;
  length: number;
  later: number;
  /** An odd property of it; mostly none. */
  sequenceOff: number;
  acknowledgementOff: number;
  window: number;
  flags: number;
  options: readonly number[];
}

const TIMESTAMPS = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
const mostly = <T>(usual: T, ...odd: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const turn: fc.Arbitrary<Turn> = fc.record({
  fromLeft: fc.boolean(),
  length: fc.constantFrom(0, 0, 0, 1, 5, 100, 1000, 2000),
  later: fc.constantFrom(31_137, 400_137, 2_000_137, 30_000_137, 250_000_137),
  sequenceOff: mostly(0, -1, -5, -100, 1, 1000, 70_000),
  acknowledgementOff: mostly(0, -1, -5, -1000, -100_000, 1, 5),
  window: mostly(502, 0, 1, 600),
  flags: mostly(0x18, 0x10, 0x11, 0x38, 0x50, 0x04, 0x14, 0x02, 0x08),
  options: mostly<readonly number[]>(TIMESTAMPS, [], [1, 1, 5, 10, 0, 0, 0, 0, 0, 0, 0, 9], [30, 4, 1, 129]),
});

/** An open connection on which both ends talk, mostly as they should. */
function conversation(turns: readonly Turn[]): RandomSegment[] {
  const next = [LEFT_ISN, RIGHT_ISN];
  const list: RandomSegment[] = [];
  const send = (side: 0 | 1, flags: number, length: number, odd: Partial<Turn> = {}): void => {
    const { later = 100_137, sequenceOff = 0, acknowledgementOff = 0, window = 502, options = [] } = odd;
    const sequence = ((next[side] ?? 0) + sequenceOff) | 0;
    const acknowledgement = ((next[1 - side] ?? 0) + acknowledgementOff) | 0;
    const fromLeft = side === 0;
    list.push({ later, fromLeft, port: 40_000, flags, sequence, acknowledgement, window, length, options });
    const occupied = length + ((flags & 0x03) !== 0 ? 1 : 0);
    if (sequenceOff === 0) next[side] = ((next[side] ?? 0) + occupied) | 0;
  };
  send(0, 0x02, 0, { options: [2, 4, 5, 180, 3, 3, 7] });
  send(1, 0x12, 0, { options: [2, 4, 5, 180, 3, 3, 2] });
  send(0, 0x10, 0);
  for (const { fromLeft, length, flags, ...odd } of turns) send(fromLeft ? 0 : 1, flags, length, odd);
  return list;
}

describe('the short way gives the result of the long way', () => {
  it.each(captures)('%s', { timeout: 60_000 }, async (capture) => {
    expect(await linesOf(capture)).toEqual(await linesOf(capture, '--packets'));
  });

  it('for data that acknowledges less than the window allows', async () => {
    const usual = { sequenceOff: 0, window: 502, flags: 0x18, later: 400_137, options: [] };
    const turns = [0, 0, -100_000, 0].map((acknowledgementOff) => ({
      ...usual,
      length: 100,
      acknowledgementOff,
    }));
    const frames = captured(
      conversation(
        turns.flatMap((data) => [
          { ...data, fromLeft: false },
          { ...data, fromLeft: true },
        ]),
      ),
    );
    const long = await analyse(frames);
    expect(long.connections[0]?.findingCounts).toMatchObject({ 'ignored-segment': 1 });
    expect((await analyse(frames, {}, { rows: false })).connections).toEqual(long.connections);
  });

  it('for any conversation that is mostly in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 40 }), async (turns) => {
        const frames = captured(conversation(turns));
        const short = await analyse(frames, {}, { rows: false });
        const long = await analyse(frames);
        expect(short.connections).toEqual(long.connections);
        expect(short.summary).toEqual(long.summary);
      }),
      { numRuns: 400 },
    );
  });
});
