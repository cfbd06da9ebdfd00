/** SYNs on a live connection, which wait for the next segment: for how long, and whether their index is used. */
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { Packet } from '../../src/decode/packet.js';
import { TcpOptions } from '../../src/decode/tcp-options.js';
import { HeldSyns } from '../../src/track/memory/held-syns.js';
import { frameSource } from '../scenario/pipeline.js';
import { captured, type RandomSegment } from './random-segments.js';

const SYN = 0x02;
const ACK = 0x10;

function arrival(number: number, at: number) {
  return { packet: new Packet(), options: new TcpOptions(), number, seconds: 0, nanoseconds: 0, at };
}

describe('a SYN that waits', () => {
  it('waits for three seconds', () => {
    const held = new HeldSyns();
    held.hold(7, arrival(10, 1e9), 0, 0);
    expect(held.oldestPacket).toBe(10);
    expect(held.expired(4e9, 11)).toBe(-1);
    expect(held.expired(4e9 + 1, 11)).toBe(7);
  });

  it('or for a number of packets, where the clock stops or is wrong', () => {
    const held = new HeldSyns();
    held.hold(7, arrival(10, 1e18), 0, 0);
    expect(held.expired(0, 1000)).toBe(-1);
    expect(held.expired(0, 1_000_000)).toBe(7);
  });

  it('with no more than some thousands of others', () => {
    const held = new HeldSyns();
    let slot = 0;
    for (; !held.isFull && slot < 100_000; slot++) held.hold(slot, arrival(slot + 1, 0), slot, 0);
    expect(slot).toBe(16_384);
    held.take(7);
    expect(held.isFull).toBe(false);
    expect(held.expired(0, 20_000)).toBe(-1);
  });
});

function segment(
  fromLeft: boolean,
  flags: number,
  sequence: number,
  ack: number,
  port = 40_000,
): RandomSegment {
  const ends = { later: 1000, fromLeft, port };
  return { ...ends, flags, sequence, acknowledgement: ack, window: 502, length: 0, options: [] };
}

it('an index that was reserved for a SYN and not used is no connection', async () => {
  const analysis = new Analysis({ connection() {} });
  const frames = captured([
    segment(true, SYN, 100, 0),
    segment(false, SYN | ACK, 500, 101),
    segment(true, ACK, 101, 501),
    // it has index 1 until the challenge ACK shows that it began nothing
    segment(true, SYN, 9_000_000, 0),
    segment(true, SYN, 5, 0, 40_001),
    segment(false, ACK, 501, 101),
  ]);
  await analysis.read(frameSource(frames));
  analysis.finish({ files: [], warnings: [], drops: null });
  expect([0, 1, 2, 3].map((index) => analysis.hasConnection(index))).toEqual([true, false, true, false]);
  expect(analysis).toMatchObject({ connections: 2, lastConnection: 2 });
});
