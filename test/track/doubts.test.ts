/** Rows of a connection in doubt (track/revision.ts): they wait, or come at once in live output. */
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import type { ConnectionSnapshot } from '../../src/track/results/snapshot.js';
import { frameSource } from '../scenario/pipeline.js';
import { captured, type RandomSegment } from './random-segments.js';

const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

function segment(fromLeft: boolean, flags: number, sequence: number, ack: number, length = 0): RandomSegment {
  const ends = { later: 1000, fromLeft, port: 40_000 };
  return { ...ends, flags, sequence, acknowledgement: ack, window: 502, length, options: [] };
}

const OPENING = [
  segment(true, SYN, 100, 0),
  segment(false, SYN | ACK, 500, 101),
  segment(true, ACK, 101, 501),
  segment(true, RST, 101, 0),
];
/** Both ends go on: the RST was not sent by this end. */
const GOING_ON = [segment(true, ACK, 101, 501, 10), segment(false, ACK, 501, 111, 10)];

async function analysed(frames: readonly RandomSegment[], rowsAtOnce: boolean) {
  const rows: SegmentRow[] = [];
  const ended: ConnectionSnapshot[] = [];
  const analysis = new Analysis(
    { connection: (snapshot) => ended.push(snapshot), segment: (row) => rows.push(row) },
    { rowsAtOnce },
  );
  await analysis.read(frameSource(captured(frames)));
  const packets = rows.map(({ packet }) => packet);
  analysis.finish({ files: [], warnings: [], drops: null });
  return { packets, rows, ended };
}

describe('the row of an RST that was accepted', () => {
  it('waits, as its sender may go on', async () => {
    const { packets, rows } = await analysed(OPENING, false);
    expect(packets).toEqual([1, 2, 3]);
    expect(rows.map(({ packet }) => packet)).toEqual([1, 2, 3, 4]);
  });

  it('comes at once in live output', async () => {
    expect((await analysed(OPENING, true)).packets).toEqual([1, 2, 3, 4]);
  });
});

describe('an RST after which both ends go on', () => {
  it('is ignored in its row where that could wait', async () => {
    const { rows } = await analysed([...OPENING, ...GOING_ON], false);
    expect(rows.map(({ packet, ignored }) => [packet, ignored])).toEqual([
      [1, null],
      [2, null],
      [3, null],
      [4, 'rst-refuted'],
      [5, null],
      [6, null],
    ]);
  });

  it('gives each row once in live output, and the same connection in the end', async () => {
    const late = await analysed([...OPENING, ...GOING_ON], false);
    const early = await analysed([...OPENING, ...GOING_ON], true);
    expect(early.packets).toEqual([1, 2, 3, 4, 5, 6]);
    expect(early.ended).toEqual(late.ended);
  });
});
