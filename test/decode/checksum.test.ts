/** TCP checksums, compared with a sum of 16-bit words (test/scenario/packet.ts), and the kinds of wrong ones. */

import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import {
  CHECKSUM_HOLDS,
  CHECKSUM_UNFILLED,
  CHECKSUM_UNKNOWN,
  CHECKSUM_WRONG,
  lookAtChecksum,
} from '../../src/decode/checksum.js';
import { decodeFrame } from '../../src/decode/decode-frame.js';
import { Packet } from '../../src/decode/packet.js';
import { RAW_IP, type TcpFields, tcpPacket } from '../scenario/packet.js';

function decoded(fields: Partial<TcpFields>, kept = Number.POSITIVE_INFINITY): Packet {
  const bytes = tcpPacket({
    fromLeft: true,
    flags: 0x18,
    leftPort: 40_000,
    rightPort: 80,
    version: 4,
    ttl: 64,
    ipId: 1,
    sequence: 0x89abcdef | 0,
    acknowledgement: 0xfedcba98 | 0,
    window: 500,
    options: [],
    length: 0,
    words: null,
    ...fields,
  });
  const frame = Object.assign(new Frame(), {
    number: 1,
    linkType: RAW_IP,
    view: new DataView(bytes.buffer),
    capturedLength: Math.min(bytes.length, kept),
    originalLength: bytes.length,
  });
  const packet = new Packet();
  decodeFrame(frame, packet);
  return packet;
}

const look = (fields: Partial<TcpFields>, kept?: number): number => lookAtChecksum(decoded(fields, kept));

describe.each([4, 6] as const)('IPv%i', (version) => {
  it('right ones of all lengths, 0 to 512', () => {
    for (let length = 0; length <= 512; length++) {
      expect(look({ version, length }), `length ${length}`).toBe(CHECKSUM_HOLDS);
      expect(look({ version, length, off: 1 }), `length ${length}`).toBe(CHECKSUM_WRONG);
    }
  });

  it('the sum of the pseudo-header, or nothing', () => {
    for (const length of [0, 1, 2, 3, 300]) {
      expect(look({ version, length, partial: true })).toBe(CHECKSUM_UNFILLED);
      expect(look({ version, length, sum: 0 })).toBe(CHECKSUM_UNFILLED);
    }
  });

  it('the difference from the right one', () => {
    const packet = decoded({ version, length: 7, off: 4242 });
    lookAtChecksum(packet);
    expect(packet.checksumOff).toBe(4242);
    const right = decoded({ version, length: 7 });
    expect(packet.checksumRight).toBe(right.view.getUint16(right.transportOffset + 16));
  });

  it('is unknown for cut and long segments', () => {
    const whole = (version === 4 ? 20 : 40) + 20 + 50;
    expect(look({ version, length: 50, sum: 1 }, whole)).toBe(CHECKSUM_WRONG);
    expect(look({ version, length: 50, sum: 1 }, whole - 1)).toBe(CHECKSUM_UNKNOWN);
    expect(look({ version, length: 513, sum: 1 })).toBe(CHECKSUM_UNKNOWN);
  });
});
