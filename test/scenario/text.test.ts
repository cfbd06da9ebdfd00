/** The text form itself: it builds the right packets, and a failed scenario says where and why. */

import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { CHECKSUM_HOLDS, lookAtChecksum } from '../../src/decode/checksum.js';
import { decodeFrame } from '../../src/decode/decode-frame.js';
import { ICMP_ERROR, Packet, TCP, UDP } from '../../src/decode/packet.js';
import {
  HAS_SACK,
  HAS_SCALE,
  HAS_TIMESTAMPS,
  readOptions,
  TcpOptions,
} from '../../src/decode/tcp-options.js';
import { parseScenario } from './parse.js';
import { frameSource } from './pipeline.js';
import { runScenario } from './scenario.js';

function decodeLine(text: string): { packet: Packet; frame: Frame } {
  const frame = new Frame();
  const packet = new Packet();
  const source = frameSource(parseScenario(text).packets.map(({ captured }) => captured));
  while (source.next(frame)) decodeFrame(frame, packet);
  return { packet, frame };
}

describe('a line builds', () => {
  it.each(['', 'ipv6\n'])('a segment (%s)', (head) => {
    const line = '0.25 40007< PAE 5 9 len 3 win 77 id 12 ttl 50 [wscale 7, ts 1 2, sack-blocks 1 5]';
    const { packet, frame } = decodeLine(`${head}isn 4294967295 100\nport 8080\n${line}`);
    expect(packet.kind).toBe(TCP);
    expect(packet.broken).toBe(false);
    expect([packet.sourcePort, packet.targetPort]).toEqual([8080, 40007]);
    expect([packet.sequence, packet.acknowledgement]).toEqual([105, 8]);
    expect([packet.flags, packet.window, packet.payloadLength, packet.ttl]).toEqual([0x58, 77, 3, 50]);
    expect(packet.ipId).toBe(head === '' ? 12 : -1);
    expect(lookAtChecksum(packet)).toBe(CHECKSUM_HOLDS);
    expect([frame.seconds, frame.nanoseconds]).toEqual([1_700_000_000, 250_000_000]);
    const options = new TcpOptions();
    readOptions(packet, options);
    expect(options.bits & (HAS_SCALE | HAS_TIMESTAMPS | HAS_SACK)).toBe(
      HAS_SCALE | HAS_TIMESTAMPS | HAS_SACK,
    );
    expect([options.scale, options.timestamp, options.timestampEcho]).toEqual([7, 1, 2]);
  });

  it('a datagram, and the ICMP error that quotes it', () => {
    expect(decodeLine('> udp len 9').packet).toMatchObject({ kind: UDP, payloadLength: 9 });
    expect(decodeLine('> udp len 9\n< icmp 3/3 of 1').packet).toMatchObject({
      kind: ICMP_ERROR,
      icmp: 0x303,
      quotedProtocol: 17,
      sourcePort: 40_000,
    });
  });

  it('times: absolute, relative, or 10 ms later', () => {
    const { packets } = parseScenario('1.5 > S\n> S\n+0.75 > S\n0.1 > S');
    const times = packets.map(
      ({ captured }) => captured.seconds - 1_700_000_000 + captured.nanoseconds / 1e9,
    );
    expect(times).toEqual([1.5, 1.51, 2.26, 0.1]);
  });

  it('refuses unknown words', () => {
    expect(() => parseScenario('> Z 1')).toThrow('line 1: flags Z?');
    expect(() => parseScenario('\n> S 1 [foo]')).toThrow('line 2: option foo?');
    expect(() => parseScenario('> S 1 lenght 5')).toThrow('line 1: lenght?');
    expect(() => parseScenario('> S 1 len x')).toThrow('line 1: "x" is no number');
  });
});

describe('the message of a failed scenario', () => {
  const segments = 'isn 100 300\n> S 0 | SYN-SENT LISTEN\n< SA 0 1 | ESTABLISHED SYN-RECEIVED\n';

  it.each([
    ['> A 1 1 | ESTABLISHED LISTEN', 'expected states ESTABLISHED LISTEN, got ESTABLISHED ESTABLISHED'],
    ['> A 1 1\n! rst-in-window', 'expected rst-in-window, got accepted'],
    ['> R 99999', 'expected it to be accepted, got rst-outside-window'],
    ['> A 1 1\n* keep-alive', 'expected codes keep-alive, got none'],
  ])('%s', async (lines, problem) => {
    const { problems } = await runScenario(segments + lines);
    const first = lines.split('\n')[0];
    expect(problems).toEqual([`line 4 (packet 3: ${first}): ${problem}`]);
  });

  it.each([
    ['opening refused incomplete', 'opening not-completed incomplete'],
    ['timewait client', 'timewait nobody'],
    ['reset by client cause aborted high', 'reset none'],
    ['is client.port 80', 'is client.port 40000'],
    ['of 7\nzeek S1 Sh', 'no connection 7'],
    ['nonsense', '(no such expectation: nonsense)'],
  ])('%s', async (lines, found) => {
    const { problems } = await runScenario(segments + lines);
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^line \\d: expected ".*", got "${found.replace(/[()]/g, '\\$&')}"$`)),
    ]);
  });
});
