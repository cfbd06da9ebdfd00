/** Frames to verdicts: the shape of the JSON, counts that agree, the same result for any size of reads. */

import { type AnalysisResult, collect } from '../../src/analysis/collect.js';
import type { Frame } from '../../src/capture/frame.js';
import { CaptureReader } from '../../src/capture/open.js';
import type { FrameStream } from '../../src/capture/reader.js';
import { CaptureError } from '../../src/errors.js';
import { gunzip } from '../../src/files/gunzip.js';
import { nodeHost } from '../../src/files/host.js';
import { captureObject, connectionObject, SCHEMA, udpFlowObject } from '../../src/render/data/json.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import type { UdpFlowReport } from '../../src/verdict/udp.js';
import { documentShape } from '../../test/cli/contract.js';
import { someInput } from '../corpus.js';
import { generator } from '../random.js';
import { piecesOf, WHOLE } from '../source.js';
import { difference, expectThat, type Target } from '../target.js';
import { expectMeant } from '../text.js';

export const pipeline: Target = {
  make: (corpus, random) => ({ files: [someInput(corpus, random)], argv: [] }),
  async check({ files: [bytes = Buffer.alloc(0)], choices }) {
    const random = generator(choices);
    // small limits are met by small captures
    const maxConnections = random.once(4) ? 1 + random.below(8) : 1_000_000;
    const whole = await analyzed(bytes, WHOLE, maxConnections);
    if (!random.once(3)) return 1;
    const lengths = [1 + random.below(64), 1 + random.below(2000), 1 + random.below(9)];
    const again = await analyzed(bytes, lengths, maxConnections);
    expectThat(again === whole, () => `pieces of ${lengths}: ${difference(whole, again)}`);
    return 2;
  },
};

async function analyzed(bytes: Buffer, lengths: readonly number[], maxConnections: number): Promise<string> {
  let given = 0;
  let result: AnalysisResult;
  try {
    const reading = { chunk: 1 << 14, gunzip };
    const reader = await CaptureReader.from(piecesOf(bytes, lengths, true), 'x', reading);
    const counting: FrameStream = Object.create(reader, {
      fill: { value: () => reader.fill() },
      next: {
        value: (frame: Frame): boolean => {
          const there = reader.next(frame);
          if (there) given++;
          return there;
        },
      },
    });
    result = await collect(counting, { host: nodeHost, maxConnections, ladders: 2 });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return error.message;
  }
  return documentOf(result, given);
}

function documentOf({ capture, connections, udpFlows }: AnalysisResult, given: number): string {
  const text = JSON.stringify({
    schema: SCHEMA,
    capture: captureObject(capture),
    connections: connections.map(connectionObject),
    udpFlows: udpFlows.map(udpFlowObject),
  });
  const problems = documentShape(JSON.parse(text), '');
  expectThat(problems.length === 0, () => problems.slice(0, 5).join('\n'));
  expectMeant(text, 'JSON');
  const { packets, tcpSegments, udpDatagrams, other, files } = capture;
  expectThat(packets === given, () => `${packets} packets reported, ${given} read`);
  const [file] = files;
  expectThat(file?.packets === given, () => `${file?.packets} packets of the file reported, ${given} read`);
  // an aggregate of 802.11 has several
  const kinds = tcpSegments + udpDatagrams + other;
  expectThat(kinds >= packets, () => `${packets} packets, of which ${kinds} are named`);
  expectThat(connections.length === capture.connections, () => `${connections.length} connections reported`);
  expectThat(udpFlows.length === capture.udpFlows, () => `${udpFlows.length} UDP flows reported`);
  expectThat(
    packetsOf(connections) <= tcpSegments,
    () => `${packetsOf(connections)} of ${tcpSegments} segments`,
  );
  expectThat(
    packetsOf(udpFlows) <= udpDatagrams,
    () => `${packetsOf(udpFlows)} of ${udpDatagrams} datagrams`,
  );
  return text;
}

/** A connection or flow from a port to itself counts what it sends on both sides. */
function packetsOf(reports: readonly (ConnectionReport | UdpFlowReport)[]): number {
  const between = reports.filter(
    ({ client, server }) => client.port !== server.port || client.address !== server.address,
  );
  return between.reduce((sum, { traffic }) => sum + traffic.client.packets + traffic.server.packets, 0);
}
