/** The JSON document is written while the end is reported; earlier connections are kept until then. One list, by first packet. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { jsonReporter } from '../../src/cli/report/json.js';
import { dropsCaveat } from '../../src/explain/en/caveats.js';
import { connectionObject, udpFlowObject } from '../../src/render/data/json.js';
import { DROPS_WEAKEN, flowRestsOnAbsence, restsOnAbsence } from '../../src/verdict/losses.js';
import { judgeConnection } from '../../src/verdict/report.js';
import { judgeUdpFlow } from '../../src/verdict/udp.js';
import { udpPacket } from '../scenario/packet.js';
import { type Captured, frameSource } from '../scenario/pipeline.js';
import { captured, type RandomSegment, segments } from '../track/random-segments.js';

interface Spanning {
  firstPacket: number;
  findings: unknown[];
  findingCounts?: Record<string, number>;
}

interface Written {
  document: { connections: Spanning[]; udpFlows: Spanning[] };
  /** Bytes written at a time. */
  sizes: number[];
}

const drops = (kernel: number) => ({ files: [], warnings: [], drops: { kernel, interface: 0 } });

/** `flushes`: how many are asked for at a time, of which only the last is waited for. */
async function written(frames: readonly Captured[], lost: number, flushes = 1): Promise<Written> {
  const pieces: Buffer[] = [];
  const output = {
    async write(data: string | Uint8Array) {
      // its memory is used again once this resolves, not before
      await new Promise((resolve) => (flushes > 1 ? setTimeout(resolve, 5) : setImmediate(resolve)));
      pieces.push(Buffer.from(data));
    },
    async end() {},
    drop() {},
  };
  const reporter = jsonReporter(output, () => true);
  const analysis = new Analysis(reporter.sink, reporter.wants);
  reporter.attach?.(analysis);
  await analysis.read(frameSource(frames));
  const flush = async (): Promise<void> => {
    for (let more = 1; more < flushes; more++) void reporter.flush();
    await reporter.flush();
  };
  await reporter.finish(await analysis.conclude(drops(lost), { ...reporter, flush }));
  const text = Buffer.concat(pieces).toString();
  expect(text.endsWith(']}\n')).toBe(true);
  return { document: JSON.parse(text), sizes: pieces.map(({ length }) => length) };
}

/** The same lists from memory. */
async function expected(frames: readonly Captured[], lost: number): Promise<Written['document']> {
  const connections: Spanning[] = [];
  const udpFlows: Spanning[] = [];
  const caveat = dropsCaveat(drops(lost).drops);
  const plain = (object: object, doubtful: boolean): Spanning => {
    const spanning: Spanning = JSON.parse(JSON.stringify(object));
    if (caveat !== null && doubtful) {
      spanning.findings.push({ ...DROPS_WEAKEN, values: {}, text: caveat });
      if (spanning.findingCounts !== undefined) spanning.findingCounts['drops-weaken'] = 1;
    }
    return spanning;
  };
  const analysis = new Analysis({
    connection(snapshot) {
      const report = judgeConnection(snapshot);
      connections.push(plain(connectionObject(report), restsOnAbsence(report)));
    },
    udpFlow(snapshot) {
      const flow = judgeUdpFlow(snapshot);
      udpFlows.push(plain(udpFlowObject(flow), flowRestsOnAbsence(flow)));
    },
  });
  await analysis.read(frameSource(frames));
  analysis.finish(drops(lost));
  const byFirstPacket = (a: Spanning, b: Spanning): number => a.firstPacket - b.firstPacket;
  return { connections: connections.sort(byFirstPacket), udpFlows: udpFlows.sort(byFirstPacket) };
}

/** Datagrams between the segments, some of them of flows that are idle for long. */
function withDatagrams(frames: readonly Captured[], every: number): Captured[] {
  return frames.flatMap((frame, index) => {
    if (index % every !== 0) return [frame];
    const ends = { version: 4, fromLeft: true, leftPort: 5000 + (index % 3), rightPort: 53 } as const;
    return [frame, { ...frame, bytes: udpPacket({ ...ends, ttl: 64, ipId: index }, 10) }];
  });
}

it('has the same as the reports, for any segments, in the order of first packets', async () => {
  await fc.assert(
    fc.asyncProperty(
      segments({ backwards: false, most: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(0, 3),
      async (list, every, lost) => {
        const frames = withDatagrams(captured(list), every);
        const { document } = await written(frames, lost);
        const { connections, udpFlows } = await expected(frames, lost);
        expect(document.connections).toEqual(connections);
        expect(document.udpFlows).toEqual(udpFlows);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);

function opening(port: number, flags: number, later: number): RandomSegment {
  const same = { window: 9, length: 0, options: [], acknowledgement: 0 };
  return { ...same, port, later, flags, fromLeft: true, sequence: 1 };
}

const SYN = 0x02;
const RST = 0x04;

it('connections that are still open at the end are not kept, however many they are', async () => {
  const ended = [opening(900, SYN, 1000), opening(900, RST, 1000), opening(901, SYN, 70e9)];
  const open = Array.from({ length: 6000 }, (_, index) => opening(1000 + index, SYN, 1000));
  const { document, sizes } = await written(captured([...ended, ...open]), 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(document.connections).toHaveLength(6002);
  expect(Math.max(...sizes)).toBeLessThan(total / 4);
});

it('a held SYN keeps its place', async () => {
  const restarted = [
    opening(900, SYN, 1000),
    { ...opening(900, 0x12, 1000), fromLeft: false, sequence: 300, acknowledgement: 2 },
    { ...opening(900, 0x10, 1000), sequence: 2, acknowledgement: 301 },
    // a new SYN; others come before its answer
    { ...opening(900, SYN, 1000), sequence: 90_000_000 },
    opening(901, SYN, 1000),
    opening(902, SYN, 1000),
    { ...opening(900, 0x12, 1000), fromLeft: false, sequence: 70_000_000, acknowledgement: 90_000_001 },
  ];
  const { document } = await written(captured(restarted), 0);
  expect(document.connections.map(({ firstPacket }) => firstPacket)).toEqual([1, 4, 5, 6]);
});

it('each member is written once and whole where two flush at a time', async () => {
  const open = Array.from({ length: 6000 }, (_, index) => opening(1000 + index, SYN, 1000));
  const { document } = await written(captured(open), 0, 2);
  expect(document.connections.map(({ firstPacket }) => firstPacket)).toEqual(open.map((_, at) => at + 1));
});
