/** Options that the snap length cut off, at each byte: captured ones are known, the rest is not. */
import { describe, expect, it } from 'vitest';
import { ACK, SYN } from '../../src/decode/packet.js';
import { agreedSentence } from '../../src/explain/en/facts.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { parseOptions } from '../scenario/options.js';
import { tcpPacket } from '../scenario/packet.js';
import { analyse, type Captured } from '../scenario/pipeline.js';

const OFFER = 'mss 1460, sack, ts 1 0, wscale 7';
const WHOLE = 60;
/** Where the IP packet's options begin, and where each one's kind and length, and the whole of it, have been captured. */
const START = 40;
const HEADS = { mss: 42, sack: 46, timestamps: 48, scale: 58 };
const ENDS = { mss: 44, sack: 46, timestamps: 56, scale: 59 };

async function handshake(clientKept: number, serverKept: number, offer = OFFER): Promise<ConnectionReport> {
  const segment = (fromLeft: boolean, flags: number, number: number, kept: number): Captured => {
    const bytes = tcpPacket({
      fromLeft,
      flags,
      leftPort: 40_000,
      rightPort: 80,
      version: 4,
      ttl: 64,
      ipId: number,
      sequence: (flags & SYN) === 0 ? 1 : 0,
      acknowledgement: (flags & ACK) === 0 ? 0 : 1,
      window: 500,
      options: (flags & SYN) === 0 ? [] : parseOptions(offer, 0),
      length: 0,
      words: null,
    });
    const captured = bytes.subarray(0, kept);
    return { seconds: 1, nanoseconds: number, bytes: captured, originalLength: bytes.length };
  };
  const { connections } = await analyse([
    segment(true, SYN, 1, clientKept),
    segment(false, SYN | ACK, 2, serverKept),
    segment(true, ACK, 3, 40),
  ]);
  const [report] = connections;
  if (report === undefined) throw new Error('no connection');
  return report;
}

const cuts = Array.from({ length: WHOLE - START + 1 }, (_, i) => START + i);

describe.each(cuts)('cut at byte %i of the IP packet', (kept) => {
  const there = (at: number): true | null => (kept >= at ? true : null);
  const cut = kept < WHOLE;

  it('on both sides', async () => {
    const report = await handshake(kept, kept);
    const { client, server, agreed } = report.opening.options;
    expect(client?.cut).toBe(cut || undefined);
    expect(client).toEqual(server);
    expect(client).toMatchObject({
      mss: kept >= ENDS.mss ? 1460 : null,
      sackPermitted: there(ENDS.sack),
      timestamps: there(HEADS.timestamps),
      windowScale: kept >= ENDS.scale ? 7 : null,
      md5: cut ? null : false,
    });
    const shift = kept >= ENDS.scale ? 7 : null;
    const mss = kept >= ENDS.mss ? 1460 : null;
    expect(agreed).toMatchObject({
      mss: { toServer: mss, toClient: mss },
      windowScale: { client: shift, server: shift },
      sack: there(ENDS.sack),
      timestamps: there(HEADS.timestamps),
      multipath: cut ? null : false,
    });
    expect(report.traffic.client.window.bytes).toBe(shift === null ? null : 500 * 128);
    const text = agreedSentence(report);
    expect(text).not.toMatch(/no window scale|no SACK|no timestamps|536/);
    expect(text.includes('window scale not captured')).toBe(shift === null);
    expect(report.findingCounts['options-cut']).toBe(cut ? 2 : undefined);
  });

  it('on one side only', async () => {
    for (const [client, server] of [
      [kept, WHOLE],
      [WHOLE, kept],
    ] as const) {
      const report = await handshake(client, server);
      const { agreed } = report.opening.options;
      const shift = kept >= ENDS.scale ? 7 : null;
      expect(agreed).toMatchObject({
        windowScale: { client: shift, server: shift },
        sack: there(ENDS.sack),
        timestamps: there(HEADS.timestamps),
      });
      expect(report.traffic.client.window.bytes).toBe(shift === null ? null : 500 * 128);
    }
  });

  it('of sides that offer nothing but the MSS', async () => {
    const plain = 'mss 1460';
    const report = await handshake(Math.min(kept, 44), 44, plain);
    // the other side's whole header settles it
    expect(report.opening.options.agreed).toMatchObject({
      mss: { toServer: 1460, toClient: kept >= ENDS.mss ? 1460 : null },
      windowScale: { client: 0, server: 0 },
      sack: false,
      timestamps: false,
      multipath: false,
    });
    expect(agreedSentence(report)).toContain('no window scale, no SACK, no timestamps');
  });
});

it('a header that claims options beyond its packet is malformed, not cut', async () => {
  const { connections } = await analyse([
    {
      seconds: 1,
      nanoseconds: 0,
      bytes: tcpPacket({
        fromLeft: true,
        flags: SYN,
        leftPort: 40_000,
        rightPort: 80,
        version: 4,
        ttl: 64,
        ipId: 1,
        sequence: 0,
        acknowledgement: 0,
        window: 500,
        options: [],
        length: 0,
        words: 15,
      }),
    },
  ]);
  expect(connections[0]?.findingCounts).toEqual({ 'ignored-segment': 1, 'roles-guessed': 1 });
});
