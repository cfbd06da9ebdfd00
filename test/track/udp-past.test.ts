/** A UDP flow that was silent for long is over: it is reported and freed, and no later packet belongs to it. */
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../src/verdict/udp.js';
import { icmpPacket, udpPacket } from '../scenario/packet.js';
import { type Captured, frameSource } from '../scenario/pipeline.js';

const NOTHING_MORE = { files: [], warnings: [], drops: null };
const BEGIN = 1_700_000_000;
/** RFC 4787 REQ-5's better five minutes. */
const IDLE = 300;

const ends = (port: number, fromLeft = true, rightPort = 53) =>
  ({ version: 4, ttl: 64, ipId: 1, leftPort: port, rightPort, fromLeft }) as const;

function datagram(second: number, port: number, fromLeft = true, rightPort = 53): Captured {
  return { seconds: BEGIN + second, nanoseconds: 0, bytes: udpPacket(ends(port, fromLeft, rightPort), 8) };
}

interface Result {
  flows: UdpFlowReport[];
  /** How many were reported before the end. */
  early: number;
}

async function flowsOf(frames: readonly Captured[]): Promise<Result> {
  const flows: UdpFlowReport[] = [];
  const analysis = new Analysis({
    connection() {},
    udpFlow: (snapshot) => void flows.push(judgeUdpFlow(snapshot)),
  });
  await analysis.read(frameSource(frames));
  const early = flows.length;
  analysis.finish(NOTHING_MORE);
  return { flows: flows.sort((a, b) => a.index - b.index), early };
}

describe('a flow that is silent for five minutes', () => {
  it('is reported when others come, so that memory does not grow with the capture', async () => {
    const queries = Array.from({ length: 5000 }, (_, index) => datagram(index, 1024 + index));
    const { flows, early } = await flowsOf(queries);
    expect(flows).toHaveLength(5000);
    expect(5000 - early).toBeLessThan(2 * IDLE);
  });

  it('is another one when the same ends send again, with or without others in between', async () => {
    const others = Array.from({ length: 50 }, (_, index) => datagram(IDLE + 1, 2000 + index));
    for (const between of [[], others]) {
      const { flows } = await flowsOf([
        datagram(0, 1000),
        ...between,
        datagram(IDLE + 2, 1000),
        datagram(IDLE + 3, 1000, false),
      ]);
      const own = flows.filter(({ client }) => client.port === 1000);
      expect(own.map(({ firstPacket, answered }) => [firstPacket, answered])).toEqual([
        [1, false],
        [between.length + 2, true],
      ]);
    }
  });

  it('has no answer from elsewhere and no ICMP error afterwards, with or without others in between', async () => {
    const others = Array.from({ length: 50 }, (_, index) => datagram(IDLE + 1, 2000 + index));
    const asked = datagram(0, 1000);
    const answer = (second: number): Captured => {
      const given = datagram(second, 1000, false);
      // the last byte of its source: another host, as of a group
      given.bytes[15] = 3;
      return given;
    };
    const error = (second: number): Captured => ({
      seconds: BEGIN + second,
      nanoseconds: 0,
      bytes: icmpPacket(ends(1000, false), 3, 3, 0, asked.bytes),
    });
    for (const between of [[], others]) {
      const { flows } = await flowsOf([asked, ...between, answer(IDLE + 2), error(IDLE + 2)]);
      expect(flows[0]).toMatchObject({ answered: false, answeredBy: [], icmp: null });
    }
    const { flows } = await flowsOf([asked, error(IDLE - 1), answer(IDLE - 1)]);
    expect(flows[0]).toMatchObject({ answered: true, answeredBy: [1] });
    expect(flows[0]?.icmp).toMatchObject({ meaning: 'port-unreachable' });
  });

  it('ends by the clock where nothing comes (live)', async () => {
    const reported: number[] = [];
    const analysis = new Analysis({ connection() {}, udpFlow: ({ index }) => void reported.push(index) });
    await analysis.read(frameSource([datagram(0, 1000), datagram(100, 1001)]));
    analysis.tick(BEGIN + IDLE);
    expect(reported).toEqual([]);
    analysis.tick(BEGIN + IDLE + 1);
    expect(reported).toEqual([0]);
    analysis.finish(NOTHING_MORE);
    expect(reported).toEqual([0, 1]);
  });
});
