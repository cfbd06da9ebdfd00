/** A live page ends with the same data as a report of the capture, whenever it was opened and however often it was updated. */
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { wantedBy } from '../../src/cli/watch/wanted.js';
import { closingSentence } from '../../src/explain/en/sentences.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { collectPage } from '../../src/page/collect-page.js';
import { LIVE_BOUNDS, type LiveBounds, LiveLog, type LiveWanted } from '../../src/page/live-log.js';
import type { PageData } from '../../src/page/page-data.js';
import { LiveData } from '../../src/web/model/live-data.js';
import { compileFilter } from '../../src/where/filter.js';
import { ROOT, readableCaptures } from '../cli/fixtures.js';

/** Updates pages after a number of packets each; the last page opens at the end. */
async function watched(
  files: readonly string[],
  every: readonly number[],
  bounds: LiveBounds = LIVE_BOUNDS,
  wanted: LiveWanted | null = null,
): Promise<{ pages: PageData[]; sizes: number[]; history: PageData[] }> {
  const log = new LiveLog(bounds, wanted);
  const capture = await openCaptures(files);
  const viewers = every.map((step) => ({ step, revision: 0, data: new LiveData({ name: '', version: '' }) }));
  const pages: PageData[] = [];
  const sizes: number[] = [];
  const history: PageData[] = [];
  const bring = (at: number): void => {
    const change = log.since(viewers[at]?.revision ?? 0);
    const viewer = viewers[at];
    if (change === null || viewer === undefined) return;
    viewer.revision = change.revision;
    sizes.push(change.connections.length);
    // as it comes through the network
    const page = viewer.data.apply(JSON.parse(JSON.stringify(change)));
    pages[at] = page;
    history.push(page);
  };
  const look = (): void => {
    if (!viewers.some(({ step }) => analysis.packets % step === 0)) return;
    log.update(analysis, analysis.soFar({ files: [], warnings: [], drops: null }, null));
    viewers.forEach(({ step }, at) => {
      if (analysis.packets % step === 0) bring(at);
    });
  };
  const analysis = new Analysis(log.sink, {
    host: nodeHost,
    rowsAtOnce: true,
    ladderOf: log.ladderOf,
    datagramsOf: bounds.datagramsOf,
    recorder: {
      packet(packet, frame, tracker) {
        log.recorder.packet(packet, frame, tracker);
        look();
      },
      edge() {},
    },
  });
  await analysis.read(capture);
  const { warnings, drops } = capture;
  log.end(await analysis.conclude({ files: capture.files, warnings, drops }, { flush: async () => {} }));
  await capture.close();
  for (const at of viewers.keys()) bring(at);
  return { pages, sizes, history };
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a live page', () => {
  const paths = readableCaptures().filter((_, at) => at % 5 === 0);
  it.each(paths)('%s', async (path) => {
    const file = join(ROOT, path);
    const report = await collectPage(
      { open: () => openCaptures([file]), twice: true },
      { version: '', where: null, filter: null, host: nodeHost },
    );
    // one as they come, one that is slow, and one that is opened at the end
    const { pages } = await watched([file], [1, 7, Number.POSITIVE_INFINITY]);
    expect(pages).toHaveLength(3);
    for (const page of pages) {
      expect(page.connections).toEqual(json(report.connections));
      expect(page.udpFlows).toEqual(json(report.udpFlows));
      expect(page.overview?.outcomes ?? []).toEqual(
        expect.arrayContaining([...(report.overview?.outcomes ?? [])]),
      );
      expect(page.overview?.failed).toEqual(report.overview?.failed);
      // of a longer connection the page keeps the headers of some
      expect(report.headers).toMatchObject(page.headers);
      const shown = report.connections.filter(
        ({ traffic }) => traffic.client.packets + traffic.server.packets <= 300,
      );
      for (const { ladder } of shown)
        for (const entry of ladder ?? [])
          if ('packet' in entry && entry.packet in report.headers)
            expect(page.headers[entry.packet]).toBe(report.headers[entry.packet]);
    }
  });

  it('unchanged data is not sent again', async () => {
    const file = resolve(ROOT, 'fixtures/kernel/many.pcap');
    const { sizes } = await watched([file], [1]);
    // six connections, whose segments come in turn
    expect(Math.max(...sizes.slice(0, -1))).toBe(1);
  });

  it('connections and UDP flows are there while they go on, without a sign that they are over', async () => {
    const tcp = await watched([join(ROOT, 'captures/demo-tcp.pcap')], [1]);
    const open = tcp.history.flatMap(({ connections }) =>
      connections.filter(({ closing }) => closing.kind === 'open'),
    );
    expect(open.map(({ traffic }) => traffic.client.packets + traffic.server.packets)).toEqual([
      3, 4, 5, 6, 7,
    ]);
    for (const report of open) expect(closingSentence(report)).toBe('still open');
    expect(tcp.pages[0]?.connections.map(({ soFar }) => soFar)).toEqual([undefined]);

    const udp = await watched([join(ROOT, 'captures/demo-udp.pcap')], [1]);
    const counts = udp.history.map(({ udpFlows }) =>
      udpFlows.reduce((sum, { traffic }) => sum + traffic.client.packets + traffic.server.packets, 0),
    );
    const all = udp.pages[0]?.capture.packets ?? 0;
    expect(all).toBeGreaterThan(2);
    expect(counts).toEqual([...Array.from({ length: all }, (_, at) => at + 1), all]);
  });

  it('the list has the newest connections, and says how many it left out', async () => {
    const file = resolve(ROOT, 'fixtures/kernel/many.pcap');
    const bounds = { ...LIVE_BOUNDS, connections: 4, ladders: 2 };
    const { pages } = await watched([file], [1, Number.POSITIVE_INFINITY], bounds);
    for (const { connections, left } of pages) {
      expect(connections).toHaveLength(4);
      expect(left.connections).toBeGreaterThanOrEqual(2);
      expect(left.ladders).toBe(connections.filter(({ ladder }) => ladder === null).length);
    }
    expect(pages[0]?.connections).toEqual(pages[1]?.connections);
  });

  it.each([
    // from the first packet on, only once it is over, and until some time
    'server.port == 7777',
    'outcome.failed',
    'traffic.client.bytes + traffic.server.bytes < 100',
    'duration > 1ms',
    'protocol == "udp"',
    'duration >= 0s',
  ])('--where %j: it has only matching connections, and all of each', async (where) => {
    const files = ['fixtures/kernel/many.pcap', 'fixtures/kernel/tcp-and-udp.pcap'].map((path) =>
      resolve(ROOT, path),
    );
    const filter = compileFilter(where);
    const connection = wantedBy(undefined, filter);
    if (connection === null) throw new Error('no filter');
    const all = await watched(files, [1]);
    const { pages } = await watched(files, [1, 3, Number.POSITIVE_INFINITY], LIVE_BOUNDS, {
      where,
      connection,
      udpFlow: filter.udpFlow,
    });
    const expected = (all.pages[0]?.connections ?? []).filter(filter.connection);
    const flows = (all.pages[0]?.udpFlows ?? []).filter(filter.udpFlow);
    expect(expected.length + flows.length).toBeGreaterThan(0);
    for (const page of pages) {
      expect(page.where).toBe(where);
      expect(page.connections).toEqual(expected);
      expect(page.udpFlows).toEqual(flows);
      for (const { ladder } of expected)
        for (const entry of ladder ?? [])
          if ('packet' in entry) expect(page.headers[entry.packet]).toBe(all.pages[0]?.headers[entry.packet]);
    }
  });

  it('only counts a connection that does not match, whenever it looks', async () => {
    const files = [resolve(ROOT, 'fixtures/kernel/many.pcap')];
    const seen = new Set<number>();
    await watched(files, [1], LIVE_BOUNDS, {
      where: 'server.port == 1',
      connection: ({ index }) => {
        seen.add(index);
        return false;
      },
      udpFlow: () => false,
    }).then(({ pages, sizes }) => {
      expect(pages.at(-1)?.connections).toEqual([]);
      expect(sizes.every((size) => size === 0)).toBe(true);
    });
    expect(seen.size).toBeGreaterThan(3);
  });

  it('a UDP flow leaves the page when it does not match any more', async () => {
    const { pages, history } = await watched([join(ROOT, 'captures/demo-udp.pcap')], [1], LIVE_BOUNDS, {
      where: 'answered == false',
      connection: () => true,
      udpFlow: ({ answered }) => !answered,
    });
    expect(history[0]?.udpFlows.map(({ index }) => index)).toEqual([0]);
    expect(history[1]?.udpFlows).toEqual([]);
    expect(pages[0]?.udpFlows).toEqual([]);
  });
});
