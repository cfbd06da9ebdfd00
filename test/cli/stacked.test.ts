/** Two sinks on one analysis each get what they would get alone. */
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import type { AnalysisSink } from '../../src/analysis/sink.js';
import { type Observer, stacked } from '../../src/cli/report/stacked.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { ROOT } from '../cli/fixtures.js';

const FILES = [`${ROOT}/fixtures/kernel/many.pcap`, `${ROOT}/fixtures/kernel/tcp-and-udp.pcap`];

async function analyzed(sink: AnalysisSink): Promise<void> {
  const capture = await openCaptures(FILES);
  const analysis = new Analysis(sink, { host: nodeHost });
  await analysis.read(capture);
  const { files, warnings, drops } = capture;
  await analysis.conclude({ files, warnings, drops }, { flush: async () => {} });
  await capture.close();
}

/** A sink that records its calls as lines. */
function noting(only: Observer = {}): { sink: AnalysisSink; lines: string[] } {
  const lines: string[] = [];
  const sink: AnalysisSink = {
    connection: (snapshot) =>
      void lines.push(
        `connection ${snapshot.index} ${snapshot.responses.count} ${snapshot.ends[0].rttCount}`,
      ),
    segment: (row) => void lines.push(`segment ${row.packet}`),
    step: (step, snapshot) => void lines.push(`${step} ${snapshot().index}`),
    udpFlow: (snapshot) => void lines.push(`flow ${snapshot.index}`),
    flowPacket: (flow, packet) => void lines.push(`flow ${flow} packet ${packet}`),
    over: (index) => void lines.push(`over ${index}`),
    ...only,
  };
  return { sink, lines };
}

async function alone(only: Observer = {}): Promise<string[]> {
  const { sink, lines } = noting(only);
  await analyzed(sink);
  return lines;
}

const even = (index: number): boolean => index % 2 === 0;

describe('stacked sinks', () => {
  it.each<[string, Observer, Observer]>([
    ['all, and all', {}, {}],
    ['some by index, and all', { wants: even, wantsUdpFlow: () => false }, {}],
    ['some by their facts, and some by index', { picks: ({ index }) => index > 3 }, { wants: even }],
    ['none, and some', { wants: () => false }, { picks: ({ index }) => even(index) }],
    ['different times', { times: () => 'none' }, { times: () => 'none' }],
  ])('%s', async (_name, one, other) => {
    const [first, second] = [noting(one), noting(other)];
    await analyzed(stacked(first.sink, second.sink));
    expect(first.lines).toEqual(await alone(one));
    expect(second.lines).toEqual(await alone(other));
    expect(first.lines.length).toBeGreaterThan(10);
  });

  it('one that wants no connection changes nothing for the other', async () => {
    const steps: string[] = [];
    const { sink, lines } = noting();
    await analyzed(stacked(sink, { step: (step) => void steps.push(step) }));
    expect(lines).toEqual(await alone());
    expect(steps).toContain('closed');
  });

  it('the sink that wants more times decides which are kept', () => {
    const times = (first: Observer, second: Observer) =>
      stacked(noting(first).sink, noting(second).sink).times?.(0);
    expect(times({ times: () => 'none' }, { times: () => 'responses' })).toBe('responses');
    expect(times({ wants: () => false }, { times: () => 'none' })).toBe('none');
    expect(times({}, { times: () => 'responses' })).toBe('all');
  });

  it('calls that neither sink has are not made', () => {
    const connection = (): void => {};
    expect(Object.keys(stacked({ connection }, { connection })).sort()).toEqual([
      'connection',
      'picks',
      'times',
      'wants',
    ]);
  });
});
