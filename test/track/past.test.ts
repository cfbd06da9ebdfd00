/** Connections that are over: for how long segments still belong to them, and for how long their ports are remembered. */
import { describe, expect, it } from 'vitest';
import { codeNames } from '../../src/track/memory/codes.js';
import { analyse } from '../scenario/pipeline.js';
import { captured, type RandomSegment } from './random-segments.js';

const SYN = 0x02;
const ACK = 0x10;
const FIN = 0x01;

function segment(
  later: number,
  fromLeft: boolean,
  flags: number,
  sequence: number,
  acknowledgement: number,
  port = 40_000,
): RandomSegment {
  return { later, fromLeft, port, flags, sequence, acknowledgement, window: 502, length: 0, options: [] };
}

const MS = 1_000_137;
/** Opened and closed in seven segments. */
const CLOSED = [
  segment(MS, true, SYN, 100, 0),
  segment(MS, false, SYN | ACK, 500, 101),
  segment(MS, true, ACK, 101, 501),
  segment(MS, true, FIN | ACK, 101, 501),
  segment(MS, false, FIN | ACK, 501, 102),
  segment(MS, true, ACK, 102, 502),
];

describe('a connection that is over', () => {
  it('has segments that come within a minute', async () => {
    const { connections } = await analyse(captured([...CLOSED, segment(59e9, true, ACK, 102, 502)]));
    expect(connections).toHaveLength(1);
  });

  // tshark adds them to the old stream, however much later they come
  it('has none that come later: they are of a connection whose opening was not captured', async () => {
    const { connections } = await analyse(captured([...CLOSED, segment(61e9, true, ACK, 102, 502)]));
    expect(connections.map(({ opening }) => opening.kind)).toEqual(['three-way', 'not-captured']);
  });

  it('is past, whether or not other connections began in the meantime', async () => {
    const others = Array.from({ length: 20 }, (_, n) => segment(MS, true, SYN, 1, 0, 41_000 + n));
    const late = segment(61e9, true, ACK, 102, 502);
    const alone = await analyse(captured([...CLOSED, late]));
    const among = await analyse(captured([...CLOSED, ...others, late]));
    const ofPort = (results: typeof alone): unknown[] =>
      results.connections
        .filter(({ client, server }) => [client.port, server.port].includes(40_000))
        .map(({ opening, closing, states }) => [opening.kind, closing.kind, states]);
    expect(ofPort(among)).toEqual(ofPort(alone));
  });

  it('does not take a SYN with it that waits for its answer', async () => {
    const serverFirst = [
      ...CLOSED.slice(0, 3),
      segment(MS, false, FIN | ACK, 501, 101),
      segment(MS, true, FIN | ACK, 101, 502),
      segment(MS, false, ACK, 502, 102),
    ];
    const again = [
      segment(59.9e9, true, SYN, 50, 0),
      segment(300e6, false, SYN | ACK, 900, 51),
      segment(MS, true, ACK, 51, 901),
    ];
    const { connections } = await analyse(captured([...serverFirst, ...again]));
    expect(connections.map(({ opening }) => [opening.kind, opening.complete])).toEqual([
      ['three-way', true],
      ['three-way', true],
    ]);
  });

  it.each([
    [30, ['reused-ports']],
    [200, ['reused-ports']],
    [599, ['reused-ports']],
    [601, []],
  ])('a SYN for its ports after %d s: %j', async (seconds, codes) => {
    const { rows, connections } = await analyse(
      captured([...CLOSED, segment(seconds * 1e9, true, SYN, 9000, 0)]),
    );
    expect(connections).toHaveLength(2);
    expect(codeNames(rows.at(-1)?.codes ?? 0)).toEqual(codes);
  });
});
