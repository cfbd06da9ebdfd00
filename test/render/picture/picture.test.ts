/** The content of a picture, as values: arithmetic of acknowledgements, originals of retransmissions, folds, columns of times. */
import { describe, expect, it } from 'vitest';
import type { LadderRow } from '../../../src/render/ladder-rows.js';
import { ackSteps } from '../../../src/render/picture/ack-steps.js';
import { labelOf } from '../../../src/render/picture/labels.js';
import type { OpenFolds } from '../../../src/render/picture/open-folds.js';
import { originals } from '../../../src/render/picture/originals.js';
import { pictureOf } from '../../../src/render/picture/picture.js';
import { pictureRows } from '../../../src/render/picture/picture-rows.js';
import { timeColumn } from '../../../src/render/picture/time-column.js';
import type { SegmentLine } from '../../../src/render/segment-line.js';
import { ROOT } from '../../cli/fixtures.js';
import { reportsOf } from '../reports.js';

let packets = 0;

function segment(from: 'client' | 'server', changes: Partial<SegmentLine>): SegmentLine {
  packets++;
  const { numbers = { sequence: 1, acknowledgement: 1 } } = changes;
  return {
    row: 'segment',
    packet: packets,
    time: packets / 1000,
    since: null,
    fromClient: from === 'client',
    flags: ['ACK'],
    sequence: String(numbers.sequence),
    acknowledgement: numbers.acknowledgement === null ? null : String(numbers.acknowledgement),
    numbers,
    length: 0,
    again: false,
    codes: [],
    client: 'ESTABLISHED',
    server: 'ESTABLISHED',
    clientChanged: false,
    serverChanged: false,
    ignored: false,
    retransmitted: false,
    duplicate: null,
    probes: false,
    notes: [],
    ...changes,
  };
}

const at = (sequence: number, acknowledgement: number | null): Pick<SegmentLine, 'numbers'> => ({
  numbers: { sequence, acknowledgement },
});

function labels(rows: readonly SegmentLine[]): string[] {
  const steps = ackSteps(rows);
  return rows.map((row) => {
    const { what, numbers } = labelOf(row, steps.get(row));
    return [what, ...numbers].join(' ');
  });
}

const opening = (): SegmentLine[] => [
  segment('client', { flags: ['SYN'], ...at(0, null) }),
  segment('server', { flags: ['SYN', 'ACK'], ...at(0, 1) }),
  segment('client', at(1, 1)),
];

describe('acknowledgements count up', () => {
  it('by SYN, bytes and FIN', () => {
    const rows = [
      ...opening(),
      segment('client', { flags: ['PSH', 'ACK'], length: 6, ...at(1, 1) }),
      segment('server', at(1, 7)),
      segment('client', { flags: ['FIN', 'ACK'], length: 2, ...at(7, 1) }),
      segment('server', { flags: ['FIN', 'ACK'], ...at(1, 10) }),
    ];
    expect(labels(rows)).toEqual([
      'SYN seq 0',
      'SYN-ACK seq 0 ack 1 = 0 + SYN',
      'ACK ack 1 = 0 + SYN',
      '6 bytes seq 1',
      'ACK ack 7 = 1 + 6',
      'FIN ACK 2 bytes seq 7',
      'FIN ACK seq 1 ack 10 = 7 + 2 + FIN',
    ]);
  });

  it('not where the previous acknowledgement is not shown', () => {
    const fold: LadderRow = {
      row: 'fold',
      text: '',
      from: 4,
      to: 9,
      time: 0,
      segments: [3, 3],
      bytes: [300, 0],
      client: 'ESTABLISHED',
      server: 'ESTABLISHED',
    };
    const later = segment('server', at(1, 301));
    const old = segment('client', at(301, 1));
    const steps = ackSteps([...opening(), fold, later, old]);
    expect(steps.get(later)).toBeUndefined();
    expect(steps.get(old)).toBeUndefined();
  });

  it('in raw numbers too, across the end of their range', () => {
    const row = segment('server', { ...at(1, 7), acknowledgement: '2' });
    expect(labelOf(row, { syn: false, bytes: 6, fin: false }).numbers).toEqual(['ack 2 = 4,294,967,292 + 6']);
  });
});

describe('originals of retransmissions', () => {
  const data = (changes: Partial<SegmentLine> = {}): SegmentLine =>
    segment('client', { flags: ['ACK'], length: 100, ...at(1, 1), ...changes });
  const fast = (): SegmentLine => data({ codes: ['retransmission', 'fast-retransmission'], again: true });

  it('are lost where duplicate ACKs show it and both ends use SACK', () => {
    const [first, again] = [data(), fast()];
    expect(originals([first, again], true).get(again)).toEqual({ row: first, lost: true });
    expect(originals([first, again], false).get(again)).toEqual({ row: first, lost: false });
  });

  it('are not lost where a DSACK says that they arrived after all, or only a timer sent again', () => {
    const [first, again] = [data(), fast()];
    const dsack = segment('server', { codes: ['dsack'] });
    expect(originals([first, again, dsack], true).get(again)?.lost).toBe(false);
    const byTimer = data({ codes: ['retransmission'], again: true });
    expect(originals([first, byTimer], true).get(byTimer)?.lost).toBe(false);
  });

  it('are the last segments with these bytes, from the same end', () => {
    const [first, second, again] = [data(), data({ codes: ['retransmission'], again: true }), fast()];
    const other = segment('server', { length: 100, ...at(1, 1) });
    const found = originals([first, second, other, again], true);
    expect(found.get(again)?.row).toBe(second);
    expect(found.get(second)?.row).toBe(first);
  });

  it('are found by their bytes, whatever Wireshark calls them', () => {
    const [first, late] = [data(), data({ codes: ['out-of-order'], again: true })];
    expect(originals([first, late], true).get(late)?.row).toBe(first);
  });
});

describe('rows of a picture', () => {
  const data = (n: number): SegmentLine[] =>
    Array.from({ length: n }, (_, index) => segment('client', { length: 10, ...at(1 + index * 10, 1) }));

  it('fold a run after its first three', () => {
    const rows = pictureRows([...opening(), ...data(10)], new Set());
    const fold = rows.at(-1);
    expect(rows).toHaveLength(3 + 3 + 1);
    expect(fold?.row === 'fold' ? fold.text : '').toBe('7 more from the client: 70 bytes from seq 31');
  });

  it('do not fold two rows, or kept rows', () => {
    expect(pictureRows(data(5), new Set())).toHaveLength(5);
    const ten = data(10);
    expect(pictureRows(ten, new Set(ten))).toHaveLength(10);
  });

  it('keep every step of a long connection', async () => {
    const [report] = await reportsOf(`${ROOT}/fixtures/cases/lost-segments-seen-by-the-sender.pcap`, 1);
    if (report === undefined) throw new Error('no connection');
    const { rows } = pictureOf(report, false);
    const segments = rows.filter((row) => row.row === 'segment');
    expect(segments.length).toBeLessThan(70);
    expect(segments.flatMap(({ flags }) => flags.filter((flag) => flag === 'SYN' || flag === 'FIN'))).toEqual(
      ['SYN', 'SYN', 'FIN', 'FIN'],
    );
    const folded = rows.flatMap((row) => (row.row === 'fold' ? row.segments : []));
    const all = report.traffic.client.packets + report.traffic.server.packets;
    expect(segments.length + folded.reduce((sum, n) => sum + n, 0)).toBe(all);
  });

  it('have every segment where all folds are open, and those of one fold where only that is', async () => {
    const [report] = await reportsOf(`${ROOT}/fixtures/kernel/fast-retransmit.pcap`, 1);
    if (report === undefined) throw new Error('no connection');
    const packets = (ranges: OpenFolds['ranges']): number[] =>
      pictureOf(report, false, { segments: [], ranges }).rows.flatMap((row) =>
        row.row === 'segment' ? [row.packet] : [],
      );
    const folds = pictureOf(report, false).rows.filter((row) => row.row === 'fold');
    expect(folds.map(({ from, to }) => [from, to])).toEqual([[14, 17]]);
    const all = Array.from({ length: 31 }, (_, index) => index + 1);
    expect(packets([])).toEqual(all.filter((packet) => packet < 14 || packet > 17));
    expect(packets([[1, 13]])).toEqual(packets([]));
    expect(packets([[17, 17]])).toEqual(all);
    expect(packets([[0, Number.POSITIVE_INFINITY]])).toEqual(all);
  });

  it('stay folded where the segments are missing', async () => {
    const [report] = await reportsOf(`${ROOT}/fixtures/cases/lost-segments-seen-by-the-sender.pcap`, 1);
    if (report === undefined) throw new Error('no connection');
    const { rows } = pictureOf(report, false, {
      segments: [],
      ranges: [[0, Number.POSITIVE_INFINITY]],
    });
    const drawn = rows.flatMap((row) => (row.row === 'segment' ? [row.packet] : []));
    const folds = rows.flatMap((row) => (row.row === 'fold' ? [row.segments[0] + row.segments[1]] : []));
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(folds.length).toBeGreaterThan(0);
    expect(folds.reduce((sum, n) => sum + n, drawn.length)).toBe(
      report.traffic.client.packets + report.traffic.server.packets,
    );
  });
});

describe('the column of times', () => {
  it('has the decimals that distinguish neighbours, and one more', () => {
    const column = timeColumn([0, 0.0406, 0.0407, 0.0612]);
    expect([column.unit, column.text(0.0407)]).toEqual(['ms', '40.70']);
    expect(timeColumn([0, 12.5]).unit).toBe('s');
  });

  it('is empty for a time before the first', () => {
    expect(timeColumn([0, 1]).text(-3)).toBe('–');
  });
});
