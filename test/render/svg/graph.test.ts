/** Graphs as SVG: they agree with the report, over every fixture. */
import { describe, expect, it } from 'vitest';
import {
  Analysis,
  type ConnectionReport,
  judgeConnection,
  nodeHost,
  openCapture,
} from '../../../src/index.js';
import { closedWindows, flightOf, throughputOf } from '../../../src/render/picture/flight.js';
import { allowances, GraphRows, type GraphSegment } from '../../../src/render/picture/graph-data.js';
import { GRAPHS } from '../../../src/render/picture/names.js';
import { type GraphOptions, graphSvg } from '../../../src/render/svg/graph.js';
import { lensesOf } from '../../../src/render/svg/lenses.js';
import { ticksOf, timeTick } from '../../../src/render/svg/plot.js';
import { ROOT, readableCaptures } from '../../cli/fixtures.js';
import { fault } from './fault.js';

const PLAIN: GraphOptions = {
  graph: 'time-sequence',
  sender: null,
  width: 920,
  theme: 'auto',
  file: null,
  leftOut: 0,
};

interface Collected {
  report: ConnectionReport;
  segments: GraphSegment[];
}

async function collect(path: string, index = 0): Promise<Collected | null> {
  const rows = new GraphRows(index);
  const reports: ConnectionReport[] = [];
  const capture = await openCapture(`${ROOT}/${path}`);
  const analysis = new Analysis(
    {
      segment: (row) => rows.add(row),
      connection: (snapshot) => void reports.push(judgeConnection(snapshot)),
    },
    { host: nodeHost },
  );
  await analysis.read(capture);
  analysis.finish(capture);
  await capture.close();
  const report = reports.find((each) => each.index === index);
  return report === undefined ? null : { report, segments: rows.segments(report) };
}

async function collected(path: string): Promise<Collected> {
  const found = await collect(path);
  if (found === null) throw new Error(`${path} has no connection`);
  return found;
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, content = '']) => content);
}

describe('graphs as SVG', () => {
  it('are well-formed for every capture, and have as many round trips as the report', async () => {
    let round = 0;
    for (const path of readableCaptures()) {
      const found = await collect(path);
      if (found === null) continue;
      const { report, segments } = found;
      for (const graph of GRAPHS) {
        for (const sender of ['client', 'server'] as const) {
          const svg = graphSvg(report, segments, { ...PLAIN, graph, sender });
          expect(fault(svg), `${path} ${graph} ${sender}`).toBeNull();
        }
      }
      for (const sender of ['client', 'server'] as const) {
        const { rtt } = report.traffic[sender];
        const samples = segments.flatMap(({ fromClient, roundTrip }) =>
          roundTrip !== null && fromClient !== (sender === 'client') ? [roundTrip] : [],
        );
        // both ends of a socket connected to itself are one; an ignored ACK may be revised
        const { findingCounts: counts } = report;
        if (rtt === null || counts['ignored-segment'] !== undefined || counts['self-connect'] !== undefined)
          continue;
        expect(samples.length, `${path} ${sender}`).toBe(rtt.samples);
        expect(Math.min(...samples), `${path} ${sender}`).toBeCloseTo(rtt.min, 9);
        round++;
      }
    }
    expect(round).toBeGreaterThan(100);
  });

  it('say how long a window was closed, from the zero window to the update that opened it', async () => {
    const { report, segments } = await collected('fixtures/kernel/zero-window.pcap');
    const [closed, ...more] = closedWindows(allowances(segments, true, report), report.duration);
    expect(more).toEqual([]);
    // packet 11 closed it, packet 17 opened it
    const at = (packet: number): number | undefined => segments.find((each) => each.packet === packet)?.time;
    expect([closed?.from, closed?.to]).toEqual([at(11), at(17)]);
    const texts = textsOf(graphSvg(report, segments, PLAIN));
    expect(texts[0]).toBe(
      "The server's window was closed for 2.24 s of 2.68 s; 6,000 bytes sent by the client",
    );
    expect(texts).toEqual(
      expect.arrayContaining(['window closed for 2.24 s', '3 probes', 'acknowledged', 'FIN']),
    );
  });

  it('show retransmissions and SACK, and magnify dense parts', async () => {
    const { report, segments } = await collected('fixtures/kernel/fast-retransmit.pcap');
    const texts = textsOf(graphSvg(report, segments, PLAIN));
    expect(texts).toEqual(expect.arrayContaining(['retransmission', 'SACK', 'a', 'b']));
    const sacks = segments.flatMap((each) => each.sacks);
    // duplicate ACKs of 206: each reports one more segment of 100 bytes beyond the gap
    expect(sacks.slice(0, 3)).toEqual([
      [306, 406],
      [306, 506],
      [306, 606],
    ]);
  });

  it('count bytes in flight up to the window', async () => {
    const { report, segments } = await collected('fixtures/kernel/zero-window.pcap');
    const sent = segments.filter(({ fromClient }) => fromClient);
    const { inFlight, window } = flightOf(sent, allowances(segments, true, report));
    expect(Math.max(...inFlight.map(([, bytes]) => bytes))).toBe(1572);
    // RFC 7323 2.2: the first is not scaled
    expect(window[0]?.[1]).toBeGreaterThan(0);
    expect(window.some(([, bytes]) => bytes === 0)).toBe(true);
  });

  it('count each byte once, and retransmitted bytes separately', async () => {
    const { report, segments } = await collected('fixtures/kernel/fast-retransmit.pcap');
    const sent = segments.filter(({ fromClient }) => fromClient);
    const { first, again } = throughputOf(sent, report.duration);
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    const { bytes, retransmittedBytes } = report.traffic.client;
    expect(sum(first)).toBe(bytes - retransmittedBytes);
    expect(sum(again)).toBe(retransmittedBytes);
  });

  it('are drawn of a connection of 200,000 segments, in a bounded picture', async () => {
    const { report, segments } = await collected('fixtures/kernel/fast-retransmit.pcap');
    const [data] = segments.filter(({ length }) => length > 0);
    const ack = segments.find(
      ({ fromClient, length, acknowledgement }) => !fromClient && length === 0 && acknowledgement !== null,
    );
    if (data === undefined || ack === undefined) throw new Error('no data');
    const many = Array.from({ length: 100_000 }, (_, at) => {
      const time = (at / 100_000) * report.duration;
      const sequence = 1 + at * 100;
      return [
        { ...data, packet: 2 * at, time, sequence },
        {
          ...ack,
          packet: 2 * at + 1,
          time,
          acknowledgement: sequence + (at % 3) * 10,
          roundTrip: (at % 50) / 1000,
        },
      ];
    }).flat();
    for (const graph of GRAPHS) {
      const svg = graphSvg(report, many, { ...PLAIN, graph, sender: 'client' });
      expect(fault(svg), graph).toBeNull();
      expect(svg.length, graph).toBeLessThan(1_000_000);
    }
  });

  it('have no lens where nothing is dense', () => {
    expect(
      lensesOf(
        Array.from({ length: 100 }, (_, at) => at),
        100,
      ),
    ).toEqual([]);
    expect(lensesOf([], 0)).toEqual([]);
    const burst = Array.from({ length: 10 }, (_, at) => 50 + at / 1000);
    expect(lensesOf([0, ...burst, 100], 100)).toHaveLength(1);
  });

  it('have round ticks, each with its unit', () => {
    expect(ticksOf({ from: 0, to: 2.68 }, 6)).toEqual({ step: 0.5, at: [0, 0.5, 1, 1.5, 2, 2.5] });
    expect(timeTick(1.5, 0.5)).toBe('1.5 s');
    expect(timeTick(0.0004, 0.0002)).toBe('400 µs');
    expect(timeTick(1200, 100)).toBe('1,200 s');
  });
});
