/** The values that the report page computes before anything is drawn. */
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { collectPage } from '../../src/page/collect-page.js';
import type { PageData } from '../../src/page/page-data.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { hashOf, placeOf } from '../../src/web/model/address.js';
import {
  between,
  tickTexts,
  type View,
  wholeView,
  withTime,
  zoomed,
} from '../../src/web/model/graph-view.js';
import { graphData } from '../../src/web/model/graphs.js';
import { linkedPieces } from '../../src/web/model/linked.js';
import { rowsOf, searchRows, sortRows } from '../../src/web/model/rows.js';
import { type Segment, segmentsOf } from '../../src/web/model/segments.js';
import { stateAt, statePath } from '../../src/web/model/state-path.js';
import { overallSentence, remarksOf } from '../../src/web/model/summary-text.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

function collected(...files: string[]): Promise<PageData> {
  return collectPage(
    { open: () => openCaptures(files.map((file) => join(FIXTURES, file))), twice: true },
    { version: '0', where: null, filter: null, host: nodeHost },
  );
}

async function first(
  file: string,
): Promise<{ data: PageData; report: ConnectionReport; segments: Segment[] }> {
  const data = await collected(file);
  const [report] = data.connections;
  if (report === undefined) throw new Error(`${file} has no connection`);
  return { data, report, segments: segmentsOf(report, data.folded[report.index] ?? []) };
}

describe('addresses', () => {
  it.each([
    ['#connection=3&packet=17', { connection: 3, packet: 17, flow: null }],
    ['#connection=0', { connection: 0, packet: null, flow: null }],
    ['#packet=17', { connection: null, packet: null, flow: null }],
    ['#connection=-1', { connection: null, packet: null, flow: null }],
    ['#connection=1e3&packet=x', { connection: null, packet: null, flow: null }],
    ['#flow=2', { connection: null, packet: null, flow: 2 }],
    ['#connection=1&flow=2', { connection: 1, packet: null, flow: null }],
    ['', { connection: null, packet: null, flow: null }],
  ])('%s', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
    if (place.connection !== null || place.flow !== null)
      expect(hashOf(place)).toBe(hash.replace('&flow=2', ''));
  });
});

describe('packets in a sentence', () => {
  it.each([
    ['reset (packets 3, 4 and 7)', ['reset (packets ', 3, ', ', 4, ' and ', 7, ')']],
    ['again as #22 after 3 duplicates', ['again as #', 22, ' after 3 duplicates']],
    ['3 packets lost', ['3 packets lost']],
  ])('%s', (text, expected) => {
    expect(linkedPieces(text).map((piece) => (typeof piece === 'string' ? piece : piece.packet))).toEqual(
      expected,
    );
  });
});

describe('the list', () => {
  let data: PageData;
  beforeAll(async () => {
    data = await collected('kernel/many.pcap');
  });

  it('is found by words, all of which must be there', () => {
    const rows = rowsOf(data.connections);
    expect(searchRows(rows, 'reset client').map(({ index }) => index)).toEqual([3]);
    expect(searchRows(rows, 'REFUSED port').length).toBe(1);
    expect(searchRows(rows, 'nothing like it')).toEqual([]);
    expect(searchRows(rows, ' ')).toHaveLength(6);
  });

  it('is sorted both ways, with unknown values at the end', () => {
    const rows = rowsOf(data.connections);
    for (const descending of [true, false]) {
      const times = sortRows(rows, { key: 'connect', descending }).map(({ connect }) => connect);
      expect(times.at(-1)).toBeNull();
      const known = times.filter((time) => time !== null);
      expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
    }
  });
});

describe('the summary', () => {
  it('says that there is no TCP', async () => {
    expect(overallSentence(await collected('../captures/demo-udp.pcap'))).toMatch(/^No TCP in this capture/);
    expect(overallSentence(await collected('synthetic/no-packets.pcap'))).toBe('No packets in this capture');
  });

  it('names damage first, and the command that shows what the page leaves out', async () => {
    const data = await collected('synthetic/cut-short.pcap');
    expect(remarksOf(data)[0]).toMatchObject({ tag: 'damage', severity: 'bad' });
    const left = { connections: 0, udpFlows: 0, ladders: 5 };
    expect(remarksOf({ ...data, files: ['a.pcap'], left }).at(-1)?.text).toBe(
      'segments of 5 connections: synfin a.pcap --connection N',
    );
  });
});

describe('the states', () => {
  it('go the way of RFC 9293 Figure 5', async () => {
    const { segments } = await first('kernel/fast-retransmit.pcap');
    const path = statePath(segments);
    const way = (end: string): string[] => path.filter((step) => step.end === end).map(({ to }) => to);
    expect(way('client')).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']);
    expect(way('server')).toEqual([
      'LISTEN',
      'SYN-RECEIVED',
      'ESTABLISHED',
      'CLOSE-WAIT',
      'LAST-ACK',
      'CLOSED',
    ]);
    expect(stateAt(segments, 'client', 1)).toBe('SYN-SENT');
    expect(stateAt(segments, 'server', 31)).toBe('CLOSED');
  });
});

describe('the graphs', () => {
  it.each([
    'kernel/fast-retransmit.pcap',
    'kernel/many.pcap',
    'kernel/zero-window.pcap',
    'kernel/half-close.pcap',
  ])('%s: round trips are those of the model', async (file) => {
    const { data: page, report, segments } = await first(file);
    for (const end of ['client', 'server'] as const) {
      const data = graphData(segments, report, end === 'client', page);
      const samples = data.roundTrips.map(([, seconds]) => seconds);
      const { rtt, bytes } = report.traffic[end];
      expect(samples.length).toBe(rtt?.samples ?? 0);
      if (rtt !== null) expect(Math.min(...samples)).toBeCloseTo(rtt.min, 9);
      const { first: fresh, again } = data.throughput;
      expect([...fresh, ...again].reduce((sum, each) => sum + each, 0)).toBe(bytes);
    }
  });

  it('a closed window has no room', async () => {
    const { data: page, report, segments } = await first('kernel/zero-window.pcap');
    const data = [true, false].map((fromClient) => graphData(segments, report, fromClient, page));
    expect(data.some(({ closed }) => closed.length > 0)).toBe(true);
    expect(data.some(({ titles }) => /window was closed for 2\.\d+ s/.test(titles['time-sequence']))).toBe(
      true,
    );
  });
});

describe('the time that graphs show', () => {
  const whole = wholeView(10);
  const length = ({ from, to }: View): number => to - from;

  it('is halved around the chosen segment where it is in sight, else around the middle', () => {
    const half = zoomed(null, 2, 3, 10);
    expect(half).not.toBeNull();
    expect(length(half ?? whole)).toBeCloseTo(length(whole) / 2);
    expect(((half?.from ?? 0) + (half?.to ?? 0)) / 2).toBeCloseTo(3);
    const next = zoomed({ from: 4, to: 6 }, 2, 9, 10);
    expect(next).toEqual({ from: 4.5, to: 5.5 });
  });

  it('stays within the connection, and is the whole again where it would be larger', () => {
    expect(zoomed({ from: 0, to: 2 }, 0.5, 0, 10)?.from).toBeCloseTo(whole.from);
    expect(zoomed({ from: 2, to: 8 }, 0.5, 5, 10)).toBeNull();
    expect(between(9, -4, 10)).toBeNull();
    expect(between(6, 4, 10)).toEqual({ from: 4, to: 6 });
    expect(between(4, 4, 10)).toBeNull();
  });

  it('has an end however often it is halved', () => {
    let view: View | null = null;
    for (let turn = 0; turn < 100; turn++) view = zoomed(view, 2, 5, 10);
    expect(length(view ?? whole)).toBeCloseTo(1e-7, 9);
  });

  it('moves with the chosen segment', () => {
    expect(withTime({ from: 4, to: 6 }, 5, 10)).toEqual({ from: 4, to: 6 });
    expect(withTime({ from: 4, to: 6 }, 9, 10)).toEqual({ from: 8, to: 10 });
    expect(withTime({ from: 4, to: 6 }, 0, 10).from).toBeCloseTo(whole.from);
  });

  it('has times that can be told apart', () => {
    expect(tickTexts([-1, 0, 1, 2])).toEqual(['', '0', '1 s', '2 s']);
    expect(tickTexts([0.22213, 0.222135, 0.22214])).toEqual(['222.130 ms', '222.135 ms', '222.140 ms']);
    expect(tickTexts([75.0001, 75.0002])).toEqual(['75.0001 s', '75.0002 s']);
    expect(tickTexts([3600.5, 3601])).toEqual(['3600.5 s', '3601.0 s']);
  });
});
