/** Zeek's history and conn_state, compared with its rules written down plainly (zeek-reference.ts). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURE_DUPLICATE } from '../../src/track/memory/codes.js';
import { analyse, type Captured } from '../scenario/pipeline.js';
import { captured, type RandomSegment, segments } from './random-segments.js';
import { ZeekReference } from './zeek-reference.js';

interface Words {
  history: string;
  connState: string;
}

/** The result of the rules for each connection that synfin finds; they do not decide which segments belong to it. */
async function compared(
  frames: readonly Captured[],
  cut: ReadonlySet<number> = new Set(),
): Promise<{ short: Words[]; long: Words[]; wanted: Words[] }> {
  const { connections, rows } = await analyse(frames);
  const short = await analyse(frames, {}, { rows: false });
  const inOrder = [...connections].sort((a, b) => a.index - b.index);
  const wanted = inOrder.map(({ index }) => {
    const reference = new ZeekReference();
    for (const row of rows) {
      if (row.connection !== index || row.ignored === 'malformed') continue;
      if ((row.codes & CAPTURE_DUPLICATE) === 0) reference.segment(row, cut.has(row.packet));
    }
    return { history: reference.history, connState: reference.connState };
  });
  const words = ({ history, connState }: Words): Words => ({ history, connState });
  const shortInOrder = [...short.connections].sort((a, b) => a.index - b.index);
  return { short: shortInOrder.map(words), long: inOrder.map(words), wanted };
}

const CLIENT_ISN = -2000;
const SERVER_ISN = 70_000;

interface Turn {
  fromLeft: boolean;
  length: number;
  /** Not captured; captured without its last byte; sent a second time; with a window of 0. */
  fate: 'lost' | 'cut' | 'again' | 'closed' | 'fine';
}

const turn: fc.Arbitrary<Turn> = fc.record({
  fromLeft: fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 2, arbitrary: fc.constant(false) },
  ),
  length: fc.constantFrom(0, 0, 1, 100, 1000, 9000),
  fate: fc.oneof(
    { weight: 8, arbitrary: fc.constant('fine' as const) },
    { weight: 3, arbitrary: fc.constantFrom('lost', 'cut', 'again', 'closed') },
  ),
});

/** The captured packets of a conversation in order, and which of them are cut short. */
function conversation(
  turns: readonly Turn[],
  ending: readonly number[],
  from: number,
): [RandomSegment[], Set<number>] {
  const next = [CLIENT_ISN, SERVER_ISN];
  const list: RandomSegment[] = [];
  const cut = new Set<number>();
  const send = (side: 0 | 1, flags: number, length: number, fate: Turn['fate']): void => {
    const segment: RandomSegment = {
      later: 40_137_000,
      fromLeft: side === 0,
      port: 40_000,
      flags,
      sequence: next[side] ?? 0,
      acknowledgement: next[1 - side] ?? 0,
      window: fate === 'closed' ? 0 : 502,
      length,
      options: [],
    };
    next[side] = ((next[side] ?? 0) + length + ((flags & 3) !== 0 ? 1 : 0)) | 0;
    if (fate === 'lost') return;
    list.push(segment);
    if (fate === 'cut' && length > 0) cut.add(list.length);
    if (fate === 'again') list.push({ ...segment, later: 300_137_000 });
  };
  send(0, 0x02, 0, 'fine');
  send(1, 0x12, 0, 'fine');
  send(0, 0x10, 0, 'fine');
  for (const { fromLeft, length, fate } of turns) send(fromLeft ? 0 : 1, 0x18, length, fate);
  ending.forEach((flags, index) => void send(index % 2 === 0 ? 0 : 1, flags, index * 10, 'fine'));
  return [list.slice(from), new Set([...cut].map((number) => number - from))];
}

describe('history and conn_state follow Zeek', () => {
  it('of any sequence of segments', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false, most: 25 }), async (list) => {
        const { short, long, wanted } = await compared(captured(list));
        expect(long).toEqual(wanted);
        expect(short).toEqual(wanted);
      }),
      { numRuns: 800 },
    );
  });

  it('of conversations of which the capture misses and cuts some', { timeout: 60_000 }, async () => {
    const ending = fc.constantFrom<number[]>(
      [],
      [0x11, 0x11, 0x10],
      [0x14],
      [0x11, 0x14],
      [0x11, 0x10, 0x11],
    );
    const from = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 60 }), ending, from, async (turns, last, missed) => {
        const [list, cut] = conversation(turns, last, missed);
        const frames = captured(list).map((frame, index) =>
          cut.has(index + 1) ? { ...frame, bytes: frame.bytes.subarray(0, frame.bytes.length - 1) } : frame,
        );
        const { short, long, wanted } = await compared(frames, cut);
        expect(long).toEqual(wanted);
        expect(short).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });
});
